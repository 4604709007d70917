"""What each party types in its part of the agreement, one step at a time.

Every form is built from the agreement, so that it asks only what concerns these people, and reads
back what was saved: a part is whole when each of its forms accepts what is kept.
"""

import datetime as dt
from typing import Any

from django import forms

from accounts.phone import read_phone
from immersions.agreements import steps
from immersions.agreements.facts import Finding, Severity
from immersions.agreements.models import Agreement
from immersions.agreements.period import day_fields, first_day_of, usual_hours, written
from immersions.agreements.prescriber import known_of
from immersions.agreements.reading import is_employed, is_minor
from immersions.agreements.wording import HAZARDS, PURPOSES, SITUATIONS
from immersions.applications.words import day_words

SMALL, LONG = {"rows": 2}, {"rows": 4}
DATE = {"type": "date"}
STRETCHES = ("de", "à", "puis de", "à")
MAX_AGE_DAYS = 120 * 366


def text(label: str, *, empty: str = "", hint: str = "", rows: int = 0, most: int = 160, **more: Any):
    """One line, or `rows` lines; without `empty` (what to say when it is), it is optional."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=more)
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(empty),
        max_length=most,
        widget=widget,
        error_messages={"required": empty, "max_length": f"{most} caractères au plus."},
    )


def mail(label: str, *, empty: str = "", hint: str = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=bool(empty),
        max_length=200,
        error_messages={"required": empty, "invalid": "Une adresse s’écrit comme prenom.nom@exemple.fr."},
    )


def phone(label: str, *, empty: str = "") -> forms.CharField:
    return text(label, empty=empty, most=30, type="tel", inputmode="tel")


class StepForm(forms.Form):
    """`answers()` is what is kept, as JSON."""

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        """What we already know, before anybody typed anything."""
        return {}

    def place_of(self, finding: Finding, field: str | None) -> str | None:
        """The field on which `finding` stands; None: above the form, nothing here repairs it."""
        return field if field in self.fields else None

    def answers(self) -> dict[str, Any]:
        return {name: written(value) for name, value in self.cleaned_data.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in [name for name in data if name.endswith("_phone") and data[name]]:
            try:
                data[name] = read_phone(data[name])
            except forms.ValidationError as refusal:
                self.add_error(name, refusal)
        return data


# --- The candidate ------------------------------------------------------------------------------
class AboutYouForm(StepForm):
    birth_date = forms.DateField(
        label="Votre date de naissance",
        help_text="La loi la demande dans la convention. Elle ne sert qu’à cela.",
        widget=forms.DateInput(attrs={**DATE, "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Écrivez votre date de naissance.",
            "invalid": "Cette date n’existe pas.",
        },
    )
    address = text(
        "Votre adresse", empty="Écrivez votre adresse.", hint="Numéro et rue.", autocomplete="street-address"
    )
    city = text("Code postal et commune", empty="Écrivez votre code postal et votre commune.")
    situation = forms.ChoiceField(
        label="Votre situation",
        choices=SITUATIONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez votre situation.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    has_rsa = forms.BooleanField(
        label="Je reçois le RSA", required=False, help_text="La loi le demande dans la convention."
    )
    emergency_name = text("Qui prévenir en cas d’urgence ?", hint="Un nom, si vous le voulez.")
    emergency_phone = phone("Son téléphone")

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        commune = agreement.application.candidate.commune
        return {"city": str(commune)} if commune else {}

    def clean_birth_date(self) -> dt.date:
        born = self.cleaned_data["birth_date"]
        age_in_days = (first_day_of(self.agreement) - born).days
        if not 0 < age_in_days < MAX_AGE_DAYS:
            raise forms.ValidationError("Vérifiez l’année de naissance.", code="birth_date")
        return born


class YourSignersForm(StepForm):
    """Asked only of who is under 18, or employed."""

    representative = text(
        "Nom de votre représentant légal", hint="Père, mère ou tuteur : il ou elle signe aussi."
    )
    representative_email = mail("Son adresse e-mail", hint="Pour lui envoyer la convention à signer.")
    employer = text("Nom de votre employeur actuel", hint="Il signe aussi : vous travaillez chez lui.")
    employer_address = text("Son adresse")
    employer_person = text("Qui signe pour votre employeur ?", hint="Prénom, nom.")
    employer_email = mail("L’adresse e-mail de cette personne")

    NEEDS = {
        "representative": "Avant 18 ans, un représentant légal signe aussi : écrivez son nom.",
        "representative_email": "Écrivez son adresse e-mail : c’est là qu’arrive la convention.",
        "employer": "Écrivez le nom de votre employeur.",
        "employer_address": "Écrivez son adresse.",
        "employer_person": "Écrivez le nom de qui signe pour votre employeur.",
        "employer_email": "Écrivez son adresse e-mail : c’est là qu’arrive la convention.",
    }

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, agreement=agreement, **kwargs)
        asked = [("representative", is_minor(agreement)), ("employer", is_employed(agreement))]
        for name in list(self.fields):
            if not any(name.startswith(who) and is_asked for who, is_asked in asked):
                del self.fields[name]
                continue
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = self.NEEDS[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        mine = self.agreement.application.candidate.user.email.lower()
        for name in ("representative_email", "employer_email"):
            if data.get(name, "").lower() == mine:
                self.add_error(name, "C’est la vôtre : donnez l’adresse de cette personne.")
        return data


# --- The company --------------------------------------------------------------------------------
class WelcomeForm(StepForm):
    legal_form = text(
        "Forme juridique", empty="Écrivez la forme juridique.", hint="SARL, SAS, association, commune…"
    )
    activity = text("Activité principale", empty="Écrivez votre activité en quelques mots.")
    collective_agreement = text("Convention collective", hint="S’il y en a une.")
    registered_on = text("Date d’immatriculation", hint="Au registre du commerce, des métiers…", most=40)
    signatory_name = text(
        "Qui signe pour l’entreprise ?", empty="Écrivez son prénom et son nom.", hint="Prénom, nom."
    )
    signatory_job = text("Sa fonction", empty="Écrivez sa fonction.", hint="Gérante, directeur…")
    signatory_email = mail("Son adresse e-mail", empty="Écrivez son adresse e-mail.")
    tutor_name = text(
        "Qui accompagne sur place (le tuteur) ?", empty="Écrivez le nom du tuteur.", hint="Prénom, nom."
    )
    tutor_job = text("Sa fonction", empty="Écrivez la fonction du tuteur.")
    tutor_email = mail("Son adresse e-mail", empty="Écrivez l’adresse du tuteur.")
    tutor_phone = phone("Son téléphone", empty="Écrivez le téléphone du tuteur.")

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        offer = agreement.application.offer
        detail, member = (
            getattr(offer, "detail", None),
            offer.company.confirmed_members().order_by("pk").first(),
        )
        return {
            "signatory_name": member.get_full_name() if member else "",
            "signatory_email": member.email if member else "",
            "tutor_name": (detail.tutor_name or detail.contact_name) if detail else "",
            "tutor_job": detail.tutor_job if detail else "",
            "tutor_email": detail.contact_email if detail else "",
            "tutor_phone": detail.contact_phone if detail else "",
        }


class HoursForm(StepForm):
    """Day by day: two stretches, so that the break is seen."""

    why = text(
        "Si un horaire sort de l’ordinaire, pourquoi ?",
        hint="Un dimanche, un jour férié, plus de 35 heures : dites pourquoi. Le conseiller le lit.",
        rows=2,
        most=600,
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, agreement=agreement, **kwargs)
        self.days = day_fields(agreement)
        asked: dict[str, forms.Field] = {}
        for day, names in self.days:
            for name, what in zip(names, STRETCHES, strict=True):
                asked[name] = forms.TimeField(
                    label=f"{day_words(day).capitalize()} : {what}",
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                    error_messages={
                        "invalid": f"{day_words(day).capitalize()} : une heure s’écrit comme 08:00."
                    },
                )
        self.fields = asked | self.fields

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        return usual_hours(agreement)

    def place_of(self, finding: Finding, field: str | None) -> str | None:
        """On its day; a week, on its first day here. What only asks why stands on the why."""
        if finding.severity is Severity.SIGNALLED:
            return "why"
        if finding.where != "schedule":
            return super().place_of(finding, field)
        day = finding.day or dt.date.min
        return next((names[0] for its_day, names in self.days if its_day >= day), None)

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Per day, its four hours with a short label: the day is said once."""
        return [
            (
                day_words(day).capitalize(),
                [(what, self[name]) for what, name in zip(STRETCHES, names, strict=True)],
            )
            for day, names in self.days
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for day, names in self.days:
            for start, end in (names[:2], names[2:]):
                if bool(data.get(start)) != bool(data.get(end)) and not {start, end} & self.errors.keys():
                    self.add_error(end, f"{day_words(day).capitalize()} : il manque le début ou la fin.")
        return data


class WorkForm(StepForm):
    purpose = forms.ChoiceField(
        label="L’objet de l’immersion",
        help_text="Un seul, parmi ceux de la loi.",
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’objet.", "invalid_choice": "Choisissez dans la liste."},
    )
    objectives = text(
        "Les objectifs précis",
        empty="Écrivez au moins un objectif.",
        hint="Par exemple : « Savoir si travailler dehors toute la journée me convient. »",
        rows=3,
        most=1000,
    )
    tasks = text("Les tâches confiées", empty="Écrivez ce que la personne fera.", rows=5, most=1500)
    evaluation = text(
        "Comment vous ferez le point", empty="Écrivez comment vous ferez le point.", rows=3, most=600
    )

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        offer = agreement.application.offer
        detail = getattr(offer, "detail", None)
        return {
            "purpose": "recruit" if offer.contract else "discover",
            "tasks": "\n".join(detail.tasks) if detail else "",
            "evaluation": "Un échange de quinze minutes chaque soir avec le tuteur, un bilan le dernier jour, "
            "puis un bilan écrit de chacun.",
        }


class SafetyForm(StepForm):
    place = text("Où cela se passe", empty="Écrivez l’adresse.", most=250)
    equipment = text(
        "Le matériel et les équipements utilisés", empty="Écrivez lesquels, ou « aucun ».", rows=2, most=600
    )
    prevention = text(
        "Les risques et leur prévention",
        empty="Écrivez les risques et ce que vous faites, ou « aucun risque particulier ».",
        hint="Par exemple : « Chutes : casque et chaussures fournis, pas de travail en hauteur. »",
        rows=3,
        most=1000,
    )
    safety = text(
        "Les consignes de sécurité, et qui les donne",
        empty="Dites qui donne les consignes, et quand.",
        rows=2,
        most=600,
    )
    hazards = forms.MultipleChoiceField(
        label="La personne sera-t-elle exposée à ceci ?",
        help_text="Laissez vide si rien de tout cela. C’est interdit avant 18 ans.",
        choices=HAZARDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    no_replacement = forms.BooleanField(
        label="Cette immersion ne remplace personne, et ne sert ni à un poste permanent, ni à un surcroît "
        "d’activité, ni à un emploi saisonnier.",
        error_messages={"required": "Cochez cette déclaration : la loi la demande."},
    )

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        offer = agreement.application.offer
        workplace = offer.workplace
        clothes = offer.detail.clothes if getattr(offer, "detail", None) else ""
        return {
            "place": f"{workplace.address}, {workplace.postcode} {workplace.commune.name}".strip(", "),
            "equipment": clothes,
            "safety": "Le tuteur donne les consignes à l’arrivée, avant toute tâche.",
        }


# --- The prescriber -----------------------------------------------------------------------------
class StructureForm(StepForm):
    structure_name = text("Nom de la structure", empty="Écrivez le nom de la structure.")
    structure_legal_form = text("Forme juridique", empty="Écrivez la forme juridique.")
    structure_address = text("Adresse", empty="Écrivez son adresse.", most=250)
    advisor_name = text("Le conseiller qui suit la personne", empty="Écrivez son nom.", hint="Prénom, nom.")
    advisor_job = text("Sa fonction", empty="Écrivez sa fonction.")
    advisor_email = mail("Son adresse e-mail", empty="Écrivez son adresse e-mail.")
    advisor_phone = phone("Son téléphone")
    other_name = text(
        "Une autre structure accompagne aussi ?", hint="Son nom. Laissez vide si c’est la vôtre seulement."
    )
    other_legal_form = text("Sa forme juridique")
    other_address = text("Son adresse", most=250)
    other_advisor = text("Son conseiller référent", hint="Prénom, nom, fonction.")
    other_email = mail("L’adresse e-mail de ce conseiller", hint="Il ou elle signe aussi.")

    OTHER = ("other_legal_form", "other_address", "other_advisor", "other_email")

    @classmethod
    def likely(cls, agreement: Agreement) -> dict[str, Any]:
        return known_of(agreement)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("other_name"):
            for name in self.OTHER:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Complétez : la loi le demande pour cette structure.")
        return data


FORMS: dict[str, type[StepForm]] = {
    steps.ABOUT_YOU.slug: AboutYouForm,
    steps.YOUR_SIGNERS.slug: YourSignersForm,
    steps.WELCOME.slug: WelcomeForm,
    steps.HOURS.slug: HoursForm,
    steps.WORK.slug: WorkForm,
    steps.SAFETY.slug: SafetyForm,
    steps.STRUCTURE.slug: StructureForm,
}
