"""A slot as a page showed it: its number and its dates. A colleague may move it before the click."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from immersions.applications.words import slot_words
from immersions.offers.models import Slot

BETWEEN = "@"


def seen(slot: Slot) -> str:
    """« 12@20261207-20261209-0800-1600 »."""
    days = f"{slot.first_day:%Y%m%d}-{slot.last_day:%Y%m%d}"
    return f"{slot.pk}{BETWEEN}{days}-{slot.starts_at:%H%M}-{slot.ends_at:%H%M}"


def number_of(value: Any) -> str:
    """The slot alone: a link says no more."""
    return str(value).partition(BETWEEN)[0]


def check_seen(slots: Iterable[Slot], values: Iterable[Any]) -> None:
    """What was shown is what holds; a value without dates claims nothing."""
    said = {number_of(value): str(value) for value in values if BETWEEN in str(value)}
    for slot in slots:
        if said.get(str(slot.pk), seen(slot)) != seen(slot):
            raise ValidationError(
                f"Les dates de ce créneau viennent de changer : {slot_words(slot)}. "
                "Si elles vous vont, envoyez de nouveau.",
                code="slot_moved",
            )


class _KnowsItsSlot:
    """The same slot stays chosen, whatever its dates have become."""

    def optgroups(self, name, value, attrs=None):
        self.chosen = {number_of(each) for each in value}
        return super().optgroups(name, value, attrs)

    def create_option(self, name, value, label, selected, *args, **options):
        is_chosen = number_of(value) in self.chosen
        return super().create_option(name, value, label, is_chosen, *args, **options)


class SlotBoxes(_KnowsItsSlot, forms.CheckboxSelectMultiple):
    pass


class SlotRadios(_KnowsItsSlot, forms.RadioSelect):
    pass


class SlotsField(forms.ModelMultipleChoiceField):
    widget = SlotBoxes

    def prepare_value(self, value):
        return seen(value) if isinstance(value, Slot) else super().prepare_value(value)

    def clean(self, value):
        chosen = super().clean([number_of(each) for each in value or []])
        check_seen(chosen, value or [])
        return chosen


class SlotField(forms.ModelChoiceField):
    widget = SlotRadios

    def to_python(self, value):
        slot = super().to_python(number_of(value) if value else value)
        check_seen([slot] if slot else [], [value])
        return slot
