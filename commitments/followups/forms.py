"""« Où en êtes-vous ? » A form decides nothing: it feeds an action."""

from typing import Any

from django import forms

from commitments.followups.actions import COMPANY_MAY_SAY, Answer
from commitments.followups.models import Again, Satisfaction, Speaker
from commitments.projects.exits import Situation
from commitments.projects.forms import CHOOSE

OTHERS_WORDS = {
    Situation.THERE: "Dans l’entreprise qui a fait la promesse",
    Situation.BUSINESS: "À son compte",
}


class FollowUpForm(forms.Form):
    situation = forms.ChoiceField(
        label="Votre situation aujourd’hui",
        choices=Situation,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    satisfaction = forms.TypedChoiceField(
        label="Êtes-vous content·e de ce parcours ?",
        choices=Satisfaction,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    same_trade = forms.ChoiceField(
        label="Avec le recul, referiez-vous ce choix de métier ?",
        choices=Again,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    same_training = forms.ChoiceField(
        label="Referiez-vous ce choix de formation ?",
        choices=Again,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, role: str, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role == Speaker.CANDIDATE:
            return
        known = COMPANY_MAY_SAY if role == Speaker.COMPANY else tuple(Situation)
        self.fields["situation"].label = f"Où en est {name} aujourd’hui ?"
        self.fields["situation"].choices = [(it.value, OTHERS_WORDS.get(it, it.label)) for it in known]
        for opinion in ("satisfaction", "same_trade", "same_training"):
            del self.fields[opinion]

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)
