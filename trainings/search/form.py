"""What a visitor may ask of the catalogue. A wrong answer costs a sentence, never the page."""

import datetime as dt

from django import forms

from territories.asking import AskingForm, OneOf, SomeOf, Words

SORTS = {"distance": "Les plus proches", "date": "Les plus tôt"}
DIPLOMAS = {"0": "Sans diplôme", "3": "CAP, BEP", "4": "Bac", "5": "Bac + 2", "6": "Bac + 3 et plus"}
LEVELS_OUT = {"3": "CAP, BEP", "4": "Bac", "5": "Bac + 2", "6": "Bac + 3 et plus"}
HIGHEST = 6  # This choice holds all that is above.


class Month(forms.CharField):
    """`2027-02`, as the list of the page writes it, to the first day of that month."""

    def clean(self, value: object) -> dt.date | None:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        try:
            return dt.datetime.strptime(f"{typed}-01", "%Y-%m-%d").date()  # noqa: DTZ007 - a day.
        except ValueError as error:
            raise forms.ValidationError(
                "Le mois de début n’est pas un mois : nous l’avons ignoré."
            ) from error


class TrainingSearchForm(AskingForm):
    """Parameters of `/formations/` (see docs/addresses.md), read leniently."""

    sortie = SomeOf(LEVELS_OUT, what="Un niveau de sortie demandé")
    mois = Month(required=False, max_length=10)
    bloc = Words()
    un_bloc = forms.BooleanField(required=False)
    toutes = forms.BooleanField(required=False)
    tri = OneOf(SORTS, what="L’ordre demandé")
