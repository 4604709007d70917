"""What each side types about conditions and contracts. A form decides nothing: it feeds an action."""

import datetime as dt
from typing import Any

from django import forms

from commitments.contracts.declaring import Facts
from commitments.contracts.disputing import Truth
from commitments.contracts.models import Contract, DisputeReason
from commitments.contracts.versions import SAID, Version
from commitments.projects.forms import (
    CHOOSE,
    TEXT,
    AskedIf,
    EmployerField,
    LeaveForm,
    check_carrier,
    date_field,
    plain,
)
from commitments.projects.halves import Carrier
from commitments.projects.models import Side
from core import french
from core.fields import AmountField
from immersions.offers.models import Contract as Kind


def _hours(label: str, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=1,
        max_value=48,
        max_digits=4,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": "Dites combien d’heures par semaine.",
            "invalid": "Écrivez un nombre, par exemple 35.",
            "max_value": "48 heures par semaine au plus.",
            "min_value": "Une heure par semaine au moins.",
        },
    )


def _pay(label: str, *, required: bool = True) -> AmountField:
    return AmountField(
        label=label,
        required=required,
        min_value=1,
        max_digits=8,
        decimal_places=2,
        error_messages={
            "required": "Dites le salaire brut par mois.",
            "invalid": "Écrivez un montant, par exemple 1950.",
            "min_value": "Écrivez un montant, par exemple 1950.",
        },
    )


class DeclineForm(LeaveForm):
    """« Non, merci »: a reason, and where one is now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, side=Side.CANDIDATE, **kwargs)


class ConditionForm(forms.Form):
    document = forms.CharField(
        label="Quel document le prouve ?",
        help_text="Son nom suffit, par exemple « permis B » ou « avis d’aptitude ». N’envoyez pas le document.",
        max_length=120,
        error_messages={"required": "Dites quel document le prouve."},
    )
    dated = date_field("La date du document")


class ContractForm(forms.Form):
    """The facts, as the contract says them; what was promised is written already."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Le contrat", choices=Kind, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    starts_on = date_field("Premier jour")
    ends_on = date_field(
        "Dernier jour",
        "Rien pour un CDI. Pour l’intérim, la première mission : vous ajoutez les autres ensuite.",
        required=False,
    )
    hours_weekly = _hours("Heures par semaine")
    pay_gross_monthly = _pay("Salaire brut par mois, en euros")
    carrier = EmployerField(label="Qui est l’employeur ?", choices=Carrier, widget=forms.RadioSelect)
    carrier_name = AskedIf(label="Le nom de l’employeur, si ce n’est pas votre entreprise", max_length=200)
    carrier_siret = AskedIf(label="Le SIRET de l’employeur, si ce n’est pas votre entreprise", max_length=20)
    reference = forms.CharField(
        label="La référence du contrat", help_text="Si vous en avez une.", required=False, max_length=80
    )

    def __init__(self, *args: Any, latest: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if latest:
            self.fields["starts_on"].help_text = (
                f"Au plus tard le {french.day(latest, year=True)}, selon la promesse. Après ce jour, le contrat est "
                "enregistré au-dessous de la promesse."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        check_carrier(self, data)
        return data

    def facts(self) -> Facts:
        return Facts(**self.cleaned_data)


class DisputeForm(forms.Form):
    """Why, in which words, and the person's own figures: what the company says is written already."""

    reason = forms.ChoiceField(
        label="Qu’est-ce qui ne va pas ?",
        choices=DisputeReason,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    words = forms.CharField(
        label="Votre version, en quelques mots",
        help_text="L’entreprise, la personne qui vous accompagne et un agent de la Région la lisent.",
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Donnez votre version, en quelques mots."},
    )
    kind = forms.ChoiceField(label="Votre contrat", choices=Kind, required=False)
    starts_on = date_field("Votre premier jour", required=False)
    ends_on = date_field("Votre dernier jour", "Rien pour un CDI.", required=False)
    hours_weekly = _hours("Vos heures par semaine", required=False)
    pay_gross_monthly = _pay("Votre salaire brut par mois, en euros", required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        declared = {name: plain(getattr(contract, name)) for name in SAID}
        super().__init__(*args, initial=declared, **kwargs)

    def version(self) -> Version:
        return Version(**{name: self.cleaned_data[name] for name in SAID})


class SettleForm(forms.Form):
    """« Trancher » : what an agent holds for true, and why."""

    use_required_attribute = False

    truth = forms.ChoiceField(
        label="Ce que vous avez constaté", choices=Truth, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    words = forms.CharField(
        label="Sur quoi vous vous fondez",
        help_text="Le contrat lu, par exemple. Les deux côtés lisent ces mots.",
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Dites sur quoi vous vous fondez."},
    )


class MissionForm(forms.Form):
    starts_on = date_field("Premier jour de la mission")
    ends_on = date_field("Dernier jour de la mission")
