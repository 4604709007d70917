"""What one types about other dates."""

from typing import Any

from django import forms

from core.rules import RuleBroken
from immersions.applications.forms import AgreeDatesForm
from immersions.applications.models import Application
from immersions.applications.places import AgreedDates, check_dates
from immersions.applications.words import slot_words
from immersions.dates import periods
from immersions.dates.models import DateProposal
from immersions.dates.periods import Period
from immersions.offers import notice
from immersions.offers.date_forms import DayInput, HourInput
from immersions.offers.models import Slot

NO, YES = "non", "oui"


def words_field() -> forms.CharField:
    return forms.CharField(
        label="Un mot d’explication",
        help_text="Il part avec votre proposition.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposeSlotForm(forms.Form):
    """Another slot of the offer."""

    slot = forms.ModelChoiceField(
        queryset=Slot.objects.none(),
        label="Quel autre créneau ?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un créneau.",
            "invalid_choice": "Ce créneau n’est plus libre. Choisissez-en un autre.",
        },
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        held = [slot.pk for slot in application.slots]
        field = self.fields["slot"]
        field.queryset = notice.open_slots(application.offer).exclude(pk__in=held)
        ordered = field.queryset.order_by("first_day", "starts_at", "pk")
        field.choices = [(slot.pk, slot_words(slot)) for slot in ordered]
        self.fields["words"] = words_field()

    def choices(self) -> list[list[Period]]:
        return [periods.of_slots([self.cleaned_data["slot"]])]


class ProposeDatesForm(AgreeDatesForm):
    """Other days and hours, for an offer whose dates are to agree."""

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        self.fields["words"] = words_field()

    def choices(self) -> list[list[Period]]:
        return [periods.of_dates([self.arguments()["dates"]])]


class AnswerForm(forms.Form):
    """Yes to one of the dates, or no."""

    choice = forms.TypedChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        coerce=str,
        error_messages={
            "required": "Choisissez votre réponse.",
            "invalid_choice": "Choisissez une réponse dans la liste.",
        },
    )
    words = forms.CharField(
        label="Un mot, si vous refusez",
        help_text="Il part avec votre réponse.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, proposal: DateProposal, no: str, **kwargs):
        super().__init__(*args, **kwargs)
        dates = [
            (str(rank), f"D’accord : {periods.words_of(choice)}")
            for rank, choice in enumerate(proposal.choices)
        ]
        self.fields["choice"].choices = [*dates, (NO, no)]

    @property
    def is_no(self) -> bool:
        return self.cleaned_data["choice"] == NO

    @property
    def rank(self) -> int:
        return int(self.cleaned_data["choice"])


class MoveSlotForm(forms.Form):
    """The new days and hours of a slot."""

    first_day = forms.DateField(label="Premier jour", widget=DayInput)
    last_day = forms.DateField(label="Dernier jour", widget=DayInput)
    starts_at = forms.TimeField(label="De", widget=HourInput)
    ends_at = forms.TimeField(label="À", widget=HourInput)

    def __init__(self, *args, slot: Slot, **kwargs):
        first = {name: getattr(slot, name) for name in AgreedDates.__slots__}
        super().__init__(*args, initial=first, **kwargs)
        self.slot = slot
        for name in ("first_day", "last_day"):
            self.fields[name].error_messages = {
                "required": "Choisissez le jour.",
                "invalid": "Cette date n’existe pas.",
            }
        for name in ("starts_at", "ends_at"):
            self.fields[name].error_messages = {
                "required": "Dites l’heure.", "invalid": "Une heure s’écrit comme 08:00.",
            }  # fmt: skip
        self.fields["words"] = words_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            try:
                check_dates(self.slot.offer, self.dates())
            except RuleBroken as refusal:
                self.add_error(refusal.code if refusal.code in self.fields else None, refusal.message)
        return data

    def dates(self) -> AgreedDates:
        data = self.cleaned_data
        return AgreedDates(data["first_day"], data["last_day"], data["starts_at"], data["ends_at"])


class CloseSlotForm(forms.Form):
    words = words_field()
