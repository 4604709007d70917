"""Training needs as agents see them: what companies wait for, who answers, what was found."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join

from accounts import roles
from core.admin import EventInline, ReadOnly, TerritoryAdmin
from core.rules import RuleBroken
from immersions.needs.actions import answer_need
from immersions.needs.forms import AnswerForm
from immersions.needs.models import NeedOffer, TrainingNeed, TrainingNeedEvent
from immersions.needs.workflow import NEED_WORKFLOW, NeedAnswer, NeedStatus

SAID = {move.name: move.label for move in NEED_WORKFLOW.transitions} | {"open": "Ouvrir le besoin"}


class TrainingNeedEventInline(EventInline):
    model = TrainingNeedEvent
    verbose_name_plural = "histoire du besoin"
    fields = ["at", "what", "became", "as_whom", "by", "note"]
    readonly_fields = ["what", "became", "as_whom"]

    @admin.display(description="action")
    def what(self, event: TrainingNeedEvent) -> str:
        label, answer = SAID.get(event.transition, event.transition), event.data.get("answer")
        return f"{label} : {NeedAnswer(answer).label}" if answer in NeedAnswer.values else label

    @admin.display(description="le besoin est alors")
    def became(self, event: TrainingNeedEvent) -> str:
        return str(NeedStatus(event.to_status).label)

    @admin.display(description="en tant que")
    def as_whom(self, event: TrainingNeedEvent) -> str:
        return roles.LABELS.get(event.role, event.role)


class NeedOfferInline(ReadOnly, admin.TabularInline):
    model = NeedOffer
    template = "admin/history_inline.html"
    fields = ["offer", "joined_at", "left_at"]
    extra = 0


@admin.register(TrainingNeed)
class TrainingNeedAdmin(ReadOnly, TerritoryAdmin):
    """The figures beside the filters count needs by answer and by basin."""

    list_display = ["occupation", "place", "waiting_posts", "status", "opened_at", "due", "answer"]
    list_filter = [
        "status",
        "answer",
        ("basin", admin.RelatedOnlyFieldListFilter),
        ("department", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["occupation", "basin", "department__region"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["occupation__title", "words"]
    inlines = [NeedOfferInline, TrainingNeedEventInline]
    change_form_template = "immersions/need_admin.html"
    fields = [
        "status", "occupation", "place", "waiting_posts", "companies", "opened_at", "due",
        "answer", "words", "training", "answered_at", "answered_by_name",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).with_posts()

    def get_ordering(self, request):
        """What waits for an answer first, the oldest on top."""
        return [Case(When(status=NeedStatus.OPEN, then=0), default=1), "opened_at", "pk"]

    @admin.display(description="où")
    def place(self, need: TrainingNeed) -> str:
        return need.place

    @admin.display(description="postes qui attendent")
    def waiting_posts(self, need: Any) -> int:
        return need.posts

    @admin.display(description="réponse pour le")
    def due(self, need: TrainingNeed) -> str:
        day = date_format(need.due_on)
        return f"{day}, en retard" if need.is_late else day

    @admin.display(description="répondu par")
    def answered_by_name(self, need: TrainingNeed) -> str:
        by = need.answered_by
        return by.name_or_address if by else "–"

    @admin.display(description="entreprises")
    def companies(self, need: TrainingNeed) -> str:
        rows = need.shares.filter(left_at=None).select_related("offer__company", "offer__commune")
        lines = (
            (
                reverse("admin:immersions_offer_change", args=[it.offer_id]),
                it.offer.title,
                it.offer.company.name,
                it.offer.commune.name,
            )
            for it in rows
        )
        return format_html_join("", '<div><a href="{}">{}</a>, {}, {}</div>', lines) or "aucune n’attend plus"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.answer_page)
        return [path("<int:pk>/repondre/", view, name="immersions_trainingneed_answer"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "title": "Besoin de formation"}
        )

    def answer_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The answer and its words; each company that waits is told."""
        if not request.user.has_perm("immersions.change_trainingneed"):
            raise Http404
        need = get_object_or_404(self.get_queryset(request), pk=pk)
        back = redirect("admin:immersions_trainingneed_change", pk)
        form = AnswerForm(request.POST if request.method == "POST" else None, need=need)
        if not (need.is_open or need.is_answered):
            messages.warning(request, "Plus aucune offre n’attend : ce besoin est clos.")
            return back
        if form.is_valid():
            try:
                answer_need(need, by=request.user, **form.cleaned_data)
            except RuleBroken as refusal:
                messages.warning(request, refusal.message)
            else:
                messages.success(request, "Réponse envoyée à chaque entreprise qui attend.")
            return back
        context = self.admin_site.each_context(request) | {
            "title": "Répondre au besoin de formation",
            "need": need,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "immersions/need_admin_answer.html", context)
