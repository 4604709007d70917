"""Signing a project: from one's account, or from the mailed link without an account.

A GET shows, a POST acts: mail programs open links by themselves.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import COMPANY
from commitments.projects import showing, sign_actions
from commitments.projects.freezing import last_version
from commitments.projects.models import Commitment, EndReason
from commitments.projects.pages import FOLDER, on_side, page
from commitments.projects.pdf import pdf_of
from commitments.projects.texts import CommitmentSignatory, CommitmentSigningCode
from commitments.projects.workflow import CommitmentStatus
from core.rules import RuleBroken
from core.signing.codes import has_live_code
from core.signing.evidence import evidence_of
from core.signing.forms import CodeForm, SignForm
from core.signing.links import SIGNED, mail_code, sign_from_link
from core.signing.responses import pdf_response
from immersions.applications.candidate_pages import posted

NOTHING = "Il n’y a plus rien à signer ici."
OVERDUE = (
    "La date limite pour signer est passée : ce projet s’est clos, votre signature n’est pas enregistrée."
)


@page
@never_cache
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Both halves on one page, and a button."""
    it, context = on_side(request, pk)
    version = showing.text_waiting(it)
    if request.method != "POST" and not showing.waits_for(it, context["side"]):
        return redirect("commitments:commitment", pk)
    if version is None:
        # Twice, or too late: the project's page says what it is now.
        messages.info(request, OVERDUE if it.end_reason == EndReason.TOO_LATE else NOTHING)
        return redirect("commitments:commitment", pk)
    form = SignForm(
        posted(request), asks_entitled=context["side"] == COMPANY, initial={"seen": version.number}
    )
    if form.is_bound and form.is_valid():
        try:
            sign_actions.sign_commitment(
                it, by=request.user, evidence=evidence_of(request), **form.cleaned_data
            )
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, SIGNED)
            return redirect("commitments:commitment", pk)
    form.now_shows(version.number)
    context |= {"form": form, "version": version, "content": version.content}
    return render(request, f"{FOLDER}/sign.html", context)


def _signatory(token: str) -> CommitmentSignatory:
    return get_object_or_404(CommitmentSignatory.objects.filter(is_needed=True), token=token)


def _read(signatory: CommitmentSignatory) -> tuple[Commitment, Any]:
    it = get_object_or_404(Commitment.objects.for_page(), pk=signatory.commitment_id)
    version = last_version(it)
    if version is None:
        raise Http404
    return it, version


@login_not_required
@page
@never_cache
def sign_link(request: HttpRequest, token: str) -> HttpResponse:
    """The text, as long as it waits for this signature; « Recevoir mon code »; then the code."""
    signatory = _signatory(token)
    if over := _over(request, signatory):
        return over
    if request.method == "POST" and request.POST.get("do") == "code":
        mail_code(request, signatory, send=sign_actions.send_code)
        return redirect("commitments:sign_link", token)
    form = None
    if request.method == "POST":
        form = CodeForm(request.POST, asks_entitled=signatory.role == COMPANY)
        if form.is_valid() and sign_from_link(request, signatory, form, sign=sign_actions.sign_with_code):
            return redirect("commitments:sign_link", token)
        if over := _over(request, signatory):  # It ended while one was reading.
            return over
    return render(request, f"{FOLDER}/sign_link.html", _context(request, signatory, form))


def _over(request: HttpRequest, signatory: CommitmentSignatory) -> HttpResponse | None:
    """Nothing to sign any more: a page without a name nor a text. A link travels, and stays in a mailbox."""
    it = get_object_or_404(Commitment.objects.for_page(), pk=signatory.commitment_id)
    if showing.link_waits_for(it, signatory.role):
        return None
    has_signed = showing.has_just_signed(it, signatory.role)
    context = {"has_signed": has_signed, "is_proposed": it.status == CommitmentStatus.PROPOSED}
    return render(request, f"{FOLDER}/link_over.html", context, status=200 if has_signed else 410)


def _context(request: HttpRequest, signatory: CommitmentSignatory, form: CodeForm | None) -> dict[str, Any]:
    it, version = _read(signatory)
    if form is None:
        form = CodeForm(asks_entitled=signatory.role == COMPANY, initial={"seen": version.number})
    form.now_shows(version.number)
    user = request.user
    has_account = user.is_authenticated and Commitment.objects.readable_by(user).filter(pk=it.pk).exists()
    return {
        "signatory": signatory,
        "commitment": it,
        "company_name": it.company.name,
        "full_name": it.candidate.user.get_full_name(),
        "version": version,
        "content": version.content,
        "has_code": has_live_code(CommitmentSigningCode, signatory, version),
        "form": form,
        "has_account": has_account and showing.waits_for(it, signatory.role),
    }


@login_not_required
@never_cache
@require_safe
def sign_link_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """To read it apart before signing. Signed by both, it is mailed."""
    signatory = _signatory(token)
    if over := _over(request, signatory):
        return over
    _, version = _read(signatory)
    return pdf_response(pdf_of(version), name=f"projet-emploi-formation-{version.number}")
