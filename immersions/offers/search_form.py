"""What a visitor may ask of the search. A wrong answer costs a sentence, never the page."""

from collections.abc import Iterator
from typing import Any

from django import forms

from immersions.offers.models import Contract, FrenchLevel, Weight
from territories.text import LONGEST

RADII = (5, 10, 20, 30, 50, 100)
RADIUS = 30  # Kilometres, when nothing else is asked.
WIDEST = 200
FAMILIES = "ABCDEFGHIJKLMN"

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
TOO_LONG = "Votre texte est trop long : écrivez quelques mots seulement."


class Days(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, word: str) -> None:
        super().__init__(
            required=False,
            error_messages={"invalid": f"La date de {word} n’est pas une date : nous l’avons ignorée."},
        )


class OneOf(forms.ChoiceField):
    def __init__(self, choices: dict[str, str], *, what: str) -> None:
        sentence = f"{what} n’existe pas dans nos choix : nous l’avons ignoré."
        super().__init__(
            choices=list(choices.items()), required=False, error_messages={"invalid_choice": sentence}
        )


class SomeOf(forms.MultipleChoiceField):
    def __init__(self, choices: dict[str, str], *, what: str) -> None:
        sentence = f"{what} n’existe pas dans nos choix : nous l’avons ignoré."
        super().__init__(
            choices=list(choices.items()),
            required=False,
            error_messages={"invalid_choice": sentence, "invalid_list": sentence},
        )


class SearchForm(forms.Form):
    """Parameters of `/offres/` (see docs/addresses.md), read leniently."""

    metier = forms.CharField(required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    q_metier = forms.CharField(required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    lieu = forms.CharField(required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    q_lieu = forms.CharField(required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    rayon = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=WIDEST,
        error_messages={
            "invalid": f"La distance s’écrit en kilomètres : nous avons cherché à {RADIUS} km.",
            "min_value": f"La distance est d’au moins 1 km : nous avons cherché à {RADIUS} km.",
            "max_value": (
                f"La distance est de {WIDEST} km au plus : nous avons cherché à {RADIUS} km. "
                "Sans lieu, la recherche porte sur toute la région."
            ),
        },
    )
    famille = SomeOf(dict.fromkeys(FAMILIES, ""), what="Une famille de métiers demandée")
    poids = SomeOf(dict(Weight.choices), what="Un type d’immersion demandé")
    duree = SomeOf(DURATION_WORDS, what="Une durée demandée")
    du = Days("début")
    au = Days("fin")
    niveau = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=8,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Le niveau va de 0 (sans diplôme) à 8 : nous l’avons ignoré.",
        ),
    )
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

    def sentences(self) -> Iterator[str]:
        """What was not understood, and what was done instead; each once."""
        said = (sentence for errors in self.errors.values() for sentence in errors)
        yield from dict.fromkeys(said)
