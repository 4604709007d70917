"""What is typed about a seat. A form decides nothing: it feeds an action."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from commitments.seats.losing import REASONS
from commitments.seats.models import Income, NotValidatedReason, RefusalReason

TEXT = {"rows": 3}
CHOOSE = {"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse dans la liste."}


def words_field(label: str, hint: str = "") -> forms.CharField:
    area = forms.Textarea(attrs=TEXT)
    return forms.CharField(label=label, help_text=hint, required=False, max_length=600, widget=area)


class ReasonForm(forms.Form):
    """A reason from a closed list; « Autre » says which."""

    reason = forms.ChoiceField(label="Pour quelle raison ?", widget=forms.RadioSelect, error_messages=CHOOSE)
    words = words_field("En quelques mots", "La personne les lit. Rien sur la santé.")

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices.choices


class RefuseForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=RefusalReason, **kwargs)


class NotValidateForm(ReasonForm):
    words = words_field("Et maintenant ?", "Ce que la personne peut faire : elle le lit. Rien sur la santé.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=NotValidatedReason, **kwargs)


class NoSeatForm(forms.Form):
    """Why no session fits: a closed list, counted."""

    reason = forms.ChoiceField(label="Pour quelle raison ?", widget=forms.RadioSelect, error_messages=CHOOSE)
    words = words_field("En quelques mots", "L’entreprise et le conseiller les lisent. Rien sur la santé.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(it.value, it.label) for it in REASONS]


class ValidateForm(forms.Form):
    income = forms.ChoiceField(
        label="De quoi vivra la personne pendant la formation ?",
        choices=Income,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    words = words_field("Un mot pour la personne, si vous voulez", "Rien sur la santé.")


class MeetingForm(forms.Form):
    day = forms.DateField(
        label="Quel jour ?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez un jour.",
            "invalid": "Écrivez une date, par exemple 31/01/2027.",
        },
    )
    time = forms.TimeField(
        label="À quelle heure ?",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": "Choisissez une heure.",
            "invalid": "Écrivez une heure, par exemple 14:30.",
        },
    )
    place = forms.CharField(
        label="Où ?",
        help_text="L’adresse, la salle ; ou le lien, si c’est à distance.",
        max_length=200,
        error_messages={"required": "Dites où a lieu la réunion."},
    )

    def said(self) -> dict[str, Any]:
        moment = dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        return {"at": timezone.make_aware(moment), "place": self.cleaned_data["place"]}


class WithdrawForm(forms.Form):
    words = words_field("Un mot, si vous voulez", "L’organisme et votre conseiller le lisent.")
