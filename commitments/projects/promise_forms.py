"""The company's half as it is typed, page by page: every fault of a page is said at once, on its field."""

from copy import copy
from typing import Any

from django import forms
from django.utils import timezone

from commitments.projects import actions, steps
from commitments.projects.forms import CHOOSE, AskedIf, EmployerField, check_carrier, date_field, plain
from commitments.projects.halves import Carrier, Condition, FixedTermReason, LegalMinimum
from commitments.projects.models import Commitment
from commitments.projects.rules import euros, faults_of, hours
from core import french
from core.fields import AmountField
from core.rules import RuleBroken
from immersions.offers.models import Contract

A_NUMBER_OF_MONTHS = {
    "invalid": "Écrivez un nombre.",
    "min_value": "Un mois au moins.",
    "max_value": "36 mois au plus.",
}
# Where a refusal is shown, when its code is not the name of a field.
FIELD_OF = {
    "hiringpromise_pays_the_legal_minimum": "pay_gross_monthly",
    "hiringpromise_lasts_six_months": "months",
    "hiringpromise_fixed_term_has_its_reason": "fixed_term_reason",
    "hiringpromise_missions_within_nine_months": "within_months",
    "commitment_starts_after_the_training": "starts_by",
    "hiringpromise_carrier_is_named": "carrier_name",
    "siret_digits": "carrier_siret",
    "siret_length": "carrier_siret",
    "siret_siren": "carrier_siret",
    "siret_nic": "carrier_siret",
}


def field_of(refusal: RuleBroken) -> str:
    return FIELD_OF.get(refusal.code or "", refusal.code or "")


class StepForm(forms.Form):
    """One page of the promise; `initial` is what is written already."""

    step: steps.Step

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        self.commitment = commitment
        promise = commitment.promise
        names = [*self.base_fields]
        initial = {name: getattr(promise, name, getattr(commitment, name, None)) for name in names}
        kwargs["initial"] = {name: plain(value) for name, value in initial.items() if value is not None}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Every rule of the page speaks at once, each on its field: the action checks them again."""
        data = super().clean()
        commitment, promise = copy(self.commitment), copy(self.commitment.promise)
        actions.fill(commitment, promise, self.step, data)
        for fault in faults_of(commitment, promise, self.step):
            field = field_of(fault)
            if field in self.fields and field not in self.errors:
                self.add_error(field, fault)
        return data

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


# Where a refusal is shown, when its code is not the name of a field.


class JobForm(StepForm):
    step = steps.JOB
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
    step = steps.CONTRACT
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
        if contract == Contract.TEMP:
            self.fields["months"].label = "Durée des missions en tout, en mois"
        else:
            del self.fields["within_months"]
        ends_on = self.commitment.training_ends_on
        if ends_on:
            self.fields["starts_by"].help_text += f" La formation finit le {french.day(ends_on, year=True)}."


class ConditionsForm(StepForm):
    """What the chosen training prepares is said, so that both halves name the same certification."""

    step = steps.CONDITIONS
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


class SignatoryForm(StepForm):
    step = steps.SIGNATORY
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promise = self.commitment.promise
        if promise.contract == Contract.TEMP and not promise.carrier:
            self.initial["carrier"] = Carrier.AGENCY
            self.fields["carrier"].help_text = "Des missions d’intérim sont promises par une agence."

    def clean(self) -> dict[str, Any]:
        check_carrier(self, self.cleaned_data)
        return super().clean()


FORMS = {
    "poste": JobForm,
    "contrat": ContractForm,
    "conditions": ConditionsForm,
    "signature": SignatoryForm,
}
