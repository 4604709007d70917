"""What people and advisors type about who accompanies whom."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User, check_siret
from candidates.structures.models import NotFollowedReason, SupportStructure
from core import french
from territories import geo
from territories.delays import wait_in
from territories.models import Commune

UNKNOWN = "unknown"
CHOOSE = {"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse."}


def line_of(structure: SupportStructure, commune: Commune | None) -> str:
    """« Mission locale des Trois Clochers, Metz (3 km) »."""
    line = f"{structure.name}, {structure.commune.name}"
    if commune is None:
        return line
    km = round(geo.distance_km((structure.x, structure.y), (commune.x, commune.y)))
    return f"{line} ({km} km)" if km else line


class ChoiceOfStructure(forms.Form):
    """Some structures to choose from. What is posted may be any open one."""

    structure = forms.ChoiceField(widget=forms.RadioSelect, error_messages=CHOOSE)
    unknown = False

    def __init__(self, *args: Any, shown: Iterable[SupportStructure], near: Commune | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), line_of(each, near)) for each in shown]
        if self.unknown:
            choices.append((UNKNOWN, "Personne, ou je ne sais pas"))
        self.fields["structure"].choices = choices

    def chosen(self) -> SupportStructure | None:
        """None: « je ne sais pas »."""
        value = self.cleaned_data["structure"]
        return None if value == UNKNOWN else SupportStructure.objects.for_list().get(pk=value)


class WhoForm(ChoiceOfStructure):
    """« Qui vous accompagne ? »"""

    unknown = True

    def __init__(self, *args: Any, near: Commune | None, **kwargs: Any) -> None:
        super().__init__(*args, near=near, **kwargs)
        days = wait_in(near.department_id if near else "", "following").reminders[0]
        field = self.fields["structure"]
        field.label = "Qui vous accompagne dans votre recherche ?"
        field.help_text = (
            "« Je ne sais pas » : la structure de votre secteur vous répond sous "
            f"{french.counted(days, 'jour ouvré', 'jours ouvrés')}."
        )


class TransferForm(ChoiceOfStructure):
    words = forms.CharField(
        label="Un mot pour l’histoire de ce suivi",
        required=False,
        max_length=600,
        help_text="Lu par les agents de la Région. Rien sur la santé.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].label = "À quelle structure transmettre ?"


class PassOnForm(forms.Form):
    to = forms.ChoiceField(
        label="À qui confier cette personne ?", widget=forms.RadioSelect, error_messages=CHOOSE
    )
    words = forms.CharField(
        label="Un mot pour votre collègue",
        required=False,
        max_length=600,
        help_text="Rien sur la santé.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(user.pk): user for user in colleagues}
        self.fields["to"].choices = [(pk, user.name_or_address) for pk, user in self.colleagues.items()]

    def arguments(self) -> dict[str, Any]:
        return {"to": self.colleagues[self.cleaned_data["to"]], "words": self.cleaned_data["words"]}


class NotFollowForm(forms.Form):
    reason = forms.ChoiceField(
        label="Pourquoi ?", choices=NotFollowedReason.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    how_to_register = forms.CharField(
        label="Où et comment s’inscrire ?",
        max_length=600,
        help_text="La personne lit ces mots : une adresse, un téléphone, ce qu’il faut apporter.",
        error_messages={"required": "Dites à la personne où s’inscrire, et comment."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EndForm(forms.Form):
    words = forms.CharField(
        label="Un mot pour l’histoire de ce suivi",
        required=False,
        max_length=600,
        help_text="La personne ne le lit pas. Rien sur la santé.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RegisterForm(forms.Form):
    """The structure has no legal entity here yet: its SIRET says which it is."""

    siret = forms.CharField(
        label="SIRET de votre structure",
        max_length=30,
        help_text="14 chiffres. Il est sur les bulletins de paie.",
        error_messages={"required": "Tapez les 14 chiffres du SIRET."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_siret(self) -> str:
        return check_siret(self.cleaned_data["siret"])
