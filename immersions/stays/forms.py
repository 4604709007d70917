"""What each side types from the start on. A form decides nothing: it feeds an action."""

from typing import Any

from django import forms

from immersions.applications.forms import EndForm
from immersions.applications.models import CANDIDATE_STOPS, COMPANY_STOPS
from immersions.stays.models import Came, Fits, GoesOn, IncidentKind, Level, Side, WhatNext, Whose
from immersions.stays.report_actions import Answers

TEXT = {"rows": 3}
CHOOSE = {"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse dans la liste."}


class StopForm(EndForm):
    def __init__(self, *args, side: str, **kwargs):
        self.reasons = CANDIDATE_STOPS if side == Side.CANDIDATE else COMPANY_STOPS
        other = "L’entreprise les lira" if side == Side.CANDIDATE else "La personne les lira"
        self.words_hint = f"{other}, et la structure d’accompagnement aussi. Rien sur la santé."
        super().__init__(*args, **kwargs)


class AbsenceForm(forms.Form):
    """One side's version."""

    words = forms.CharField(
        label="Que s’est-il passé ?",
        help_text="Les faits, simplement. La structure d’accompagnement lit les deux versions. Rien sur la santé.",
        max_length=1000,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Dites ce qui s’est passé, en quelques mots."},
    )
    whose = forms.ChoiceField(
        label="Du fait de qui, selon vous ?",
        choices=Whose,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        """One’s own side reads « vous »."""
        super().__init__(*args, **kwargs)
        whose: Any = self.fields["whose"]
        whose.choices = [(it.value, "De votre fait" if it.value == side else it.label) for it in Whose]


class IncidentForm(forms.Form):
    kind = forms.ChoiceField(
        label="Que se passe-t-il ?", choices=IncidentKind, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    words = forms.CharField(
        label="En quelques mots",
        help_text="Où, quand, ce qui s’est passé. L’heure de votre envoi est enregistrée.",
        max_length=2000,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Dites ce qui s’est passé, en quelques mots."},
    )


FITS = {
    Side.CANDIDATE: (
        "Ce métier est-il pour vous ?",
        "« Non » est une bonne réponse : vous le savez maintenant.",
    ),
    Side.COMPANY: ("Ce métier convient-il à {name} ?", "Ce métier, même ailleurs que chez vous."),
}
GOES_ON = {
    Side.CANDIDATE: {
        GoesOn.YES: "Oui, je veux continuer vers ce métier avec cette entreprise",
        GoesOn.LATER: "Peut-être, je dois encore réfléchir",
        GoesOn.NO: "Non, pas avec cette entreprise",
        GoesOn.HIRED: "Je suis déjà embauché·e, sans formation",
    },
    Side.COMPANY: {
        GoesOn.YES: "Oui, nous voulons continuer avec {name}",
        GoesOn.LATER: "Peut-être, plus tard",
        GoesOn.NO: "Non",
        GoesOn.HIRED: "Nous embauchons {name} directement, sans formation",
    },
}


class ReportForm(forms.Form):
    """Three questions; the rest is for who wants."""

    came = forms.ChoiceField(label="", choices=Came, widget=forms.RadioSelect, error_messages=CHOOSE)
    fits = forms.ChoiceField(label="", choices=Fits, widget=forms.RadioSelect, error_messages=CHOOSE)
    goes_on = forms.ChoiceField(label="On continue ?", widget=forms.RadioSelect, error_messages=CHOOSE)
    what_next = forms.ChoiceField(
        label="Si ce n’est pas pour vous : et ensuite ?",
        choices=[("", "Je passe cette question"), *WhatNext.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    half_days = forms.IntegerField(
        label="Demi-journées faites",
        help_text="Comptez-en deux par journée.",
        min_value=0,
        max_value=62,
        error_messages={
            "required": "Dites combien de demi-journées.",
            "invalid": "Écrivez un nombre.",
            "min_value": "Écrivez 0 ou plus.",
            "max_value": "Une immersion dure un mois au plus.",
        },
    )
    words = forms.CharField(
        label="En quelques mots", required=False, max_length=1000, widget=forms.Textarea(attrs=TEXT)
    )
    private_words = forms.CharField(
        label="Un mot pour la personne qui vous accompagne",
        help_text="L’entreprise ne le lit jamais.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=TEXT),
    )

    def __init__(self, *args, side: str, name: str, at_most: int, **kwargs):
        super().__init__(*args, **kwargs)
        is_candidate = side == Side.CANDIDATE
        label, hint = FITS[Side(side)]
        self.fields["came"].label = (
            "Êtes-vous venu·e ?" if is_candidate else f"Est-ce que {name} est venu·e ?"
        )
        self.fields["fits"].label, self.fields["fits"].help_text = label.format(name=name), hint
        self.fields["goes_on"].choices = [
            (choice.value, words.format(name=name)) for choice, words in GOES_ON[Side(side)].items()
        ]
        other = (
            "L’entreprise les lira."
            if is_candidate
            else f"{name} les lira : un mot sincère aide. Rien sur sa personne."
        )
        self.fields["words"].help_text = other
        self.fields["half_days"].initial = at_most
        self.fields["half_days"].required = False
        self.at_most = at_most
        if not is_candidate:
            del self.fields["what_next"], self.fields["private_words"]

    def clean_half_days(self) -> int | None:
        count = self.cleaned_data["half_days"]
        if count is not None and count > self.at_most:
            raise forms.ValidationError(f"Cette immersion compte {self.at_most} demi-journées au plus.")
        return count

    def answers(self) -> Answers:
        return Answers(**self.cleaned_data)


class GridForm(forms.Form):
    """One level per skill of the occupation. What is not answered was not seen."""

    def __init__(self, *args, skills: tuple[str, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.skills = skills
        for rank, skill in enumerate(skills):
            self.fields[f"s{rank}"] = forms.TypedChoiceField(
                label=skill,
                choices=Level.choices,
                coerce=int,
                initial=Level.NOT_SEEN,
                required=False,
                empty_value=Level.NOT_SEEN,
                widget=forms.RadioSelect,
                error_messages=CHOOSE,
            )

    def levels(self) -> dict[str, Any]:
        return {skill: self.cleaned_data[f"s{rank}"] for rank, skill in enumerate(self.skills)}
