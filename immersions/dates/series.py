"""A series of growing half-days of one person: a few mornings first, then whole days."""

import datetime as dt
from typing import Any, cast

from django import forms

from core import french
from immersions.applications.models import Application
from immersions.applications.places import AgreedDates
from immersions.applications.words import slot_words
from immersions.days import unusual_days
from immersions.offers import notice
from immersions.offers.date_forms import DayInput, HourInput
from immersions.offers.models import Offer, Slot
from territories.working_days import ONE_DAY, is_working_day

MORNING = (dt.time(9), dt.time(12))
WHOLE_DAY = (dt.time(8, 30), dt.time(16, 30))
FIRST_MORNINGS = 3
ROWS = 6
EMPTY_ROWS = 2


def growing(first_day: dt.date, half_days: int, department: str = "") -> list[AgreedDates]:
    """The first week mornings, every other day; the next one whole days, while half-days are left."""
    mornings = min(FIRST_MORNINGS, max(1, half_days // 3))
    days: list[AgreedDates] = []
    day = first_day
    while len(days) < mornings and half_days > 0:
        if is_working_day(day, department):
            days.append(AgreedDates(day, day, *MORNING))
            half_days -= 1
            day += ONE_DAY
        day += ONE_DAY
    day += ONE_DAY * (-day.weekday() % 7 if day.isocalendar().week == first_day.isocalendar().week else 0)
    while half_days > 0 and len(days) < ROWS:
        if is_working_day(day, department):
            hours = WHOLE_DAY if half_days > 1 else MORNING
            days.append(AgreedDates(day, day, *hours))
            half_days -= 2
        day += ONE_DAY
    return days


class DayForm(forms.Form):
    """One day of the series; an empty line is no day."""

    day = forms.DateField(
        label="Jour", widget=DayInput, required=False, error_messages={"invalid": "Cette date n’existe pas."}
    )
    starts_at = forms.TimeField(
        label="De",
        widget=HourInput,
        required=False,
        error_messages={"invalid": "Une heure s’écrit comme 08:00."},
    )
    ends_at = forms.TimeField(
        label="À",
        widget=HourInput,
        required=False,
        error_messages={"invalid": "Une heure s’écrit comme 08:00."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("day"):
            return data
        for name in ("starts_at", "ends_at"):
            if name not in self.errors and not data.get(name):
                self.add_error(name, "Dites l’heure.")
        if not self.errors and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", "La journée finit après son début.")
        return data

    def dates(self) -> AgreedDates | None:
        data = self.cleaned_data
        if not data.get("day"):
            return None
        return AgreedDates(data["day"], data["day"], data["starts_at"], data["ends_at"])


class BaseDayFormSet(forms.BaseFormSet):
    """The days that the company composes, for an offer whose dates are to agree."""

    def __init__(self, data: Any = None, *, application: Application):
        self.offer = application.offer
        super().__init__(data, initial=_likely(application), prefix="jour")

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.dates():
            raise forms.ValidationError("Écrivez au moins un jour.", code="no_day")
        remarks = [
            sentence
            for it in self.dates()
            for sentence in unusual_days(it.first_day, it.last_day, self.offer.department_code)
        ]
        self.needs_yes = bool(remarks)
        if remarks and not self.data.get("unusual_ok"):
            said = " ".join(remarks)
            raise forms.ValidationError(
                f"{said} Cochez la case si vous accueillez ces jours-là.", code="unusual"
            )

    def dates(self) -> list[AgreedDates]:
        return [dates for form in self.forms if (dates := form.dates())]

    def arguments(self) -> dict[str, Any]:
        return {"series": self.dates()}


DayFormSet = forms.formset_factory(
    DayForm, formset=BaseDayFormSet, extra=0, max_num=20, absolute_max=40, validate_max=True
)


class SeriesForm(forms.Form):
    """Several slots of the offer for one person."""

    slots = forms.ModelMultipleChoiceField(
        queryset=Slot.objects.none(),
        label="Quels créneaux ?",
        help_text="Tous pour la même personne, sous une même convention, en un mois au plus.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins un créneau.",
            "invalid_choice": "Ce créneau n’est plus libre. Choisissez-en un autre.",
        },
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        wished = {slot.pk for slot in application.wished_slots.all()}
        field = cast("forms.ModelMultipleChoiceField", self.fields["slots"])
        field.queryset = notice.open_slots(application.offer).order_by("first_day", "starts_at", "pk")
        field.choices = [
            (slot.pk, slot_words(slot) + (" (souhaité)" if slot.pk in wished else ""))
            for slot in field.queryset
        ]

    def arguments(self) -> dict[str, Any]:
        return {"slots": list(self.cleaned_data["slots"])}


def _likely(application: Application) -> list[dict[str, Any]]:
    """What the person wished, as a series that grows; then empty lines."""
    offer = application.offer
    soonest = notice.first_day_of(offer)
    first = next((monday for monday in application.wished_weeks if monday >= soonest), _next_monday(soonest))
    known = [
        {"day": it.first_day, "starts_at": it.starts_at, "ends_at": it.ends_at}
        for it in growing(first, offer.half_days or 2, offer.department_code)
    ]
    return known + [{} for _ in range(EMPTY_ROWS)]


def _next_monday(day: dt.date) -> dt.date:
    return day + ONE_DAY * (-day.weekday() % 7)


def words_for(offer: Offer) -> str:
    """« 6 demi-journées au plus »."""
    return f"{french.counted(offer.half_days or 0, 'demi-journée')} au plus" if offer.half_days else ""
