"""A place in a form: typed text, and a choice when it means several communes. No script needed."""

from typing import Any

from django import forms

from territories.models import Commune
from territories.places import commune_of, find_places


class PlaceFormMixin(forms.Form):
    """Adds `q_lieu` (typed) and, when it is ambiguous, `lieu` (chosen). Read `self.commune` after
    `is_valid()`. `initial["commune"]`, a Commune, fills the field and is kept as long as the text is.

    The class that uses it declares `q_lieu` itself, with its own words.
    """

    commune: Commune | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune_before: Commune | None = self.initial.get("commune")
        if self.commune_before:
            self.initial.setdefault("q_lieu", str(self.commune_before))
        self.fields["q_lieu"].widget.attrs |= {
            "autocomplete": "off",
            "spellcheck": "false",
            "data-places": "",
        }
        if self.is_bound:
            self._read()

    def _read(self) -> None:
        typed = str(self.data.get(self.add_prefix("q_lieu"), "")).strip()
        if not typed:
            return
        if self.commune_before and typed == str(self.commune_before):
            self.commune = self.commune_before
            return
        self.answer = find_places(typed)
        if self.answer.place:
            self.commune = commune_of(self.answer.place.code)
        elif self.answer.is_ambiguous:
            self._offer_choices(self.answer.choices)

    def _offer_choices(self, communes: list[Commune]) -> None:
        """The same question again, with answers to choose from, just below what was typed."""
        choices = forms.ChoiceField(
            label="Quelle commune ?",
            choices=[(commune.code, self._line(commune)) for commune in communes],
            widget=forms.RadioSelect,
            error_messages={
                "required": self.answer.message,
                "invalid_choice": "Choisissez dans la liste.",
            },
        )
        fields = {}
        for name, field in self.fields.items():
            fields[name] = field
            if name == "q_lieu":
                fields["lieu"] = choices
        self.fields = fields

    @staticmethod
    def _line(commune: Commune) -> str:
        postcodes = ", ".join(each.postcode for each in commune.postcodes.all())
        return f"{commune.name}, {commune.department.name} ({postcodes or commune.department_id})"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.commune or not data.get("q_lieu"):
            return data
        if "lieu" not in self.fields:
            self.add_error("q_lieu", self.answer.message)
        elif data.get("lieu"):
            self.commune = commune_of(data["lieu"])
        return data
