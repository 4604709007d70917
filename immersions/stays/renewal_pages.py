"""« Prolonger » : the candidate asks for weeks, the company proposes dates."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from immersions.applications.forms import AgreeDatesForm, weeks_of
from immersions.applications.models import Application
from immersions.applications.words import week_words
from immersions.stays import renewals
from immersions.stays.models import Side
from immersions.stays.pages import FOLDER, about, home_of, mine, page


class WhyRenew(forms.Form):
    """What both sides say: the objectives were not reached, and what is left."""

    why = forms.CharField(
        label="Que reste-t-il à atteindre ?",
        help_text="La convention le dira. L’objet et les objectifs restent les mêmes.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites ce qui reste à atteindre, en quelques mots."},
    )
    is_not_reached = forms.BooleanField(
        label="Les objectifs de la convention n’ont pas été atteints",
        error_messages={"required": renewals.REACHED},
    )

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"why": data["why"], "is_reached": not data["is_not_reached"]}


class AskRenewalForm(WhyRenew):
    weeks = forms.TypedMultipleChoiceField(
        label="Quelles semaines vous conviennent ?",
        help_text="Si vous n’en cochez aucune, toutes conviennent. L’entreprise propose les jours.",
        required=False,
        coerce=dt.date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Cette semaine n’est plus possible. Choisissez-en une autre."},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weeks = weeks_of(application.offer)
        self.fields["weeks"].choices = [(day.isoformat(), week_words(day).capitalize()) for day in weeks]

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "weeks": self.cleaned_data["weeks"]}


class ProposeRenewalForm(AgreeDatesForm, WhyRenew):
    field_order = ("why", "is_not_reached", "first_day", "last_day", "starts_at", "ends_at", "unusual_ok")

    def arguments(self) -> dict[str, Any]:
        return {**AgreeDatesForm.arguments(self), **WhyRenew.arguments(self)}


FORMS = {Side.CANDIDATE: AskRenewalForm, Side.COMPANY: ProposeRenewalForm}
ACTS = {Side.CANDIDATE: renewals.ask_renewal, Side.COMPANY: renewals.propose_renewal}
DONE = {
    Side.CANDIDATE: "Votre demande est partie : l’entreprise vous répond, comme la première fois.",
    Side.COMPANY: "C’est proposé, et la place est réservée. Tout le monde signe à nouveau la convention.",
}


@page
def renew(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    application = mine(request, pk, side)
    refusal = renewals.why_not(application)
    if refusal and request.method != "POST":
        messages.warning(request, refusal)
        return redirect(home_of(application, side))
    form = FORMS[side](posted(request), application=application)
    if form.is_valid():
        try:
            renewal = ACTS[side](application, by=request.user, **form.arguments())
        except RuleBroken as said:
            form.add_error(said.code if said.code in form.fields else None, said.message)
        else:
            messages.success(request, DONE[side])
            return redirect(home_of(renewal, side))
    context = about(application, side) | {"form": form, "slots": application.slots}
    return render(request, f"{FOLDER}/renew.html", context)
