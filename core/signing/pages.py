"""The page where a paper is laid down, the same for every signed text."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from core.rules import RuleBroken
from core.signing.evidence import evidence_of
from core.signing.forms import PaperForm

NOTHING_TO_RECORD = (
    "Aucune signature n’est à enregistrer maintenant : elle est déjà là, ou le texte n’en attend pas."
)


def record_on_paper(
    request: HttpRequest, *, roles: list[tuple[str, str]], number: int, record: Callable[..., Any]
) -> PaperForm | None:
    """The form to show: « who signed, and the copy ». None once it is done, or when nobody may do it.

    `roles`: whose signature may be recorded now; `number`: of the text to sign; `record`: the action.
    """
    if not roles:
        messages.warning(request, NOTHING_TO_RECORD)
        return None
    said = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*said, roles=roles, number=number)
    if not (form.is_bound and form.is_valid()):
        return form
    try:
        record(by=request.user, evidence=evidence_of(request), **form.cleaned_data)
    except RuleBroken as refusal:
        form.add_error(None, refusal)
        return form
    messages.success(request, "La signature sur papier est enregistrée, avec sa copie.")
    return None
