"""Signing from the mailed link, without an account. A GET shows, a POST acts: mail programs open
links by themselves.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import COMPANY
from core.signing.codes import has_live_code
from core.signing.forms import CodeForm
from core.signing.links import mail_code, sign_from_link
from immersions.agreements import showing, sign_actions
from immersions.agreements.models import Agreement, Signatory, SigningCode
from immersions.agreements.pdf import agreement_as_file
from immersions.agreements.wording import ACCIDENT
from immersions.agreements.workflow import WAITS_FOR_SIGNATURES


def _signatory(token: str) -> Signatory:
    return get_object_or_404(Signatory.objects.filter(is_needed=True), token=token)


def _agreement(signatory: Signatory) -> Agreement:
    return get_object_or_404(Agreement.objects.for_page(), pk=signatory.agreement_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_link(request: HttpRequest, token: str) -> HttpResponse:
    """The text; then « Recevoir mon code »; then the code."""
    signatory = _signatory(token)
    form = None
    if request.method == "POST" and request.POST.get("do") == "code":
        mail_code(request, signatory, send=sign_actions.send_code)
        return redirect("immersions:sign_link", token)
    if request.method == "POST":
        form = CodeForm(request.POST, asks_entitled=signatory.role == COMPANY)
        if form.is_valid() and sign_from_link(request, signatory, form, sign=sign_actions.sign_with_code):
            return redirect("immersions:sign_link", token)
    return render(request, "immersions/agreements/sign_link.html", _context(request, signatory, form))


def _context(request: HttpRequest, signatory: Signatory, form: CodeForm | None) -> dict[str, Any]:
    agreement = _agreement(signatory)
    version = showing.last_version(agreement)
    if version is None:
        raise Http404
    signature = showing.signature_of(agreement.version, signatory.role)
    is_open = agreement.status in WAITS_FOR_SIGNATURES and agreement.application.status == "booked"
    is_open = is_open and not agreement.made_there
    if form is None:
        form = CodeForm(asks_entitled=signatory.role == COMPANY, initial={"seen": version.number})
    form.now_shows(version.number)
    user = request.user
    has_account = (
        user.is_authenticated and Agreement.objects.readable_by(user).filter(pk=agreement.pk).exists()
    )
    return {
        "signatory": signatory,
        "agreement": agreement,
        "offer": agreement.application.offer,
        "full_name": agreement.application.candidate.user.get_full_name(),
        "version": version,
        "content": version.content,
        "signature": signature,
        "may_sign": is_open and signature is None,
        "has_code": has_live_code(SigningCode, signatory, version),
        "form": form,
        "has_account": has_account,
        "accident": ACCIDENT,
    }


@login_not_required
@never_cache
@require_safe
def sign_link_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """A party without an account keeps the act too."""
    agreement = _agreement(_signatory(token))
    version = showing.last_version(agreement)
    if version is None:
        raise Http404
    return agreement_as_file(agreement, version)
