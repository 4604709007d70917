"""The pages about those who act for a legal entity: its team, and the proof that one belongs to it.

Said once for all the spaces; each room above gives its names and its words. They stand beside
`territories.members`, because a decision may close what an agent was asked to check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from accounts import codes
from accounts.forms import TypedCodeForm
from accounts.mail_domains import hidden
from accounts.members import actions
from accounts.members.forms import InvitationForm
from accounts.members.mine import my_membership, one_of
from accounts.models import Invitation, Membership, Organisation
from core.rules import RuleBroken
from territories.members import confirm_member

page = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
button = method_decorator(require_POST)


@dataclass(frozen=True, kw_only=True)
class MemberPages:
    """One kind of entity. Its QuerySet has `managed_by(user)`, its rows an `organisation`."""

    entities: Callable[[], Any]
    room: str
    """The namespace of its pages."""
    space: str
    """The name of the first page of its space."""
    base: str
    """The template that bears the tabs of its space."""
    field: str
    """What names one entity in an address: « ?entreprise=12 »."""
    name: str
    """« l’entreprise »."""
    sees: str
    """What a confirmed member sees: « les candidatures »."""
    may: str
    """What a member does there."""
    lead: str
    """Why one is checked; the name of the entity follows."""

    def urls(self, *, team: str, verification: str) -> list[URLPattern]:
        return [
            path(verification, self.verify, name="verify"),
            path(f"{verification}code/", self.verify_code, name="verify_code"),
            path(team, self.members, name="members"),
            path(f"{team}<int:pk>/accepter/", self.accept, name="member_accept"),
            path(f"{team}<int:pk>/refuser/", self.refuse, name="member_refuse"),
            path(f"{team}<int:pk>/retirer/", self.remove, name="member_remove"),
            path(f"{team}invitations/<int:pk>/retirer/", self.withdraw, name="invitation_withdraw"),
        ]

    # --- Being verified --------------------------------------------------------------------------
    @page
    def verify(self, request: HttpRequest) -> HttpResponse:
        """« Vérifier mon compte »: what opens then, and each way to get there."""
        entity = self.mine(request)
        membership = my_membership(request, entity)
        published = entity.organisation.published_email
        if request.method == "POST" and not membership.confirmed_at and published:
            try:
                code = codes.issue(request, _purpose(membership), to=published)
                actions.send_confirmation_code(membership, code)
            except RuleBroken as refusal:
                messages.error(request, refusal.message)
            else:
                return redirect(self._of("verify_code", entity))
        context = {"membership": membership, "published": hidden(published)}
        return self._render(request, "verify", entity, context)

    @page
    def verify_code(self, request: HttpRequest) -> HttpResponse:
        """The code that the published address received."""
        entity = self.mine(request)
        membership = my_membership(request, entity)
        form = TypedCodeForm(request.POST or None)
        if form.is_valid():
            try:
                codes.check(request, _purpose(membership), form.cleaned_data["code"])
                confirm_member(membership, by=request.user, how=Membership.ConfirmedBy.CODE)
            except RuleBroken as refusal:
                form.add_error("code", refusal)
            else:
                messages.success(request, f"Votre compte est vérifié : vous voyez maintenant {self.sees}.")
                return redirect(self.space)
        context = {"form": form, "to": hidden(entity.organisation.published_email)}
        return self._render(request, "verify_code", entity, context)

    # --- The team --------------------------------------------------------------------------------
    @page
    def members(self, request: HttpRequest) -> HttpResponse:
        """Colleagues, requests and invitations. Who is not verified reads only their own line."""
        entity = self.mine(request)
        me = my_membership(request, entity)
        manages = Membership.objects.managing(request.user).filter(pk=me.pk).exists()
        form = InvitationForm(request.POST or None, may=self.may)
        if request.method == "POST" and form.is_valid():
            try:
                actions.invite_member(entity.organisation, by=request.user, **form.cleaned_data)
            except RuleBroken as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, f"Invitation envoyée à {form.cleaned_data['email']}.")
                return redirect(self._of("members", entity))
        colleagues = entity.organisation.memberships.select_related("user").order_by("created_at", "pk")
        context = {
            "me": me,
            "manages": manages,
            "form": form,
            "members": colleagues.active() if me.confirmed_at else [me],
            "asking": colleagues.asking() if manages else [],
            "invitations": entity.organisation.invitations.open() if manages else [],
        }
        return self._render(request, "team", entity, context)

    @button
    def accept(self, request: HttpRequest, pk: int) -> HttpResponse:
        done = "Demande acceptée : votre collègue est prévenu."
        return self._decide(request, self._colleague(request, pk), confirm_member, done=done)

    @button
    def refuse(self, request: HttpRequest, pk: int) -> HttpResponse:
        done = "Demande refusée : la personne est prévenue."
        return self._decide(request, self._colleague(request, pk), actions.refuse_member, done=done)

    @button
    def remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A manager removes a colleague; anybody may leave."""
        mine = Membership.objects.active().filter(user=request.user, organisation__in=self._houses())
        membership = mine.filter(pk=pk).select_related("organisation").first()
        if membership is None:
            done = "Cette personne n’a plus accès à votre espace."
            return self._decide(request, self._colleague(request, pk), actions.remove_member, done=done)
        try:
            actions.remove_member(membership, by=request.user)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
            return self._back_to_members(membership.organisation)
        messages.success(request, f"Vous n’agissez plus pour {membership.organisation.name}.")
        return redirect("after_login")

    @button
    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        theirs = Invitation.objects.filter(organisation__in=self._managed_by(request))
        invitation = get_object_or_404(theirs.select_related("organisation"), pk=pk)
        return self._decide(request, invitation, actions.withdraw_invitation, done="Invitation retirée.")

    # --- What they share -------------------------------------------------------------------------
    def mine(self, request: HttpRequest) -> Any:
        return one_of(request, self.entities(), field=self.field)

    def _render(self, request: HttpRequest, name: str, entity: Any, context: dict) -> HttpResponse:
        return render(request, f"accounts/members/{name}.html", {"pages": self, "team": entity, **context})

    def _of(self, name: str, entity: Any) -> str:
        return f"{reverse(f'{self.room}:{name}')}?{self.field}={entity.pk}"

    def _houses(self) -> Any:
        """The legal entities of this kind."""
        return self.entities().exclude(organisation=None).values("organisation")

    def _managed_by(self, request: HttpRequest) -> Any:
        managed = Membership.objects.managing(request.user).filter(organisation__in=self._houses())
        return managed.values("organisation")

    def _colleague(self, request: HttpRequest, pk: int) -> Membership:
        """A membership that this person manages; a stranger's does not exist."""
        theirs = Membership.objects.filter(organisation__in=self._managed_by(request))
        return get_object_or_404(theirs.select_related("organisation", "user"), pk=pk)

    def _decide(
        self, request: HttpRequest, thing: Any, action: Callable[..., Any], *, done: str
    ) -> HttpResponse:
        try:
            action(thing, by=request.user)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, done)
        return self._back_to_members(thing.organisation)

    def _back_to_members(self, organisation: Organisation) -> HttpResponse:
        entity = self.entities().filter(organisation=organisation).order_by("name", "pk").first()
        return redirect(self._of("members", entity))


def _purpose(membership: Membership) -> str:
    return f"confirm_membership:{membership.pk}"
