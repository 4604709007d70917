"""What a member of an organisation types about its sessions and its house."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import check_siret
from accounts.phone import read_phone
from trainings.models import MeetingKind, Session, TrainingOrganisation
from trainings.organisations import figures
from trainings.organisations.actions import Days, Meeting

EMPTY_ROWS = 2
FULL, SOME, UNKNOWN = "full", "some", "unknown"
DAY = {"invalid": "Un jour s’écrit comme 24/12/2026."}


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class RegisterForm(forms.Form):
    """The catalogue does not tell the SIRET: the first member does."""

    siret = forms.CharField(
        label="SIRET de votre organisme",
        max_length=30,
        help_text="14 chiffres. Il est sur les bulletins de paie et les conventions.",
        error_messages={"required": "Tapez les 14 chiffres du SIRET."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_siret(self) -> str:
        return check_siret(self.cleaned_data["siret"])


class SeatsForm(forms.Form):
    """« Combien de places reste-t-il ? »"""

    answer = forms.ChoiceField(
        label="Reste-t-il des places ?",
        choices=[
            (SOME, "Oui, je dis combien"),
            (FULL, "Non, la session est complète"),
            (UNKNOWN, "Je ne sais pas encore"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse."},
    )
    seats_left = forms.IntegerField(
        label="Places restantes",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Celles que vous n’avez données à personne. Laissez vide si vous n’avez pas répondu oui.",
        error_messages={
            "invalid": "Tapez un nombre.",
            "min_value": "Tapez un nombre plus grand que zéro, ou choisissez « complète ».",
            "max_value": "Une session n’a pas tant de places.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        known = figures.to_give(session)
        first = {
            "answer": UNKNOWN if known is None else SOME if known else FULL,
            "seats_left": known or None,
        }
        super().__init__(*args, initial=first, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") == SOME and "seats_left" not in self.errors and data.get("seats_left") is None:
            self.add_error("seats_left", "Dites combien de places il reste.")
        return data

    def said(self) -> dict[str, Any]:
        number = {SOME: self.cleaned_data["seats_left"], FULL: 0, UNKNOWN: None}
        return {"seats_left": number[self.cleaned_data["answer"]]}


def _unless_typed(known: list[dict[str, Any]], data: Any) -> list[dict[str, Any]] | None:
    """What is typed stands alone: a line that says what a colleague has just said is not an empty one."""
    return known if data is None else None


class PeriodForm(forms.Form):
    """One period; an empty line is nothing."""

    starts_on = forms.DateField(label="Du", required=False, widget=DayInput, error_messages=DAY)
    ends_on = forms.DateField(label="Au", required=False, widget=DayInput, error_messages=DAY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and "ends_on" not in self.errors and not ends_on:
            self.add_error("ends_on", "Dites le dernier jour.")
        elif ends_on and "starts_on" not in self.errors and not starts_on:
            self.add_error("starts_on", "Dites le premier jour.")
        return data


class BasePeriodFormSet(forms.BaseFormSet):
    def __init__(self, data: Any = None, *, session: Session) -> None:
        known = [
            {"starts_on": it.starts_on, "ends_on": it.ends_on} for it in session.in_company_periods.all()
        ]
        super().__init__(data, initial=_unless_typed(known, data), prefix="periode")

    def said(self) -> dict[str, Any]:
        rows = [form.cleaned_data for form in self.forms]
        return {"periods": [Days(row["starts_on"], row["ends_on"]) for row in rows if row.get("starts_on")]}


PeriodFormSet = forms.formset_factory(
    PeriodForm, formset=BasePeriodFormSet, extra=EMPTY_ROWS, max_num=20, absolute_max=40, validate_max=True
)


class MeetingForm(forms.Form):
    """One meeting; without a day, the line is nothing."""

    day = forms.DateField(label="Jour", required=False, widget=DayInput, error_messages=DAY)
    hour = forms.TimeField(
        label="Heure",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Une heure s’écrit comme 09:00."},
    )
    kind = forms.ChoiceField(label="Quoi", choices=MeetingKind.choices)
    place = forms.CharField(label="Où", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("day"):
            if "hour" not in self.errors and data.get("hour") is None:
                self.add_error("hour", "Dites l’heure.")
            if not data.get("place"):
                self.add_error("place", "Dites où l’on vient.")
        return data


class BaseMeetingFormSet(forms.BaseFormSet):
    def __init__(self, data: Any = None, *, session: Session) -> None:
        known = [
            {"day": it.day, "hour": it.hour, "kind": it.kind, "place": it.place}
            for it in session.meetings.all()
        ]
        super().__init__(data, initial=_unless_typed(known, data), prefix="rendez-vous")

    def said(self) -> dict[str, Any]:
        rows = [form.cleaned_data for form in self.forms]
        return {"meetings": [_meeting(row) for row in rows if row.get("day")]}


def _meeting(row: dict[str, Any]) -> Meeting:
    at = timezone.make_aware(dt.datetime.combine(row["day"], row["hour"]))
    return Meeting(row["kind"], at, row["place"])


MeetingFormSet = forms.formset_factory(
    MeetingForm, formset=BaseMeetingFormSet, extra=EMPTY_ROWS, max_num=20, absolute_max=40, validate_max=True
)


class ContactForm(forms.Form):
    """All empty: the contact of the catalogue."""

    name = forms.CharField(
        label="Personne ou service",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Adresse e-mail",
        required=False,
        error_messages={
            "invalid": "Cette adresse e-mail n’est pas complète : elle s’écrit comme nom@exemple.fr."
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label="Téléphone",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        contact = getattr(session, "contact", None)
        names = ("name", "email", "phone")
        first = {name: getattr(contact, name) for name in names} if contact else {}
        super().__init__(*args, initial=first, **kwargs)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return read_phone(typed) if typed else ""

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class SheetForm(forms.ModelForm):
    """Where requests for a seat are sent."""

    class Meta:
        model = TrainingOrganisation
        fields = ["requests_email", "requests_phone"]
        labels = {"requests_email": "Adresse e-mail", "requests_phone": "Téléphone"}
        help_texts = {
            "requests_email": "Celle d’un service plutôt que d’une personne : elle se lit encore en août."
        }
        error_messages = {
            "requests_email": {
                "invalid": "Cette adresse e-mail n’est pas complète : elle s’écrit comme nom@exemple.fr."
            }
        }
