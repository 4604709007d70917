"""What a visitor may ask of the search. A wrong answer costs a sentence, never the page."""

from typing import Any

from django import forms

from immersions.offers.models import Contract, FrenchLevel, Weight
from territories.asking import AskingForm, OneOf, SomeOf

DURATIONS = {  # In half-days, from and to.
    "demi-journee": (1, 1),
    "1-2": (2, 4),
    "3-5": (5, 10),
    "plus": (11, 62),
}
DURATION_WORDS = {
    "demi-journee": "½ journée",
    "1-2": "1 ou 2 jours",
    "3-5": "3 à 5 jours",
    "plus": "Plus de 5 jours",
}
LEVELS = {"0": "Sans diplôme", "3": "CAP, BEP", "4": "Bac", "5": "Bac + 2", "6": "Bac + 3 et plus"}
SORTS = {"distance": "Les plus proches", "date": "Les plus récentes"}


class Days(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, word: str) -> None:
        super().__init__(
            required=False,
            error_messages={"invalid": f"La date de {word} n’est pas une date : nous l’avons ignorée."},
        )


class SearchForm(AskingForm):
    """Parameters of `/offres/` (see docs/addresses.md), read leniently."""

    poids = SomeOf(dict(Weight.choices), what="Un type d’immersion demandé")
    duree = SomeOf(DURATION_WORDS, what="Une durée demandée")
    du = Days("début")
    au = Days("fin")
    contrat = SomeOf(dict(Contract.choices), what="Un contrat demandé")
    sans_voiture = forms.BooleanField(required=False)
    sans_permis = forms.BooleanField(required=False)
    debutants = forms.BooleanField(required=False)
    francais = OneOf(dict(FrenchLevel.choices), what="Le niveau de français demandé")
    tri = OneOf(SORTS, what="L’ordre demandé")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error(None, "La date de fin vient avant la date de début : nous avons ignoré les deux.")
            cleaned["du"] = cleaned["au"] = None
        return cleaned
