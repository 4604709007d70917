"""« Demander à un agent de trancher », for each side."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from immersions.applications.candidate_pages import posted
from immersions.settlements import actions
from immersions.stays.pages import decide, home_of, mine, page


class AskForm(forms.Form):
    words = forms.CharField(
        label="Pourquoi demandez-vous qu’un agent tranche ?",
        help_text="L’agent de la Région lit ces mots et les deux versions. Rien sur la santé.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )


@page
def ask(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    application = mine(request, pk, side)
    refusal = actions.why_not(application, side)
    if refusal and request.method != "POST":
        messages.warning(request, refusal)
        return redirect(home_of(application, side))

    def act(data: dict[str, Any]) -> None:
        actions.ask_settlement(application, by=request.user, **data)

    done = "C’est demandé : un agent lit les deux versions, et vous écrit."
    return decide(request, application, side, AskForm(posted(request)), act, "settle", done)
