"""What one types about a first appointment."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from immersions.applications.models import Application
from immersions.appointments.models import AppointmentTime, Kind
from immersions.appointments.words import time_words
from immersions.offers.date_forms import DayInput, HourInput
from territories.working_days import why_unusual

TIMES = 3


class TimesForm(forms.Form):
    """Up to three times at once; one is enough."""

    kind = forms.ChoiceField(
        label="Comment ?", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.PHONE
    )
    minutes = forms.IntegerField(
        label="Durée, en minutes", initial=15, min_value=5, max_value=120,
        error_messages={"required": "Dites la durée.", "invalid": "Écrivez un nombre de minutes."},
    )  # fmt: skip
    where = forms.CharField(
        label="Lien de la visio, adresse ou consigne", required=False, max_length=300,
        help_text="Par exemple : « Je vous appelle », ou le lien de la visio.",
    )  # fmt: skip

    def __init__(self, *args, department: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.department = department
        for number in range(1, TIMES + 1):
            wrong = {"required": "Choisissez le jour.", "invalid": "Cette date n’existe pas."}
            self.fields[f"day_{number}"] = forms.DateField(
                label=f"Jour {number}", widget=DayInput, required=number == 1, error_messages=wrong
            )
            wrong = {"required": "Dites l’heure.", "invalid": "Une heure s’écrit comme 08:00."}
            self.fields[f"hour_{number}"] = forms.TimeField(
                label=f"Heure {number}", widget=HourInput, required=number == 1, error_messages=wrong
            )
            self.fields[f"day_{number}"].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for number in range(2, TIMES + 1):
            day, hour = data.get(f"day_{number}"), data.get(f"hour_{number}")
            if day and not hour and f"hour_{number}" not in self.errors:
                self.add_error(f"hour_{number}", "Dites l’heure.")
            if hour and not day and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", "Choisissez le jour.")
        if not self.errors:
            self._check_ahead()
        return data

    def _check_ahead(self) -> None:
        seen: set[dt.datetime] = set()
        for number, start in self._starts():
            if start <= timezone.now():
                self.add_error(f"day_{number}", "Cette heure est passée : choisissez-en une à venir.")
            elif start in seen:
                self.add_error(f"hour_{number}", "Cette heure est écrite deux fois.")
            seen.add(start)

    def _starts(self) -> list[tuple[int, dt.datetime]]:
        rows = (
            (n, self.cleaned_data.get(f"day_{n}"), self.cleaned_data.get(f"hour_{n}"))
            for n in range(1, TIMES + 1)
        )
        return [
            (n, timezone.make_aware(dt.datetime.combine(day, hour))) for n, day, hour in rows if day and hour
        ]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts = [start for _, start in self._starts()]
        return {"starts": starts, "kind": data["kind"], "minutes": data["minutes"], "where": data["where"]}

    def remarks(self) -> list[str]:
        """Signalled, not refused."""
        days = {timezone.localtime(start).date() for _, start in self._starts()}
        return [
            f"Le {day:%d/%m} est {why}." for day in sorted(days) if (why := why_unusual(day, self.department))
        ]

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"day_{n}"], self[f"hour_{n}"]) for n in range(1, TIMES + 1)]


class PickForm(forms.Form):
    """One of the times offered."""

    time = forms.ModelChoiceField(
        queryset=AppointmentTime.objects.none(),
        label="Quelle heure vous va ?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une heure.",
            "invalid_choice": "Cette heure vient d’être prise ou retirée. Choisissez-en une autre.",
        },
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["time"]
        field.queryset = AppointmentTime.objects.free_for(application)
        field.choices = [(time.pk, time_words(time).capitalize()) for time in field.queryset]


class CancelForm(forms.Form):
    words = forms.CharField(
        label="Un mot d’explication",
        help_text="Il part avec votre message.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
