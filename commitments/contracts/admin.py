"""Contracts as agents see them: every declaration, whether it keeps the promise and why, both versions."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from commitments.contracts.disputing import settle_dispute
from commitments.contracts.forms import SettleForm
from commitments.contracts.models import Contract, ContractEvent, Mission
from commitments.contracts.showing import facts_words, versions_of
from commitments.contracts.versions import CandidateVersion
from commitments.contracts.workflow import (
    CONTESTED,
    CONTRACT_WORKFLOW,
    DECLARE_CONTRACT,
    PAST,
    ContractStatus,
)
from core.admin import EventInline, ReadOnly, TerritoryAdmin
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted


class ContractEventInline(EventInline):
    model = ContractEvent
    workflow = CONTRACT_WORKFLOW
    also = {DECLARE_CONTRACT: "Déclarer le contrat", "decided": "Retenir une version"}
    verbose_name_plural = "histoire du contrat"


class MissionInline(ReadOnly, admin.TabularInline):
    model = Mission
    fields = ["starts_on", "ends_on", "said_at", "said_by"]
    readonly_fields = ["said_at"]
    extra = 0


class VersionInline(ReadOnly, admin.TabularInline):
    model = CandidateVersion
    template = "admin/history_inline.html"
    fields = ["kind", "starts_on", "ends_on", "hours_weekly", "pay_gross_monthly", "said_at"]
    readonly_fields = ["said_at"]
    extra = 0


@admin.register(Contract)
class ContractAdmin(ReadOnly, TerritoryAdmin):
    list_display = [
        "__str__",
        "person",
        "company",
        "kind",
        "starts_on",
        "status",
        "promise_is",
        "is_outside_promise",
    ]
    list_filter = ["status", "is_kept", "is_outside_promise", "kind", "dispute_reason"]
    search_fields = [
        "commitment__candidate__user__email",
        "commitment__candidate__user__last_name",
        "commitment__company__name",
        "reference",
    ]
    date_hierarchy = "declared_at"
    list_select_related = ["commitment__candidate__user", "commitment__company"]
    inlines = [VersionInline, MissionInline, ContractEventInline]
    change_form_template = "commitments/contracts/admin.html"
    fields = [
        ("status", "status_since", "is_outside_promise"),
        ("person", "company", "commitment"),
        ("kind", "starts_on", "ends_on"),
        ("hours_weekly", "pay_gross_monthly", "reference"),
        ("carrier", "carrier_name", "carrier_siret"),
        ("promise_is", "reasons"),
        ("declared_at", "declared_by", "answered_at"),
        ("dispute_reason", "dispute_words"),
    ]
    readonly_fields = ["person", "company", "promise_is", "reasons"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("missions")

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.settle_page)
        return [path("<int:pk>/trancher/", view, name="commitments_contract_settle"), *super().get_urls()]

    def settle_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions: which one is true, and on what ground. Both sides are told."""
        contract = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.has_perm("commitments.change_contract"):
            raise PermissionDenied
        back = redirect("admin:commitments_contract_change", pk)
        if contract.status != ContractStatus.DISPUTED:
            messages.warning(request, "Ce contrat n’est plus contesté.")
            return back
        form = SettleForm(posted(request))
        if form.is_valid():
            try:
                settle_dispute(contract, by=request.user, **form.cleaned_data)
            except RuleBroken as refusal:
                form.add_error(refusal.code if refusal.code in form.fields else None, refusal)
            else:
                messages.success(request, "C’est tranché : les deux côtés le lisent.")
                return back
        context = self.admin_site.each_context(request) | {
            "title": "Trancher entre deux versions",
            "contract": contract,
            "company_name": contract.commitment.company.name,
            "first_name": contract.commitment.candidate.user.first_name,
            "versions": versions_of(contract),
            "facts": facts_words(contract),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "commitments/contracts/admin_settle.html", context)

    @admin.display(description="candidat", ordering="commitment__candidate__user__last_name")
    def person(self, it: Contract) -> str:
        return it.commitment.candidate.user.get_full_name()

    @admin.display(description="entreprise", ordering="commitment__company__name")
    def company(self, it: Contract) -> str:
        return it.commitment.company.name

    @admin.display(description="promesse")
    def promise_is(self, it: Contract) -> str:
        """What nobody has settled is neither kept nor not."""
        if it.status in CONTESTED:
            return "contestée"
        said = "tenue" if it.is_kept else "non tenue"
        return said if it.is_final else "–" if it.status in PAST else f"{said}, telle que déclarée"

    @admin.display(description="ce qui manque")
    def reasons(self, it: Contract) -> str:
        return it.shortfall or "–"
