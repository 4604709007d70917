"""The six answers and the details of an offer, as one person types them. Nothing is saved here."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from accounts.models import User
from companies.models import Company, Workplace
from core.fields import AmountField
from immersions.offers.models import Contract, Offer, OfferDetail, Weight
from immersions.offers.pay import why_too_low
from immersions.offers.steps import TASKS
from immersions.offers.wording import single_gender_advice
from territories.models import Occupation
from territories.occupations import occupation_of
from territories.places import commune_of, find_places

ELSEWHERE = "autre"
PHONE = RegexValidator(r"^\+?[0-9 .()-]{9,20}$", "Écrivez un numéro de téléphone, comme 03 87 00 00 00.")


def half_days_label(count: int) -> str:
    return Offer(half_days=count).duration


class PlaceForm(forms.Form):
    """Where: a known workplace, or another address whose commune is recognised."""

    workplace = forms.ChoiceField(label="À quelle adresse ?", widget=forms.RadioSelect)
    company = forms.ModelChoiceField(label="Pour quelle entreprise ?", queryset=Company.objects.none())
    address = forms.CharField(
        label="Numéro et rue",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    q_lieu = forms.CharField(
        label="Commune ou code postal",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lieu = forms.ChoiceField(label="Laquelle ?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, user: User, offer: Offer | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        companies = Company.objects.managed_by(user)
        if offer is not None:
            companies = companies.filter(pk=offer.company_id)
        known = Workplace.objects.filter(company__in=companies).select_related("company", "commune")
        self.places = {str(place.pk): place for place in known.order_by("company__name", "pk")}
        self._ask_only_what_is_needed(list(companies))
        self.new_place: dict[str, Any] = {}

    def _ask_only_what_is_needed(self, companies: list[Company]) -> None:
        several = len(companies) > 1
        labels = [
            (pk, f"{place.company} : {place}" if several else str(place)) for pk, place in self.places.items()
        ]
        self.fields["workplace"].choices = [*labels, (ELSEWHERE, "Un autre lieu")]
        if not self.places:
            del self.fields["workplace"]
        elif len(self.places) == 1:  # The usual company has one place of work: it is chosen already.
            self.initial.setdefault("workplace", next(iter(self.places)))
        self.fields["company"].queryset = Company.objects.filter(pk__in=[c.pk for c in companies])
        self.fields["company"].required = False
        self.only_company = companies[0] if len(companies) == 1 else None
        if self.only_company:
            del self.fields["company"]
        asked = self.data.get("q_lieu", "") if self.is_bound else ""
        self.answer = find_places(asked) if asked else None
        choices = self.answer.choices if self.answer else []
        self.fields["lieu"].choices = [(place.pk, str(place)) for place in choices]
        if choices and self.data.get("workplace", ELSEWHERE) == ELSEWHERE:
            self.fields["lieu"].required = True
            self.fields["lieu"].error_messages["required"] = self.answer.message
        if not choices:
            del self.fields["lieu"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = data.get("workplace", ELSEWHERE)
        if self.errors or chosen != ELSEWHERE:
            return data
        company = self.only_company or data.get("company")
        if company is None:
            self.add_error("company", "Choisissez l’entreprise.")
        commune = self._commune(data)
        if company and commune:
            self.new_place = {"company": company, "address": data["address"], "commune": commune}
        return data

    def _commune(self, data: dict[str, Any]):
        if data.get("lieu"):  # One of the choices: a field that exists only when there are some.
            return commune_of(data["lieu"])
        if self.answer is None:
            self.add_error("q_lieu", "Écrivez une commune ou un code postal.")
        elif self.answer.place is None:
            self.add_error("lieu" if self.answer.choices else "q_lieu", self.answer.message)
        else:
            return commune_of(self.answer.place.code)
        return None

    def known_place(self) -> Workplace | None:
        return self.places.get(self.cleaned_data.get("workplace", ""))


class OccupationForm(forms.Form):
    """One of the occupations found for the typed words."""

    metier = forms.ChoiceField(
        label="Lequel est le plus proche ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un métier dans la liste."},
    )

    def __init__(self, *args, found: list[Occupation], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["metier"].choices = [(each.code, each.title) for each in found]

    def clean_metier(self) -> Occupation:
        occupation = occupation_of(self.cleaned_data["metier"])
        if occupation is None:
            raise forms.ValidationError("Choisissez un métier dans la liste.", code="unknown")
        return occupation


class TasksForm(forms.Form):
    """The title, and three things that the person will try."""

    title = forms.CharField(
        label="Titre de l’offre",
        max_length=120,
        help_text="Pour une femme comme pour un homme : « Maçonne, maçon du bâti ancien ».",
    )
    keep_title = forms.BooleanField(label="Garder ce titre tel quel", required=False)

    def __init__(self, *args, offer: Offer, **kwargs):
        self.offer = offer
        tasks = offer.detail.tasks
        first = {f"task_{n}": task for n, task in enumerate(tasks, start=1)}
        super().__init__(*args, initial={"title": offer.title, **first}, **kwargs)
        for number in range(1, TASKS + 3):
            self.fields[f"task_{number}"] = forms.CharField(
                label=f"Tâche {number}",
                max_length=160,
                required=number <= TASKS,
                error_messages={"required": f"Écrivez la tâche {number}."},
            )
        if "keep_title" not in self.data:
            self._keep_title = self.fields.pop("keep_title")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["title"] = " ".join(data.get("title", "").split())
        advice = single_gender_advice(data["title"], self.offer.occupation)
        if advice and not data.get("keep_title"):
            self.fields.setdefault("keep_title", self._keep_title)
            self.add_error("title", advice)
        return data

    def tasks(self) -> list[str]:
        typed = (self.cleaned_data.get(f"task_{n}", "") for n in range(1, TASKS + 3))
        return [task for task in typed if task]


class DurationForm(forms.ModelForm):
    """How much it engages, how long, and the promise of a hiring project."""

    class Meta:
        model = Offer
        fields = ["weight", "half_days", "contract", "contract_months", "pay_gross_monthly", "posts"]
        widgets = {"weight": forms.RadioSelect, "contract": forms.RadioSelect}
        labels = {"weight": "Que proposez-vous ?", "contract": "Quel contrat ensuite ?"}

    weight = forms.ChoiceField(
        label="Que proposez-vous ?",
        widget=forms.RadioSelect,
        choices=[
            (Weight.DISCOVERY, "Une immersion de 1 à 5 jours, pour découvrir le métier"),
            (Weight.HIRING, "Une immersion de 1 à 5 jours, avec une embauche possible ensuite"),
            (Weight.VISIT, "Une visite d’une demi-journée, sans convention"),
        ],
    )
    half_days = forms.TypedChoiceField(
        label="Combien de temps ?",
        coerce=int,
        required=False,
        help_text="Une visite dure toujours une demi-journée.",
    )
    contract = forms.ChoiceField(
        label="Quel contrat ensuite ?",
        required=False,
        widget=forms.RadioSelect,
        choices=Contract.choices,
    )
    contract_months = forms.IntegerField(
        label="Durée du contrat, en mois",
        required=False,
        min_value=6,
        max_value=60,
        help_text="Rien pour un CDI. 6 mois au moins pour les autres.",
        error_messages={"min_value": "Le contrat promis est un CDI, ou un contrat d’au moins 6 mois."},
    )
    pay_gross_monthly = AmountField(
        label="Salaire brut mensuel, en euros",
        required=False,
        min_value=1,
        max_digits=7,
        decimal_places=2,
        help_text="Pour un temps plein.",
    )
    posts = forms.IntegerField(
        label="Postes à pourvoir",
        required=False,
        min_value=1,
        max_value=500,
        error_messages={
            "invalid": "Écrivez un nombre.",
            "min_value": "Un poste au moins.",
            "max_value": "500 postes au plus.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = Offer.HALF_DAYS_AT_MOST
        if self.instance.long_stay_allowed_by_id:
            most = Offer.HALF_DAYS_WITH_LEAVE
        lengths = [(count, half_days_label(count)) for count in range(2, most + 1)]
        self.fields["half_days"].choices = [("", "Choisissez"), *lengths]
        self.use_required_attribute = False

    def asked_when(self) -> None:
        """Before it is shown: required under a condition that the page says, so not « facultatif »."""
        for name in ("half_days", "contract", "contract_months", "pay_gross_monthly", "posts"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        weight = data.get("weight")
        if weight == Weight.VISIT:
            data["half_days"] = 1
        elif weight and not data.get("half_days"):
            self.add_error("half_days", "Choisissez une durée.")
        data["half_days"] = data.get("half_days") or None
        if weight == Weight.HIRING:
            self._check_promise(data)
        elif weight:
            data |= dict.fromkeys(["contract_months", "pay_gross_monthly", "posts"])
            data["contract"] = ""
        return data

    def _check_promise(self, data: dict[str, Any]) -> None:
        contract = data.get("contract")
        asked = {
            "contract": "Choisissez le contrat que vous proposez.",
            "pay_gross_monthly": "Indiquez le salaire brut mensuel.",
            "posts": "Indiquez le nombre de postes.",
        }
        for name, sentence in asked.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if contract == Contract.CDI:
            data["contract_months"] = None
        elif contract and not data.get("contract_months") and "contract_months" not in self.errors:
            self.add_error("contract_months", "Indiquez la durée du contrat, 6 mois au moins.")
        pay = data.get("pay_gross_monthly")
        if pay and (too_low := why_too_low(pay, contract or "")):
            self.add_error("pay_gross_monthly", too_low)


class ContactForm(forms.ModelForm):
    """Whom we may call. Never public: shown from the booking on."""

    contact_name = forms.CharField(label="Prénom et nom", max_length=120)
    contact_email = forms.EmailField(label="Adresse e-mail")
    contact_phone = forms.CharField(label="Téléphone", max_length=20, required=False, validators=[PHONE])

    class Meta:
        model = OfferDetail
        fields = ["contact_name", "contact_email", "contact_phone"]
