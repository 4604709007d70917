"""The page « Les dates »: dates to agree with the weeks that suit, or slots, several at once."""

import datetime as dt
from typing import Any

from django import forms

from core import french
from immersions.applications.words import half_days_in
from immersions.days import last_day_of, mondays_from, unusual_days
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer, Slot
from immersions.offers.writing import Period

WEEKS_SHOWN = 12
EMPTY_SLOTS = 2
FARTHEST = dt.timedelta(days=365)
LONGEST_STAY = 31  # Days: an immersion never lasts past one month.


class DayInput(forms.DateInput):
    def __init__(self):
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    def __init__(self):
        super().__init__(attrs={"type": "time"}, format="%H:%M")


class DatesForm(forms.Form):
    """How dates are chosen. The slots themselves stand in a `SlotFormSet` beside it."""

    date_mode = forms.ChoiceField(
        label="Comment choisir les dates ?",
        widget=forms.RadioSelect,
        choices=[
            (DateMode.TO_AGREE, "Dates à convenir avec chaque personne"),
            (DateMode.SLOTS, "Des créneaux que je donne maintenant"),
        ],
    )
    weeks = forms.TypedMultipleChoiceField(
        label="Semaines où vous pouvez accueillir",
        required=False,
        coerce=dt.date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        help_text="Si vous n’en cochez aucune, toutes conviennent.",
    )
    books_instantly = forms.BooleanField(
        label="Réservation immédiate",
        required=False,
        help_text="La première personne qui demande un créneau libre a la place, sans votre réponse.",
    )
    unusual_ok = forms.BooleanField(label="Oui, nous accueillons ces jours-là", required=False)

    def __init__(self, *args, offer: Offer, **kwargs):
        first = {
            "date_mode": offer.date_mode,
            "weeks": [monday.isoformat() for monday in offer.weeks],
            "books_instantly": offer.books_instantly,
        }
        super().__init__(*args, initial=first, **kwargs)
        mondays = mondays_from(notice.first_day_of(offer), WEEKS_SHOWN)
        self.fields["weeks"].choices = [
            (monday.isoformat(), f"Semaine du {french.day(monday)}") for monday in mondays
        ]
        if "unusual_ok" not in self.data:
            self._unusual_ok = self.fields.pop("unusual_ok")

    def ask_about(self, sentences: list[str]) -> None:
        """Signalled, not refused: the company confirms."""
        if sentences and not self.data.get("unusual_ok"):
            self.fields["unusual_ok"] = self._unusual_ok
            self.add_error("unusual_ok", " ".join(sentences))


class SlotForm(forms.Form):
    """One period. The last day may be left out: it follows from the duration."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    first_day = forms.DateField(label="Premier jour", widget=DayInput)
    last_day = forms.DateField(
        label="Dernier jour", widget=DayInput, required=False, help_text="Vide : selon la durée."
    )
    starts_at = forms.TimeField(label="De", widget=HourInput)
    ends_at = forms.TimeField(label="À", widget=HourInput)
    places = forms.IntegerField(label="Places", min_value=1, max_value=100)
    is_open = forms.BooleanField(label="Ouvert à la réservation", required=False)
    remove = forms.BooleanField(label="Supprimer ce créneau", required=False)

    def __init__(self, *args, offer: Offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.department = offer.commune.department_id if offer.commune else ""
        if not self.initial.get("pk"):
            del self.fields["is_open"], self.fields["remove"]

    def clean_first_day(self) -> dt.date:
        first_day = self.cleaned_data["first_day"]
        if "first_day" not in self.changed_data and self.initial.get("pk"):
            return first_day  # It was in time when it was written.
        soonest = notice.first_day_of(self.offer)
        if first_day > soonest + FARTHEST:
            raise forms.ValidationError("Choisissez une date dans l’année qui vient.", code="too_far")
        if first_day < soonest:
            why = " : il faut le temps de signer la convention" if self.offer.needs_agreement else ""
            raise forms.ValidationError(
                f"Le premier jour possible est le {french.day(soonest, weekday=True)}{why}.",
                code="too_near",
            )
        return first_day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first_day, half_days = data.get("first_day"), self.offer.half_days
        if not first_day:
            return data
        if not data.get("last_day"):
            data["last_day"] = last_day_of(first_day, half_days or 2, self.department)
        self._check_length(data)
        return data

    def _check_length(self, data: dict[str, Any]) -> None:
        first_day, last_day = data["first_day"], data["last_day"]
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if last_day < first_day:
            self.add_error("last_day", "Le dernier jour vient après le premier.")
        elif starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "La journée finit après son début.")
        elif (last_day - first_day).days >= LONGEST_STAY:
            self.add_error("last_day", "Une immersion dure un mois au plus.")
        elif starts_at and ends_at and self.offer.half_days:
            asked = half_days_in(first_day, last_day, starts_at, ends_at)
            if asked > self.offer.half_days:
                self.add_error(
                    "last_day",
                    f"Votre offre dure {self.offer.duration} : ce créneau est plus long.",
                )

    def unusual(self) -> list[str]:
        """« Le dimanche 27 décembre est un dimanche. » Each day that would be worked."""
        data = self.cleaned_data
        if not {"first_day", "last_day"} & set(self.changed_data):
            return []
        return unusual_days(data["first_day"], data["last_day"], self.department)

    def period(self) -> Period:
        data = self.cleaned_data
        return Period(
            pk=data.get("pk"),
            first_day=data["first_day"],
            last_day=data["last_day"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            places=data["places"],
            is_open=data.get("is_open", True),
        )


class BaseSlotFormSet(forms.BaseFormSet):
    def __init__(self, *args, offer: Offer, **kwargs):
        self.offer = offer
        known = [_as_typed(slot) for slot in shown_slots(offer)]
        super().__init__(*args, initial=known, form_kwargs={"offer": offer}, **kwargs)
        hours = (dt.time(9), dt.time(12)) if not offer.needs_agreement else (dt.time(8), dt.time(16))
        self.first_hours = {"starts_at": hours[0], "ends_at": hours[1], "places": 1}

    def _construct_form(self, i, **kwargs):
        if i >= self.initial_form_count():
            kwargs["initial"] = self.first_hours
        return super()._construct_form(i, **kwargs)

    def periods(self) -> list[Period]:
        """What was typed, without the empty lines and those to remove."""
        return [form.period() for form in self.written()]

    def removed(self) -> set[int]:
        return {form.cleaned_data["pk"] for form in self.forms if form.cleaned_data.get("remove")}

    def written(self) -> list[SlotForm]:
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("first_day") and not form.cleaned_data.get("remove")
        ]


SlotFormSet = forms.formset_factory(
    SlotForm, formset=BaseSlotFormSet, extra=EMPTY_SLOTS, max_num=60, absolute_max=120, validate_max=True
)


def shown_slots(offer: Offer) -> list[Slot]:
    """Those to come that the company wrote; the past and what was agreed with someone stay put."""
    return list(Slot.objects.filter(offer=offer, is_agreed=False).to_come())


def _as_typed(slot: Slot) -> dict[str, Any]:
    names = ["pk", "first_day", "last_day", "starts_at", "ends_at", "places", "is_open"]
    return {name: getattr(slot, name) for name in names}
