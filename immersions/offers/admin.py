"""Offers as agents see them: what waits to be read first, and the site's own decisions."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from accounts import roles
from accounts.roles import AGENT
from core import french
from core.admin import EventInline, ReadOnly, TerritoryAdmin, act_on_each
from immersions.needs.models import TrainingNeed
from immersions.offers import actions
from immersions.offers.models import Offer, OfferEvent, Slot
from immersions.offers.publication import what_is_missing
from immersions.offers.wording import flags
from immersions.offers.workflow import (
    ACCEPT,
    CLOSE,
    OFFER_WORKFLOW,
    PAUSE,
    PUBLISH_AGAIN,
    SEND_BACK,
    OfferStatus,
)

HOURS_TO_ANSWER = 48
HOUR = 3600

# What an agent may decide: the button, what it says once done, and the site's own action.
ACCEPTED = "offre(s) acceptée(s) : publiée(s) ou en attente de formation"
DECISIONS: dict[str, tuple[str, Callable[..., None], str]] = {
    "accept": ("Accepter", actions.accept_offer, ACCEPTED),
    "resume": ("Republier", partial(actions.resume_offer, role=AGENT), "offre(s) republiée(s)"),
    "allow_long_stay": (
        "Permettre plus de 5 jours", actions.allow_long_stay, "offre(s) : plus de 5 jours possibles",
    ),
}  # fmt: skip
# These say why, and the company reads it.
WITH_REASON: dict[str, tuple[str, Callable[..., None], str]] = {
    "send_back": ("Renvoyer à l’entreprise", actions.send_back_offer, "offre(s) renvoyée(s)"),
    "pause": (
        "Mettre en pause", partial(actions.pause_offer, role=AGENT), "offre(s) en pause",
    ),
    "close": ("Fermer", partial(actions.close_offer, role=AGENT), "offre(s) fermée(s)"),
}  # fmt: skip
TABLE = {"accept": ACCEPT, "resume": PUBLISH_AGAIN, "send_back": SEND_BACK, "pause": PAUSE, "close": CLOSE}

# The history, in words.
SAID = {transition.name: transition.label for transition in OFFER_WORKFLOW.transitions} | {
    "start": "Commencer le brouillon",
    "edit": "Modifier l’offre",
    "allow_long_stay": "Permettre plus de 5 jours",
    "answer_need": "Répondre au besoin de formation",
}


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Pourquoi",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="L’entreprise lit cette phrase dans le message qu’elle reçoit.",
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )


class OfferEventInline(EventInline):
    model = OfferEvent
    verbose_name_plural = "histoire de l’offre"
    fields = ["at", "what", "became", "as_whom", "by", "note"]
    readonly_fields = ["what", "became", "as_whom"]

    @admin.display(description="action")
    def what(self, event: OfferEvent) -> str:
        return SAID.get(event.transition, event.transition)

    @admin.display(description="l’offre est alors")
    def became(self, event: OfferEvent) -> str:
        return str(OfferStatus(event.to_status).label)

    @admin.display(description="en tant que")
    def as_whom(self, event: OfferEvent) -> str:
        return roles.LABELS.get(event.role, event.role)


class SlotInline(ReadOnly, admin.TabularInline):
    model = Slot
    template = "admin/history_inline.html"
    fields = ["first_day", "last_day", "starts_at", "ends_at", "places", "places_taken", "is_open"]
    extra = 0


@admin.register(Offer)
class OfferAdmin(TerritoryAdmin):
    list_display = ["shown_title", "company", "commune", "status", "age", "looked_at"]
    list_filter = ["status", "weight", "commune__department"]
    search_fields = ["title", "company__name", "company__organisation__siret"]
    list_select_related = ["company", "commune", "detail"]
    list_per_page = 50
    inlines = [SlotInline, OfferEventInline]
    actions = ["accept", "send_back", "pause", "close", "allow_long_stay"]
    change_form_template = "immersions/offer_admin.html"
    readonly_fields = [
        "company", "status", "age", "looked_at", "missing", "workplace", "occupation", "title",
        "weight", "length", "promised", "posts", "date_mode", "texts", "contact", "long_stay_allowed_by",
        "created_at", "published_at",
    ]  # fmt: skip
    fieldsets = [
        ("À décider", {"fields": ["status", "age", "looked_at", "missing"]}),
        ("L’offre", {"fields": [
            "company", "workplace", "occupation", "title", "weight", "length", "promised", "posts",
            "date_mode", "texts",
        ]}),
        ("Suivi", {"fields": ["contact", "long_stay_allowed_by", "created_at", "published_at"]}),
    ]  # fmt: skip

    def has_add_permission(self, request) -> bool:
        return False  # Companies write them.

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # They are closed.

    def view_on_site(self, offer: Offer) -> str | None:
        return offer.get_absolute_url() if offer.published_at else None

    def get_queryset(self, request) -> QuerySet[Offer]:
        """What waits to be read first, the oldest on top."""
        first = Case(When(status=OfferStatus.IN_MODERATION, then=0), default=1)
        return super().get_queryset(request).order_by(first, "status_since", "pk")

    @admin.display(description="titre", ordering="title")
    def shown_title(self, offer: Offer) -> str:
        return offer.title or f"Brouillon {offer.pk}"

    @admin.display(description="dans cet état depuis", ordering="status_since")
    def age(self, offer: Offer) -> str:
        hours = int((timezone.now() - offer.status_since).total_seconds() // HOUR)
        said = f"{hours} h" if hours < HOURS_TO_ANSWER else f"{hours // 24} jours"
        is_late = offer.status == OfferStatus.IN_MODERATION and hours >= HOURS_TO_ANSWER
        return f"{said}, en retard" if is_late else said

    @admin.display(description="mots à regarder")
    def looked_at(self, offer: Offer) -> str:
        found = flags(offer)
        return format_html_join("", "<div>« {} » : {}</div>", ((f.words, f.why) for f in found)) or "aucun"

    @admin.display(description="formation")
    def missing(self, offer: Offer) -> str:
        said = what_is_missing(offer) or "La règle de publication est remplie."
        need = TrainingNeed.objects.of_offer(offer).first()
        if need is None:
            return said
        url = reverse("admin:immersions_trainingneed_change", args=[need.pk])
        return format_html('{} <a href="{}">Le besoin de formation</a>', said, url)

    @admin.display(description="durée")
    def length(self, offer: Offer) -> str:
        return offer.duration

    @admin.display(description="contrat possible")
    def promised(self, offer: Offer) -> str:
        if not offer.promise:
            return "aucun"
        return f"{offer.promise}, {french.euros(offer.pay_gross_monthly or 0)} brut par mois"

    @admin.display(description="textes")
    def texts(self, offer: Offer) -> str:
        detail = offer.detail
        moments = [f"{moment['time']} : {moment['what']}" for moment in detail.day_plan]
        said = [
            ("Tâches", detail.tasks), ("Une journée", moments), ("Indispensable", detail.essentials),
            ("S’apprend", detail.learned), ("Efforts", [detail.physical_demands]),
            ("Horaires", [detail.working_hours]), ("L’équipe", [detail.about]),
        ]  # fmt: skip
        return format_html_join(
            "", "<p><strong>{}</strong> : {}</p>",
            ((label, " ; ".join(lines)) for label, lines in said if any(lines)),
        )  # fmt: skip

    @admin.display(description="contact (jamais public)")
    def contact(self, offer: Offer) -> str:
        detail = offer.detail
        return ", ".join(filter(None, [detail.contact_name, detail.contact_email, detail.contact_phone]))

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        own = [path("<int:pk>/decider/<slug:name>/", decide, name="immersions_offer_decide")]
        return own + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        offer = self.get_object(request, object_id)
        context = {"decisions": _decisions(offer) if offer else [], "title": "Offre d’immersion"}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def decide(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """A button of the page of one offer."""
        if not self.has_change_permission(request) or name not in DECISIONS | WITH_REASON:
            raise Http404
        offer = get_object_or_404(self.get_queryset(request), pk=pk)
        back = redirect("admin:immersions_offer_change", pk)
        if name in WITH_REASON:
            return self._ask_why(request, Offer.objects.filter(pk=offer.pk), name) or back
        if request.method == "POST":
            _, action, done = DECISIONS[name]
            act_on_each(self, request, [offer], action, done=done)
        return back

    def _ask_why(self, request, offers: QuerySet[Offer], name: str) -> HttpResponse | None:
        """The page for the reason; once it is given, do it. None: done."""
        label, action, done = WITH_REASON[name]
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            told = partial(action, **form.cleaned_data)
            act_on_each(self, request, offers, told, done=done)
            return None
        context = self.admin_site.each_context(request) | {
            "title": label,
            "form": form,
            "offers": offers,
            "action": name,
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return TemplateResponse(request, "immersions/offer_admin_reason.html", context)

    @admin.action(description="Accepter", permissions=["change"])
    def accept(self, request, offers):
        act_on_each(self, request, offers, actions.accept_offer, done=ACCEPTED)

    @admin.action(description="Renvoyer à l’entreprise, avec une raison", permissions=["change"])
    def send_back(self, request, offers):
        return self._ask_why(request, offers, "send_back")

    @admin.action(description="Mettre en pause, avec une raison", permissions=["change"])
    def pause(self, request, offers):
        return self._ask_why(request, offers, "pause")

    @admin.action(description="Fermer, avec une raison", permissions=["change"])
    def close(self, request, offers):
        return self._ask_why(request, offers, "close")

    @admin.action(description="Permettre plus de 5 jours", permissions=["change"])
    def allow_long_stay(self, request, offers):
        _, action, done = DECISIONS["allow_long_stay"]
        act_on_each(self, request, offers, action, done=done)


def _decisions(offer: Offer) -> list[dict[str, Any]]:
    """The buttons that make sense now; the action itself decides."""
    every = DECISIONS | WITH_REASON
    return [
        {"name": name, "label": label, "asks_why": name in WITH_REASON,
         "url": reverse("admin:immersions_offer_decide", args=[offer.pk, name])}
        for name, (label, _, _) in every.items()
        if _makes_sense(name, offer)
    ]  # fmt: skip


def _makes_sense(name: str, offer: Offer) -> bool:
    if name == "resume":
        return offer.status == OfferStatus.PAUSED
    if name == "allow_long_stay":
        return offer.needs_agreement and offer.long_stay_allowed_by_id is None
    return TABLE[name].is_possible_from(offer.status)
