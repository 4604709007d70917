"""What is typed about a training under way. A form decides nothing: it feeds an action."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.roles import CANDIDATE
from commitments.courses.actions import LEAVE_REASONS, NOT_COME_REASONS
from commitments.courses.models import AbsenceKind, AbsenceReason
from commitments.seats.forms import CHOOSE, words_field
from commitments.seats.models import Result
from core.rules import RuleBroken
from core.signing.scans import Scan, read_scan

DAY = {
    "required": "Choisissez un jour.",
    "invalid": "Écrivez une date, par exemple 31/01/2027.",
}
NO_HEALTH = "La personne et son conseiller les lisent. Rien sur la santé."
FILE = "Un PDF ou une photo (JPEG, PNG), 5 Mo au plus."


def day_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required, error_messages=DAY)


def reason_field(choices: Any, label: str = "Pour quelle raison ?") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE)


def needed(label: str, hint: str, missing: str) -> forms.CharField:
    field = words_field(label, hint)
    field.required, field.error_messages["required"] = True, missing
    return field


class ScanField(forms.FileField):
    """A paper: what it really is, by its content."""

    def clean(self, data: Any, initial: Any = None) -> Scan | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return read_scan(file)
        except RuleBroken as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal


class EntriesForm(forms.Form):
    people = forms.MultipleChoiceField(
        label="Qui est entré en formation ?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins une personne.",
            "invalid_choice": "Cette personne n’attend plus d’entrer : relisez la page.",
        },
    )
    entered_on = day_field("Quel jour ?")

    def __init__(self, *args: Any, waiting: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(it.pk), it.candidate.user.get_full_name()) for it in waiting]  # type: ignore[attr-defined]


class NotComeForm(forms.Form):
    reason = reason_field([(it.value, it.label) for it in NOT_COME_REASONS])
    words = words_field("En quelques mots", NO_HEALTH)


class FinishForm(forms.Form):
    result = reason_field(Result.choices, "Quel est le résultat ?")
    blocks = forms.MultipleChoiceField(
        label="Les blocs obtenus",
        help_text="Seulement pour un résultat « en partie ».",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    finished_on = day_field("Dernier jour de la personne")
    attestation = ScanField(
        label="L’attestation ou le parchemin, si vous l’avez", help_text=FILE, required=False
    )
    words = words_field("En quelques mots", "La personne, son conseiller et l’entreprise les lisent.")

    def __init__(self, *args: Any, blocks: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if blocks:
            self.fields["blocks"].choices = [(str(it.pk), it.title) for it in blocks]  # type: ignore[attr-defined]
        else:
            del self.fields["blocks"]


def why_field() -> forms.CharField:
    hint = "Qui avait lu l’erreur lit aussi cette raison. Rien sur la santé."
    return needed("Pourquoi corriger ?", hint, "Dites pourquoi, en quelques mots.")


class CorrectEntryForm(forms.Form):
    """Another day; or this person has not entered."""

    what = forms.ChoiceField(
        label="Qu’est-ce qui n’est pas exact ?",
        choices=[("day", "Le jour d’entrée"), ("person", "Cette personne n’est pas entrée en formation")],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    entered_on = day_field("Le bon jour", "Seulement si le jour n’est pas exact.", required=False)
    why = why_field()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("what") == "day" and not said.get("entered_on") and "entered_on" not in self.errors:
            self.add_error("entered_on", DAY["required"])
        return said


class CorrectResultForm(FinishForm):
    why = why_field()


class LeaveForm(forms.Form):
    left_on = day_field("Dernier jour en formation")
    reason = reason_field([(it.value, it.label) for it in LEAVE_REASONS])
    words = words_field("En quelques mots", NO_HEALTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].initial = timezone.localdate


class UndoLeaveForm(forms.Form):
    """This person had not left."""

    why = why_field()


def check_order(form: forms.Form, first: str, last: str, refusal: str) -> None:
    """The last day is not before the first one: said beside it."""
    said = form.cleaned_data
    if said.get(first) and said.get(last) and said[last] < said[first]:
        form.add_error(last, refusal)


class AbsenceForm(forms.Form):
    kind = forms.ChoiceField(
        label="Qu’est-ce que c’est ?",
        choices=AbsenceKind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        initial=AbsenceKind.ABSENCE,
    )
    first_day = day_field("Du")
    last_day = day_field(
        "Au", "Vide : une seule journée ; pour une interruption, jusqu’à nouvel ordre.", required=False
    )
    reason = reason_field(AbsenceReason.choices)
    words = words_field("En quelques mots", NO_HEALTH)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == AbsenceKind.ABSENCE and "last_day" not in self.errors:
            said["last_day"] = said.get("last_day") or said.get("first_day")
        check_order(self, "first_day", "last_day", "Une absence finit après avoir commencé.")
        return said


class WordForm(forms.Form):
    words = needed(
        "Comment ça se passe ?", "Le conseiller le lit. Rien sur la santé.", "Écrivez quelques mots."
    )
    asks_for_help = forms.BooleanField(
        label="J’aimerais que le conseiller appelle la personne", required=False
    )


class CheckInForm(forms.Form):
    words = words_field(
        "Un mot, si vous voulez", "Seule la personne qui accompagne le lit. Rien sur la santé."
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side == CANDIDATE:
            self.fields[
                "words"
            ].help_text = "Seule la personne qui vous accompagne le lit. Rien sur la santé."


class CloseForm(forms.Form):
    words = needed(
        "Ce qui a été fait",
        "L’organisme et les agents de la Région le lisent. Rien sur la santé.",
        "Dites ce qui a été fait, en quelques mots.",
    )


class InternshipForm(forms.Form):
    starts_on = day_field("Premier jour")
    ends_on = day_field("Dernier jour")
    host_name = forms.CharField(label="Dans une autre entreprise ? Laquelle", required=False, max_length=160)
    elsewhere_reason = forms.CharField(
        label="Pourquoi ailleurs", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    host_contact = forms.CharField(
        label="Qui accueille, où, à quel numéro",
        help_text="La personne en stage le lit.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, promising: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if promising:
            hint = f"Laissez vide : le stage a lieu chez {promising}, qui promet l’embauche."
            self.fields["host_name"].help_text = hint
        else:
            self.fields["host_name"].label = "Dans quelle entreprise ?"
            del self.fields["elsewhere_reason"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        check_order(self, "starts_on", "ends_on", "Un stage finit après avoir commencé.")
        return said


class DocumentForm(forms.Form):
    scan = ScanField(
        label="La convention de stage, signée",
        help_text=f"{FILE} Seules les parties la voient.",
        error_messages={
            "required": "Ajoutez la convention.",
            "missing": "Ajoutez la convention.",
            "empty": "Ce fichier est vide.",
        },
    )
