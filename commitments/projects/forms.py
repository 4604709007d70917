"""What each side types about a project. A form decides nothing: it feeds an action."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from commitments.projects import actions
from commitments.projects.choice import seats_words
from commitments.projects.exits import Situation
from commitments.projects.halves import Carrier, Condition, FixedTermReason, LegalMinimum
from commitments.projects.models import CANDIDATE_REASONS, COMPANY_REASONS, Commitment, EndReason, Side
from commitments.projects.rules import NAMED, NO_CARRIER, euros, hours
from core import french
from core.fields import AmountField
from immersions.offers.models import Contract
from territories.travel import USUAL, Travel
from trainings.models import Session

TEXT = {"rows": 3}
DATE = {"type": "date"}
CHOOSE = {"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse dans la liste."}
A_NUMBER_OF_MONTHS = {
    "invalid": "Écrivez un nombre.",
    "min_value": "Un mois au moins.",
    "max_value": "36 mois au plus.",
}
A_DATE = {"required": "Choisissez une date.", "invalid": "Écrivez une date, par exemple 31/01/2027."}


def date_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=hint, widget=widget, required=required, error_messages=A_DATE
    )


class ProposeForm(forms.Form):
    expires_on = date_field(
        "Date limite pour signer",
        f"De {actions.LEAST_DAYS} à {actions.MOST_DAYS} jours. Passé ce jour, le projet se clôt de lui-même.",
    )


class StepForm(forms.Form):
    """One page of the promise; `initial` is what is written already."""

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        self.commitment = commitment
        promise = commitment.promise
        names = [*self.base_fields]
        initial = {name: getattr(promise, name, getattr(commitment, name, None)) for name in names}
        kwargs["initial"] = {name: plain(value) for name, value in initial.items() if value is not None}
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def plain(value: Any) -> Any:
    """« 35 » rather than « 35,00 »."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


class JobForm(StepForm):
    job_title = forms.CharField(
        label="Le poste", max_length=120, error_messages={"required": "Dites quel est le poste."}
    )
    place = forms.CharField(
        label="Le lieu de travail", max_length=200, error_messages={"required": "Dites où l’on travaille."}
    )
    posts = forms.IntegerField(
        label="Combien de postes ouvrez-vous avec cette offre ?",
        min_value=1,
        max_value=50,
        error_messages={
            "required": "Dites combien de postes.",
            "invalid": "Écrivez un nombre.",
            "min_value": "Un poste au moins.",
            "max_value": "50 postes au plus.",
        },
    )
    contract = forms.ChoiceField(
        label="Le contrat promis", choices=Contract, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    hours_weekly = forms.DecimalField(
        label="Heures par semaine",
        min_value=1,
        max_value=48,
        max_digits=4,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": "Dites combien d’heures par semaine.",
            "invalid": "Écrivez un nombre, par exemple 35.",
            "min_value": "Une heure par semaine au moins.",
            "max_value": "48 heures par semaine au plus.",
            "max_decimal_places": "Écrivez un nombre, par exemple 35 ou 17,5.",
        },
    )
    pay_gross_monthly = AmountField(
        label="Salaire brut par mois, en euros",
        min_value=1,
        max_digits=8,
        decimal_places=2,
        error_messages={"required": "Dites le salaire brut par mois."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.commitment.offer.posts:
            del self.fields["posts"]
        self.fields["pay_gross_monthly"].help_text = self._least()

    def _least(self) -> str:
        """The legal minimum, for the hours that are written."""
        promise = self.commitment.promise
        minimum = LegalMinimum.on(timezone.localdate(), promise.contract)
        if minimum is None or not promise.hours_weekly:
            return ""
        least = euros(minimum.monthly(promise.hours_weekly))
        return f"Le minimum légal est de {least} pour {hours(promise.hours_weekly)} par semaine."


class ContractForm(StepForm):
    months = forms.IntegerField(
        label="Durée du contrat, en mois",
        help_text="6 mois au moins.",
        max_value=36,
        min_value=1,
        error_messages={"required": "Dites combien de mois.", **A_NUMBER_OF_MONTHS},
    )
    within_months = forms.IntegerField(
        label="Missions réparties sur combien de mois ?",
        help_text="9 mois au plus.",
        min_value=1,
        max_value=36,
        error_messages={"required": "Dites sur combien de mois.", **A_NUMBER_OF_MONTHS},
    )
    fixed_term_reason = forms.ChoiceField(
        label="Le motif prévu par la loi",
        choices=FixedTermReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Un contrat à durée déterminée a un motif prévu par la loi."},
    )
    starts_by = date_field(
        "L’embauche a lieu au plus tard le",
        "Elle est prévue le premier jour ouvré après la formation. Cette date laisse une marge.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contract = self.commitment.promise.contract
        if contract == Contract.CDI:
            del self.fields["months"]
        if contract not in (Contract.CDD, Contract.TEMP):
            del self.fields["fixed_term_reason"]
        if contract != Contract.TEMP:
            del self.fields["within_months"]
        ends_on = self.commitment.training_ends_on
        if ends_on:
            self.fields["starts_by"].help_text += f" La formation finit le {french.day(ends_on, year=True)}."


class AskedIf(forms.CharField):
    """Needed under a condition that its label says: so not « facultatif », and the form looks at it."""

    def validate(self, value: Any) -> None:
        """Empty may be right."""


class ConditionsForm(StepForm):
    """What the chosen training prepares is said, so that both halves name the same certification."""

    conditions = forms.MultipleChoiceField(
        label="La promesse tient si la personne remplit ces conditions",
        choices=Condition,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune autre n’est permise : « si elle nous convient » n’est pas une condition.",
        error_messages={"invalid_choice": "Cette condition n’est pas permise."},
    )
    certification = AskedIf(
        label="Quelle certification ? Si vous cochez «\u00a0Obtenir la certification\u00a0»", max_length=255
    )
    licence = AskedIf(
        label="Quel permis, quelle habilitation ? Si vous cochez «\u00a0Avoir le permis ou l’habilitation\u00a0»",
        max_length=120,
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = self.commitment.pledge.session
        if session is not None and (prepared := session.action.training.certification_title):
            self.fields["certification"].help_text = f"La formation choisie prépare : {prepared}."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for condition, (field, sentence) in NAMED.items():
            if condition in data.get("conditions", []) and not data.get(field) and field not in self.errors:
                self.add_error(field, sentence)
        return data


class EmployerField(forms.ChoiceField):
    """The company itself is the empty answer: given already, so not « facultatif »."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class SignatoryForm(StepForm):
    use_required_attribute = False

    carrier = EmployerField(label="Qui est l’employeur ?", choices=Carrier, widget=forms.RadioSelect)
    carrier_name = AskedIf(label="Le nom de l’employeur, si ce n’est pas votre entreprise", max_length=200)
    carrier_siret = AskedIf(label="Le SIRET de l’employeur, si ce n’est pas votre entreprise", max_length=20)
    signatory_name = forms.CharField(
        label="Qui signe pour l’employeur ?",
        help_text="Une personne habilitée à l’engager.",
        max_length=160,
        error_messages={"required": "Dites qui signe."},
    )
    signatory_email = forms.EmailField(
        label="L’adresse e-mail de qui signe",
        help_text="Un lien pour signer y est envoyé. Aucun compte n’est nécessaire.",
        error_messages={"required": "Écrivez son adresse.", "invalid": "Cette adresse est incomplète."},
    )
    sponsor_name = forms.CharField(
        label="Qui accompagne la personne sur tout le parcours ?",
        help_text="Un tuteur, une marraine, un parrain : la même personne de la formation à l’embauche.",
        max_length=120,
        error_messages={"required": "Nommez une personne : c’est elle qu’on appelle."},
    )
    sponsor_contact = forms.CharField(label="Son téléphone ou son e-mail", required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        check_carrier(self, data)
        return data


def check_carrier(form: forms.Form, data: dict[str, Any]) -> None:
    """Somebody else is the employer: their name and their SIRET."""
    for field in ("carrier_name", "carrier_siret") if data.get("carrier") else ():
        if not data.get(field) and field not in form.errors:
            form.add_error(field, NO_CARRIER)


FORMS = {
    "poste": JobForm,
    "contrat": ContractForm,
    "conditions": ConditionsForm,
    "signature": SignatoryForm,
}


class SessionField(forms.ModelChoiceField):
    widget = forms.RadioSelect
    travel = USUAL

    def label_from_instance(self, session: Session) -> str:
        """What and when first; then where, how long, how to get there: a line each, read on a phone."""
        action = session.action
        km = getattr(session, "distance_km", None)
        where = [
            action.training.organisation.name,
            action.town,
            french.kilometres(km) if km is not None else "",
        ]
        taught = action.training.hours_total
        length = [french.counted(taught, "heure") if taught else "", seats_words(session)]
        lines = [", ".join(filter(None, where)), " · ".join(filter(None, length)), self.travel.words(km)]
        return format_html(
            "<strong>{}, {}</strong>{}",
            action.training.title,
            session.dates,
            format_html_join("", "<small>{}</small>", ([line] for line in lines if line)),
        )


class PledgeForm(forms.Form):
    session = SessionField(
        label="Votre formation",
        queryset=Session.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Choisissez une session.",
            "invalid_choice": "Cette session n’est plus ouverte : choisissez-en une autre.",
        },
    )

    def __init__(self, *args: Any, sessions: Any, travel: Travel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].travel = travel
        self.fields["session"].queryset = sessions


class StopForm(forms.Form):
    """A reason from the closed list of this side, and a few words."""

    reason = forms.ChoiceField(label="Pour quelle raison ?", widget=forms.RadioSelect, error_messages=CHOOSE)
    words = forms.CharField(
        label="En quelques mots",
        help_text="L’autre partie les lit. Rien sur la santé.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = CANDIDATE_REASONS if side == Side.CANDIDATE else COMPANY_REASONS
        self.fields["reason"].choices = [(it.value, it.label) for it in reasons]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("reason") == EndReason.OTHER and not data.get("words", "").strip():
            self.add_error("words", "Dites pourquoi, en quelques mots.")
        return data


class LeaveForm(StopForm):
    """The person leaves: what becomes of them is asked with it."""

    situation = forms.ChoiceField(
        label="Et vous, où en êtes-vous ?",
        choices=[(it.value, it.label) for it in Situation if it != Situation.THERE],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites où vous en êtes : un parcours ne se clôt pas sans cela.",
            "invalid_choice": "Choisissez une réponse dans la liste.",
        },
    )
    field_order = ["reason", "situation", "words"]


class HireEarlyForm(forms.Form):
    words = forms.CharField(
        label="Un mot, si vous voulez", required=False, max_length=600, widget=forms.Textarea(attrs=TEXT)
    )


class AmendForm(forms.Form):
    session = SessionField(
        label="Une autre session",
        queryset=Session.objects.none(),
        required=False,
        blank=True,
        empty_label="Garder la même session",
        error_messages={"invalid_choice": "Cette session n’est plus ouverte : choisissez-en une autre."},
    )
    starts_by = date_field("L’embauche a lieu au plus tard le")
    words = forms.CharField(
        label="Pourquoi ce changement ?",
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )

    def __init__(self, *args: Any, sessions: Any, travel: Travel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].travel = travel
        if sessions is None:
            del self.fields["session"]
        else:
            self.fields["session"].queryset = sessions
