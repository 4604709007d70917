"""The prescriber's page for an agreement made on Immersion Facilitée."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.rules import RuleBroken
from immersions.agreements import prescriber
from immersions.agreements.models import Agreement
from immersions.agreements.workflow import LIVE
from immersions.applications.candidate_pages import posted
from immersions.facilitee import actions, client
from immersions.facilitee.models import ExternalAgreement

HEAVIEST = 5 * 1024 * 1024


class ExternalForm(forms.Form):
    number = forms.CharField(
        label="Numéro de la convention",
        help_text="Il est sur Immersion Facilitée, en haut de la convention.",
        max_length=60,
        error_messages={"required": "Écrivez le numéro de la convention."},
    )
    pdf = forms.FileField(label="Son PDF", required=False, help_text="5 Mo au plus.")
    is_confirmed = forms.BooleanField(
        label="Je confirme : elle est signée par tous et validée", required=False
    )

    def clean_pdf(self) -> bytes:
        file = self.cleaned_data.get("pdf")
        if not file:
            return b""
        if file.size > HEAVIEST:
            raise forms.ValidationError("Ce fichier dépasse 5 Mo.", code="size")
        return file.read()


@require_http_methods(["GET", "HEAD", "POST"])
def external_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened there, pre-filled; then its number, read by us or confirmed by hand."""
    mine = Agreement.objects.of_structures(request.user).for_page()
    agreement = get_object_or_404(mine.order_by("-pk"), application=pk)
    application = agreement.application
    known = ExternalAgreement.objects.filter(application=application).first()
    form = ExternalForm(
        posted(request), request.FILES or None, initial={"number": known.number if known else ""}
    )
    if form.is_valid():
        data = form.cleaned_data
        found = actions.ask_facilitee(data["number"])  # Before the transaction.
        try:
            kept = actions.record_external(application, **data, found=found, by=request.user)
        except RuleBroken as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, _said(kept))
            return redirect("immersions:external_agreement", pk)
    context = {
        "form": form, "application": application, "offer": application.offer, "agreement": agreement, "known": known,
        "form_url": client.form_url(application, prescriber.structure_of(agreement)), "is_on": client.is_on(),
        "is_open": application.status == "booked",
        "made_here": agreement.status in LIVE and not agreement.made_there,
    }  # fmt: skip
    return render(request, "immersions/external_agreement.html", context)


def _said(kept: ExternalAgreement) -> str:
    if kept.confirmed_at:
        return "C’est confirmé : l’immersion peut commencer, les deux côtés sont prévenus."
    return "Numéro enregistré. Dès qu’elle est validée là-bas, l’immersion est confirmée ici."
