"""Projects as agents see them: where each stands, both halves, versions, letters, history; the words of
a promise, version by version; the legal minimums.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.timezone import localtime

from accounts.roles import LABELS
from commitments.projects import actions
from commitments.projects.halves import Condition, HiringPromise, TrainingPledge
from commitments.projects.models import Commitment, CommitmentEvent
from commitments.projects.texts import Amendment, CommitmentSignature, CommitmentVersion
from commitments.projects.workflow import COMMITMENT_WORKFLOW, PROPOSE, CommitmentStatus
from core import french
from core.admin import EventInline, ReadOnly, TerritoryAdmin
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.workflow import SYSTEM
from trainings.models import Session

SIGNED_AT = "j F Y à H:i"
NOT_THE_SESSION = ("transition", "role", "reason")


class CommitmentEventInline(EventInline):
    model = CommitmentEvent
    workflow = COMMITMENT_WORKFLOW
    also = {
        PROPOSE: "Proposer le projet",
        "session_moved": "La session a changé",
    }
    verbose_name_plural = "histoire du projet"


class PromiseInline(ReadOnly, admin.StackedInline):
    model = HiringPromise
    exclude = ["steps", "conditions"]
    readonly_fields = ["suspended_by"]
    extra = 0

    @admin.display(description="conditions")
    def suspended_by(self, promise: HiringPromise) -> str:
        return " ; ".join(str(Condition(it).label) for it in promise.conditions) or "–"


class PledgeInline(ReadOnly, admin.StackedInline):
    model = TrainingPledge
    fields = [
        "session",
        ("starts_on", "ends_on", "distance_km"),
        ("allowed_training", "exception_by", "exception_reason"),
        "written_at",
    ]
    readonly_fields = ["written_at"]
    extra = 0


class VersionInline(ReadOnly, admin.TabularInline):
    model = CommitmentVersion
    fields = ["number", "wording", "frozen_at", "starts_by", "sha256", "code"]
    extra = 0


class AmendmentInline(ReadOnly, admin.TabularInline):
    model = Amendment
    fields = ["asked_at", "asked_by", "words", "sign_by", "status", "status_since"]
    extra = 0


class ExceptionForm(forms.Form):
    """« Permettre une autre formation »: which session, and why."""

    use_required_attribute = False

    number = forms.CharField(
        label="Numéro de la session au catalogue",
        error_messages={"required": "Écrivez le numéro de la session."},
    )
    reason = forms.CharField(
        label="Pourquoi cette formation est permise",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi cette formation est permise."},
    )

    def clean_number(self) -> Session:
        number = self.cleaned_data["number"].strip()
        session = Session.objects.current().filter(external_id=number).order_by("pk").first()
        if session is None:
            raise forms.ValidationError("Aucune session ouverte ne porte ce numéro.")
        return session


@admin.register(Commitment)
class CommitmentAdmin(ReadOnly, TerritoryAdmin):
    """Read, never written by hand; one thing is an agent's own: permitting another training."""

    change_form_template = "admin/commitment.html"
    list_display = ["__str__", "person", "company", "job", "status", "expires_on", "sealed_on"]
    list_filter = ["status", "end_reason", "ended_by", "exit_type", "offer__commune__department"]
    search_fields = [
        "candidate__user__email",
        "candidate__user__last_name",
        "company__name",
        "versions__code",
    ]
    date_hierarchy = "proposed_at"
    list_select_related = ["candidate__user", "company", "promise"]
    inlines = [PromiseInline, PledgeInline, VersionInline, AmendmentInline, CommitmentEventInline]
    fields = [
        ("status", "status_since"),
        ("person", "company", "offer"),
        ("proposed_by", "proposed_at", "expires_on"),
        ("sealed_on", "post_number", "posts", "starts_by"),
        ("sponsor_name", "sponsor_contact"),
        ("end_reason", "ended_by", "end_words"),
        ("exit_type", "exit_is_said_by"),
        "signed_by",
        "letters",
    ]
    readonly_fields = ["person", "exit_is_said_by", "signed_by", "letters"]

    @admin.display(description="Dite par")
    def exit_is_said_by(self, commitment: Commitment) -> str:
        said_by = commitment.exit_said_by
        return "personne : déduite de la fin" if said_by == SYSTEM else LABELS.get(said_by, "-")

    def get_urls(self) -> list:
        allow = path(
            "<int:pk>/permettre/",
            self.admin_site.admin_view(self.allow_training),
            name="commitments_commitment_allow",
        )
        return [allow, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ):
        one = self.get_queryset(request).filter(pk=object_id, status=CommitmentStatus.PROPOSED)
        may_allow = object_id.isdigit() and one.exists()
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "may_allow": may_allow}
        )

    def allow_training(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A training that does not lead to this occupation: an agent's reason makes it possible."""
        commitment = self.get_queryset(request).filter(pk=pk).first()
        if commitment is None:
            raise Http404
        if not self.has_view_permission(request, commitment):
            raise PermissionDenied
        form = ExceptionForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                actions.allow_training(
                    commitment,
                    form.cleaned_data["number"],
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                )
            except RuleBroken as refusal:
                form.add_error(None if refusal.code in NOT_THE_SESSION else "number", refusal)
            else:
                messages.success(
                    request, "C’est permis : la personne peut choisir cette formation, un e-mail le lui dit."
                )
                return redirect("admin:commitments_commitment_change", pk)
        context = {**self.admin_site.each_context(request), "form": form, "commitment": commitment}
        return render(request, "admin/commitment_allow.html", context)

    @admin.display(description="candidat", ordering="candidate__user__last_name")
    def person(self, commitment: Commitment) -> str:
        return commitment.candidate.user.get_full_name()

    @admin.display(description="poste")
    def job(self, commitment: Commitment) -> str:
        return commitment.promise.job_title

    @admin.display(description="signatures")
    def signed_by(self, commitment: Commitment) -> Any:
        """Who, in which role, when, how, on which version."""
        rows = CommitmentSignature.objects.filter(version__commitment=commitment).select_related("version")
        lines = (
            (
                row.get_role_display(),
                row.name,
                french.written(localtime(row.signed_at), SIGNED_AT),
                row.how,
                row.version.number,
            )
            for row in rows.order_by("signed_at")
        )
        return format_html_join("\n", "<p>{} : {}, {} ({}), version {}</p>", lines)

    @admin.display(description="messages")
    def letters(self, commitment: Commitment) -> Any:
        rows = OutgoingMessage.objects.filter(key__startswith=f"commitment/{commitment.pk}/", is_secret=False)
        lines = (
            (
                reverse("admin:core_outgoingmessage_change", args=[row.pk]),
                row.subject or row.kind,
                row.to,
                row.get_status_display(),
            )
            for row in rows.order_by("pk")
        )
        return format_html_join("\n", '<p><a href="{}">{}</a> → {} ({})</p>', lines)
