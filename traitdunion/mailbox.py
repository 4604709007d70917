"""`/demo/courriels/`: what each person of the demo received. In the demo only."""

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core.models import ReceivedMail

PER_PAGE = 30
MAIL_POLICY = {  # A mail brings its own styles, as in a mail program, and nothing else.
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'none'"],
}


def demo_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anybody may read this page, so it exists in the demo only."""

    @login_not_required
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _mails(request: HttpRequest):
    address = request.GET.get("a", "").strip().lower()
    mails = ReceivedMail.objects.all()
    return address, mails.filter(to__iexact=address) if address else mails


@demo_only
def inbox(request: HttpRequest) -> HttpResponse:
    """The inbox, newest first; `?a=` keeps one address."""
    address, mails = _mails(request)
    page = Paginator(mails.defer("html", "headers"), PER_PAGE).get_page(request.GET.get("page"))
    known = ReceivedMail.objects.order_by("to").values_list("to", flat=True).distinct()[:60]
    context = {"address": address, "page_obj": page, "known": known}
    return render(request, "demo/inbox.html", context)


@demo_only
def inbox_json(request: HttpRequest) -> JsonResponse:
    """The same, for programs."""
    _, mails = _mails(request)
    return JsonResponse({"results": [_as_json(mail) for mail in mails[:100]]})


@demo_only
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail, as a mail program shows it."""
    return render(request, "demo/mail.html", {"mail": get_object_or_404(ReceivedMail, pk=pk)})


@demo_only
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]  # Its types know no address with a number.
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Its HTML part alone, for the sandboxed frame of the page above."""
    return HttpResponse(get_object_or_404(ReceivedMail, pk=pk).html)


@demo_only
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An attachment, to be opened by the visitor's own programs."""
    parts = get_object_or_404(ReceivedMail, pk=pk).attachments
    if number >= len(parts):
        raise Http404
    part = parts[number]
    response = HttpResponse(base64.b64decode(part["base64"]), content_type=part["type"])
    name = "".join(char for char in part["name"] if char.isalnum() or char in "-_.")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_json(mail: ReceivedMail) -> dict[str, Any]:
    return {
        "id": mail.pk,
        "to": mail.to,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "attachments": mail.attachments,
        "headers": mail.headers,
        "at": timezone.localtime(mail.at).isoformat(),
    }
