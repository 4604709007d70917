"""An offer of immersion, its long texts, its periods, and its history."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from companies.models import Company, Workplace
from core import french
from core.models import Event, Stateful
from core.points import generated_position
from core.rules import only_known
from immersions.offers.queries import OfferQuerySet, SlotQuerySet
from immersions.offers.workflow import OfferStatus
from territories.delays import wait_in
from territories.text import plain


class Weight(models.TextChoices):
    """How much an immersion engages (domain.md, "Three weights")."""

    VISIT = "visit", "Visite (½ journée)"
    DISCOVERY = "discovery", "Immersion"
    HIRING = "hiring_project", "Immersion avec embauche possible"


class Contract(models.TextChoices):
    CDI = "cdi", "CDI"
    CDD = "cdd", "CDD"
    WORK_STUDY = "alternance", "Alternance"
    TEMP = "interim", "Missions d’intérim"


class DateMode(models.TextChoices):
    SLOTS = "slots", "Des dates précises"
    TO_AGREE = "to_agree", "Dates à convenir"


class LicenceNeed(models.TextChoices):
    NONE = "none", "Sans permis"
    LEARNED = "learned", "Le permis B s’apprend en route"
    REQUIRED = "required", "Permis B indispensable"


class FrenchLevel(models.TextChoices):
    """Common European Framework of Reference for Languages (CEFR)."""

    A1 = "A1", "A1 : quelques mots"
    A2 = "A2", "A2 : des phrases simples"
    B1 = "B1", "B1 : se débrouiller"
    B2 = "B2", "B2 : à l’aise"


class Offer(Stateful):
    """What a company proposes to try. Kept narrow: long texts stand in `OfferDetail`."""

    HALF_DAYS_AT_MOST = 10  # Five days; an agent may allow longer, never past one month.
    HALF_DAYS_WITH_LEAVE = 62

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="offers", verbose_name="entreprise"
    )
    workplace = models.ForeignKey(
        Workplace,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lieu de travail",
    )
    occupation = models.ForeignKey(
        "territories.Occupation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="métier",
    )
    title = models.CharField("titre", max_length=120, blank=True)
    weight = models.CharField("type", max_length=15, choices=Weight, default=Weight.DISCOVERY)
    status = models.CharField("état", max_length=20, choices=OfferStatus, default=OfferStatus.DRAFT)
    half_days = models.PositiveSmallIntegerField(
        "durée en demi-journées", null=True, blank=True, help_text="2 pour une journée."
    )
    date_mode = models.CharField("dates", max_length=10, choices=DateMode, default=DateMode.TO_AGREE)
    weeks = ArrayField(
        models.DateField(),
        verbose_name="semaines possibles",
        default=list,
        blank=True,
        help_text="Les lundis des semaines où l’entreprise peut accueillir.",
    )
    books_instantly = models.BooleanField("réservation immédiate", default=False)
    contract = models.CharField("contrat", max_length=12, choices=Contract, blank=True)
    contract_months = models.PositiveSmallIntegerField("durée (mois)", null=True, blank=True)
    pay_gross_monthly = models.DecimalField(
        "salaire brut mensuel (€)", max_digits=7, decimal_places=2, null=True, blank=True
    )
    posts = models.PositiveSmallIntegerField("postes à pourvoir", null=True, blank=True)
    level_required = models.PositiveSmallIntegerField(
        "niveau de diplôme demandé", default=0, help_text="0 : aucun diplôme demandé."
    )
    french_level = models.CharField("français", max_length=2, choices=FrenchLevel, blank=True)
    licence = models.CharField("permis", max_length=10, choices=LicenceNeed, default=LicenceNeed.NONE)
    is_reachable_without_car = models.BooleanField("accessible sans voiture", default=False)
    welcomes_beginners = models.BooleanField("débutants bienvenus", default=True)
    long_stay_allowed_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="durée longue accordée par",
    )
    created_at = models.DateTimeField("créée le", default=timezone.now)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    # Where it is: copied from the workplace when it is chosen, so that one index serves searches.
    commune = models.ForeignKey(
        "territories.Commune",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="commune",
    )
    x = models.FloatField("x (Lambert-93, m)", null=True, blank=True)
    y = models.FloatField("y (Lambert-93, m)", null=True, blank=True)
    position = generated_position()
    # Words of the title; those of the trade are looked for in the occupations themselves.
    search = GeneratedField(
        expression=SearchVector("title", config="public.fr"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name="recherche",
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "offre d’immersion"
        verbose_name_plural = "offres d’immersion"
        indexes = [
            GistIndex("position", name="offer_published_position", condition=Q(status="published")),
            GinIndex("search", name="offer_published_search", condition=Q(status="published")),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="offer_published_recent",
                condition=Q(status="published"),
            ),
            models.Index(
                "commune",
                name="offer_published_commune",
                condition=Q(status="published"),
                include=["position", "occupation", "weight", "half_days", "contract"],
            ),
            models.Index("company", "status", name="offer_company_status"),
        ]
        constraints = [
            only_known("status", OfferStatus, model="offer"),
            only_known("weight", Weight, model="offer"),
            only_known("date_mode", DateMode, model="offer"),
            models.CheckConstraint(
                name="offer_contract_keeps_the_promise",
                condition=Q(contract="", contract_months=None)
                | Q(contract="cdi", contract_months=None)
                | Q(
                    contract__in=["cdd", "alternance", "interim"],
                    contract_months__gte=6,
                    contract_months__isnull=False,
                ),
                violation_error_message=("Le contrat promis est un CDI, ou un contrat d’au moins 6 mois."),
            ),
            models.CheckConstraint(
                name="offer_hiring_project_says_the_contract",
                condition=Q(status="draft")
                | ~Q(weight="hiring_project")
                | (
                    ~Q(contract="")
                    & Q(pay_gross_monthly__gt=0, pay_gross_monthly__isnull=False)
                    & Q(posts__gte=1, posts__isnull=False)
                ),
                violation_error_message=(
                    "Une immersion avec embauche possible dit le contrat, le salaire et le nombre de postes."
                ),
            ),
            models.CheckConstraint(
                name="offer_beyond_draft_is_whole",
                condition=Q(status__in=["draft", "closed"])
                | (
                    Q(
                        workplace__isnull=False,
                        occupation__isnull=False,
                        commune__isnull=False,
                        x__isnull=False,
                        y__isnull=False,
                        half_days__isnull=False,
                    )
                    & ~Q(title="")
                ),
                violation_error_message="Il manque encore des réponses à cette offre.",
            ),
            models.CheckConstraint(
                name="offer_lasts_what_its_weight_allows",
                condition=Q(half_days=None)
                | Q(weight="visit", half_days=1)
                | (~Q(weight="visit") & Q(half_days__gte=2, half_days__lte=10))
                | (
                    ~Q(weight="visit")
                    & Q(half_days__gte=2, half_days__lte=62, long_stay_allowed_by__isnull=False)
                ),
                violation_error_message=("Une visite dure une demi-journée, une immersion de 1 à 5 jours."),
            ),
            models.CheckConstraint(
                name="offer_published_has_date",
                condition=~Q(status="published") | Q(published_at__isnull=False),
                violation_error_message="Une offre publiée a une date de publication.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"offre {self.pk}"

    @property
    def slug(self) -> str:
        return plain(self.title).replace(" ", "-")[:60].strip("-") or "offre"

    def get_absolute_url(self) -> str:
        return reverse("immersions:offer", args=[self.pk, self.slug])

    @property
    def department_code(self) -> str:
        """Where its agents are; nothing as long as it has no place."""
        return self.commune.department_id if self.commune else ""

    @property
    def answer_days(self) -> int:
        """The company answers within so many days; then nobody waits any longer."""
        return wait_in(self.department_code, "application").end or 0

    @property
    def reading_words(self) -> str:
        """An agent reads it within « 2 jours »."""
        return french.counted(wait_in(self.department_code, "moderation").escalation or 0, "jour")

    @property
    def needs_agreement(self) -> bool:
        """A visit is no PMSMP: no agreement, and rule 1 does not bind it."""
        return self.weight != Weight.VISIT

    @property
    def duration(self) -> str:
        """« ½ journée », « 1 jour », « 2 jours ½ »."""
        if not self.half_days:
            return ""
        days, half = divmod(self.half_days, 2)
        if not days:
            return "½ journée"
        return f"{days} jour{'s' if days > 1 else ''}{' ½' if half else ''}"

    @property
    def promise(self) -> str:
        """« CDI », « CDD 12 mois », or nothing."""
        if not self.contract:
            return ""
        months = f" {self.contract_months} mois" if self.contract_months else ""
        return f"{self.get_contract_display()}{months}"


class OfferDetail(models.Model):
    """The long texts of an offer: read on its own page only."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="detail")
    tasks = ArrayField(models.CharField(max_length=160), verbose_name="tâches", default=list, blank=True)
    day_plan = models.JSONField(
        "une journée", default=list, blank=True, help_text="[{time: '8 h', what: '…'}]"
    )
    tutor_name = models.CharField("tuteur ou tutrice", max_length=120, blank=True)
    tutor_job = models.CharField("son métier", max_length=120, blank=True)
    essentials = ArrayField(
        models.CharField(max_length=120), verbose_name="indispensable", default=list, blank=True
    )
    learned = ArrayField(models.CharField(max_length=120), verbose_name="s’apprend", default=list, blank=True)
    physical_demands = models.TextField("exigences physiques", blank=True, max_length=600)
    working_hours = models.CharField("horaires", max_length=160, blank=True)
    clothes = models.CharField("tenue", max_length=200, blank=True)
    meals = models.CharField("repas", max_length=200, blank=True)
    access = models.CharField("comment venir", max_length=300, blank=True)
    housing = models.CharField("logement", max_length=200, blank=True)
    about = models.TextField("l’équipe, l’entreprise", blank=True, max_length=1200)
    # Never public: shown from the booking on.
    contact_name = models.CharField("contact", max_length=120, blank=True)
    contact_email = models.EmailField("adresse du contact", blank=True)
    contact_phone = models.CharField("téléphone du contact", max_length=20, blank=True)
    contact_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="contact donné par",
    )

    class Meta:
        verbose_name = "détail d’offre"
        verbose_name_plural = "détails d’offres"

    def __str__(self) -> str:
        return f"détail de l’offre {self.offer_id}"

    def contact_without_account(self) -> str:
        """The address to write to beside the members. Who has an account reads as a member, or no
        more: a colleague who left does not go on receiving what concerns people.
        """
        address = self.contact_email.lower()
        return "" if User.objects.filter(email=address).exists() else address

    def contact_for_people(self) -> str:
        """The same, for what concerns people: only where a confirmed member gave this address."""
        is_vouched = self.contact_by_id and self.offer.company.confirmed_members().filter(
            pk=self.contact_by_id
        )
        return self.contact_without_account() if is_vouched else ""


class Slot(models.Model):
    """One period of an offer. `places_taken` never exceeds `places`, whoever writes."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="slots", verbose_name="offre")
    first_day = models.DateField("premier jour")
    last_day = models.DateField("dernier jour")
    starts_at = models.TimeField("de", default=dt.time(8, 0))
    ends_at = models.TimeField("à", default=dt.time(16, 0))
    places = models.PositiveSmallIntegerField("places", default=1)
    places_taken = models.PositiveSmallIntegerField("places prises", default=0)
    is_open = models.BooleanField("ouvert à la réservation", default=True)
    is_agreed = models.BooleanField(
        "convenu", default=False, help_text="Écrit à la réservation d’une offre à dates à convenir."
    )
    waits_for_answers = models.BooleanField(
        "attend des réponses",
        default=False,
        help_text="Ses places sont gardées aux personnes du créneau déplacé, puis il s’ouvre.",
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        ordering = ["first_day", "starts_at", "pk"]
        indexes = [models.Index("offer", "first_day", name="slot_offer_first_day")]
        constraints = [
            models.CheckConstraint(
                name="slot_ends_after_it_starts",
                condition=Q(last_day__gt=F("first_day"))
                | Q(last_day=F("first_day"), ends_at__gt=F("starts_at")),
                violation_error_message="Le dernier jour vient après le premier.",
            ),
            models.CheckConstraint(
                name="slot_holds_its_places",
                condition=Q(places_taken__lte=F("places")),
                violation_error_message="Ce créneau est complet.",
            ),
            models.CheckConstraint(
                name="slot_has_places",
                condition=Q(places__gte=1, places__lte=100),
                violation_error_message="Un créneau a entre 1 et 100 places.",
            ),
        ]

    def __str__(self) -> str:
        return f"créneau {self.pk}"

    @property
    def places_left(self) -> int:
        return self.places - self.places_taken


class OfferEvent(Event):
    """One line in the life of an offer."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement d’offre"
