"""From the training's end to the contract: the pages of both sides; the advisor reads."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import CANDIDATE, COMPANY
from accounts.second_factor import is_missing
from commitments.contracts import actions, conditions, declaring, disputing, showing
from commitments.contracts.forms import ConditionForm, ContractForm, DeclineForm, DisputeForm, MissionForm
from commitments.contracts.models import ConditionCheck, Contract
from commitments.contracts.workflow import PAST, ContractStatus
from commitments.projects.exits import ENDED
from commitments.projects.models import Commitment, EndReason
from commitments.projects.pages import on_side, page, theirs
from commitments.projects.showing import page_of
from commitments.projects.workflow import CommitmentStatus
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted

FOLDER = "commitments/contracts"
TOO_LATE = "Le délai pour répondre est passé. Voici ce que vous pouvez encore faire."
FIELD_OF = {
    "siret_digits": "carrier_siret",
    "siret_length": "carrier_siret",
    "siret_siren": "carrier_siret",
    "siret_nic": "carrier_siret",
    "contract_carrier_is_named": "carrier_name",
}


def saved(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Done; or the rule's own sentence, on its field."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act()
    except RuleBroken as refusal:
        field = FIELD_OF.get(refusal.code or "", refusal.code)
        form.add_error(field if field in form.fields else None, refusal)
        return False
    return True


# --- Conditions ----------------------------------------------------------------------------------
@page
def conditions_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the result says already, and the document that is still missing. An agent may say it too."""
    may = request.user.is_staff and not is_missing(request.user)  # As in the administration.
    it, context = _for_agent(request, pk) if may else on_side(request, pk)
    asked = list(ConditionCheck.objects.filter(commitment=it, is_met=None))
    form = ConditionForm(posted(request))
    wanted = request.POST.get("condition", "")
    if request.method == "POST" and request.POST.get("is_met") == "no":
        return _not_met(request, it, wanted)
    if saved(form, lambda: _confirm(request, it, wanted, form.cleaned_data)):
        messages.success(request, "C’est noté.")
        return _back(request, pk)
    if not asked and request.method != "POST":
        return _back(request, pk)
    context |= {
        "is_agent": context.get("is_agent", False),
        "form": form,
        "asked": showing.asked_lines(it, asked),
        "standing": showing.standing_lines(it, conditions.standing_of(it)),
        "wanted": wanted or (asked[0].condition if asked else ""),
    }
    return render(request, f"{FOLDER}/conditions.html", context)


def _for_agent(request: HttpRequest, pk: int) -> tuple[Commitment, dict[str, Any]]:
    mine = Commitment.objects.in_territory_of(request.user).for_page()
    it = get_object_or_404(mine, pk=pk)
    return it, page_of(it, request.user) | {"is_agent": True}


def _confirm(request: HttpRequest, it: Commitment, condition: str, data: dict[str, Any]) -> None:
    actions.confirm_condition(it, condition, by=request.user, is_met=True, **data)


def _not_met(request: HttpRequest, it: Commitment, condition: str) -> HttpResponse:
    """« Non, je ne l’aurai pas »: the person's own word."""
    try:
        actions.confirm_condition(it, condition, by=request.user, is_met=False)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "C’est noté. Ce n’est la faute de personne : voyez la suite.")
    return _back(request, it.pk)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    is_agent = request.user.is_staff
    return redirect("admin:commitments_commitment_change" if is_agent else "commitments:commitment", pk)


# --- The candidate's answer ----------------------------------------------------------------------
@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """« Voulez-vous ce contrat ? » What was promised, yes, no, and until when."""
    it, context = on_side(request, pk, CANDIDATE)
    if it.status != CommitmentStatus.TO_CONFIRM:
        return redirect("commitments:commitment", pk)
    return render(request, f"{FOLDER}/answer.html", context | showing.answer_of(it))


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    it, _ = on_side(request, pk, CANDIDATE)
    try:
        actions.accept(it, by=request.user)
    except RuleBroken as refusal:
        is_late = it.status == CommitmentStatus.DECLINED and it.end_reason == EndReason.NO_ANSWER
        messages.error(request, TOO_LATE if is_late else refusal.message)
    else:
        messages.success(request, "C’est oui. L’entreprise donne maintenant les dates du contrat.")
    return redirect("commitments:commitment", pk)


@page
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    it, context = on_side(request, pk, CANDIDATE)
    if it.status != CommitmentStatus.TO_CONFIRM and request.method != "POST":
        return redirect("commitments:commitment", pk)
    form = DeclineForm(posted(request))
    if saved(form, lambda: actions.decline(it, by=request.user, **form.cleaned_data)):
        messages.success(request, "C’est noté. L’entreprise est prévenue, avec votre raison.")
        return redirect("commitments:end", pk)
    return render(request, f"{FOLDER}/decline.html", context | showing.answer_of(it) | {"form": form})


# --- The contract --------------------------------------------------------------------------------
@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Every declaration, both versions, and what each may do."""
    it = theirs(request, pk)
    return render(
        request, f"{FOLDER}/contract.html", page_of(it, request.user) | showing.contracts_of(it, request.user)
    )


@page
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """The company gives the contract; below the promise, it is recorded, never refused."""
    it, context = on_side(request, pk, COMPANY)
    if request.method != "POST" and not showing.contracts_of(it, request.user)["may_declare"]:
        return redirect("commitments:commitment", pk)
    form = ContractForm(posted(request), initial=showing.usual_contract(it), latest=it.starts_by)
    if saved(form, lambda: declaring.declare(it, form.facts(), by=request.user)):
        _say_declared(request, _last(it))
        return redirect("commitments:contract", pk)
    context |= {"form": form, "promised": showing.promised_words(it)}
    context["is_outside"] = it.status == CommitmentStatus.CONDITIONS_UNMET
    return render(request, f"{FOLDER}/declare.html", context)


def _say_declared(request: HttpRequest, last: Contract) -> None:
    """Below the promise, the company reads it at once, before the person does."""
    who = last.commitment.candidate.user.first_name
    if last.is_outside_promise or last.is_kept:
        messages.success(request, f"C’est enregistré. {who} confirme, vous n’avez rien d’autre à faire.")
        return
    less = " ; ".join(reason.lower() for reason in last.reasons)
    messages.warning(
        request,
        f"C’est enregistré au-dessous de la promesse : {less}. {who} le lit, et confirme ou conteste. "
        "Si vous vous êtes trompé, corrigez maintenant.",
    )


def _last(it: Commitment) -> Contract:
    found = Contract.objects.of_commitment(it).exclude(status__in=PAST).first()
    if found is None:
        raise Http404
    return found


def _read_by_them(request: HttpRequest, it: Commitment) -> Contract:
    """The contract that the page showed; whether it is still the one, the action says."""
    pk = request.POST.get("contract", "")
    return get_object_or_404(Contract.objects.of_commitment(it), pk=pk if pk.isdecimal() else None)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    it, _ = on_side(request, pk, CANDIDATE)
    try:
        contract = _read_by_them(request, it)
        declaring.confirm_contract(contract, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        thanks = "Merci, et bravo." if contract.is_kept else "Merci, c’est enregistré tel quel."
        messages.success(request, thanks)
        return redirect("commitments:end", pk)
    return redirect("commitments:contract", pk)


@page
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    it, context = on_side(request, pk, CANDIDATE)
    last = _last(it)
    if request.method != "POST" and last.status != ContractStatus.DECLARED:
        return redirect("commitments:contract", pk)
    form = DisputeForm(posted(request), contract=last)
    if saved(form, lambda: _dispute(it, form, request)):
        messages.success(request, "C’est noté. Les deux versions sont gardées, un agent vous appelle.")
        return redirect("commitments:contract", pk)
    context |= {"form": form, "facts": showing.facts_words(last), "contract": last}
    return render(request, f"{FOLDER}/dispute.html", context)


def _dispute(it: Commitment, form: DisputeForm, request: HttpRequest) -> None:
    reason, words = form.cleaned_data["reason"], form.cleaned_data["words"]
    contract = _read_by_them(request, it)
    disputing.dispute_contract(contract, by=request.user, reason=reason, words=words, said=form.version())


@page
def mission(request: HttpRequest, pk: int) -> HttpResponse:
    """Another temp mission."""
    it, context = on_side(request, pk, COMPANY)
    last, form = _last(it), MissionForm(posted(request))
    if saved(form, lambda: declaring.add_mission(last, by=request.user, **form.cleaned_data)):
        messages.success(request, "La mission est ajoutée.")
        return redirect("commitments:contract", pk)
    return render(
        request, f"{FOLDER}/mission.html", context | {"form": form, "missions": last.missions.all()}
    )


# --- The end -------------------------------------------------------------------------------------
@require_safe
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """How it ended: what it means, and the next step of whoever reads."""
    it = theirs(request, pk)
    if it.status not in ENDED:
        return redirect("commitments:commitment", pk)
    context = page_of(it, request.user)
    return render(request, f"{FOLDER}/end.html", context | showing.end_of(it, context["side"]))
