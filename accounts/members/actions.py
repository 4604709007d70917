"""Joining a legal entity, being confirmed, inviting, leaving.

An unconfirmed member sees nobody's personal data (domain.md, "Who"). The first one is confirmed by
the mail domain or a code sent to the published address, or by an agent; the others by a manager.
"""

import logging

from django.db import transaction
from django.utils import timezone

from accounts.actions import hold_account
from accounts.mail_domains import same_domain
from accounts.members import emails
from accounts.models import Invitation, Membership, MembershipRole, Organisation, User
from core.outbox import post
from core.rules import RuleBroken, constraints_speak

logger = logging.getLogger(__name__)
By = Membership.ConfirmedBy


def check_may_act_for_others(user: User) -> None:
    """A candidate's account opens no other space. The account is held until the end of the
    transaction: whoever becomes a candidate meanwhile waits, then reads what was done.
    """
    hold_account(user)
    if User.objects.filter(pk=user.pk, candidate__isnull=False).exists():
        raise RuleBroken(
            "Ce compte sert à chercher un emploi. Pour une entreprise, un organisme ou une structure, "
            "inscrivez-vous avec votre adresse professionnelle.",
            code="candidate",
        )


def _lock(membership: Membership) -> None:
    locked = Membership.objects.select_for_update(of=("self",), no_key=True)
    membership.refresh_from_db(from_queryset=locked)


def _check_manager(organisation: Organisation, by: User) -> None:
    """A confirmed manager, or an agent of the Region (who reaches only their territory)."""
    if not by.is_staff and not Membership.objects.managing(by).filter(organisation=organisation).exists():
        raise RuleBroken("Seule une personne responsable, et vérifiée, peut faire cela.", code="not_manager")


@transaction.atomic
def add_first_member(organisation: Organisation, user: User) -> Membership:
    """« C’est mon entreprise. » Manager at once; sees people's data once confirmed."""
    check_may_act_for_others(user)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.memberships.active().exists():
        raise RuleBroken(
            f"« {organisation.name} » a déjà un espace : demandez à le rejoindre.", code="has_members"
        )
    membership, _ = Membership.objects.update_or_create(
        organisation=organisation,
        user=user,
        defaults={
            "role": MembershipRole.MANAGER,
            "is_active": True,
            "asked_at": None,
            "confirmed_at": None,
            "confirmed_by": "",
        },
    )
    logger.info("first member", extra={"membership_id": membership.pk})
    if same_domain(user.email, organisation.published_email):
        confirm_membership(membership, by=user, how=By.MAIL_DOMAIN)
    return membership


@transaction.atomic
def confirm_membership(membership: Membership, *, by: User, how: str = By.AGENT) -> None:
    """« Cette personne est bien de la maison. » From now on she sees people's data."""
    _lock(membership)
    if not membership.is_active:
        raise RuleBroken("Cette personne n’est plus membre.", code="inactive")
    if membership.confirmed_at:
        raise RuleBroken("Cette personne est déjà confirmée.", code="confirmed")
    membership.confirmed_at, membership.confirmed_by = timezone.now(), how
    membership.save()
    post(emails.confirmed(membership))
    logger.info("member confirmed", extra={"membership_id": membership.pk, "by": by.pk, "how": how})


@transaction.atomic
def send_confirmation_code(membership: Membership, code: str) -> None:
    """To the address that the entity publishes: who reads it may vouch for the member."""
    organisation = membership.organisation
    if not organisation.published_email:
        raise RuleBroken(
            f"Nous ne connaissons pas d’adresse publiée pour « {organisation.name} ».", code="no_address"
        )
    post(emails.confirmation_code(code, organisation=organisation, user=membership.user))


@transaction.atomic
def request_to_join(organisation: Organisation, *, by: User) -> Membership:
    """« Je travaille ici aussi. » A manager answers; until then, nothing opens."""
    check_may_act_for_others(by)
    with constraints_speak(Membership):
        membership, is_new = Membership.objects.select_for_update(of=("self",)).get_or_create(
            organisation=organisation,
            user=by,
            defaults={"is_active": False, "asked_at": timezone.now()},
        )
    if membership.is_active:
        raise RuleBroken("Vous êtes déjà membre.", code="member")
    if not is_new:
        if membership.asked_at:
            raise RuleBroken("Votre demande est déjà partie : elle attend une réponse.", code="asked")
        membership.asked_at, membership.role = timezone.now(), MembershipRole.MEMBER
        membership.confirmed_at, membership.confirmed_by = None, ""
        membership.save()
    managers = Membership.objects.managing().filter(organisation=organisation)
    for manager in managers.select_related("user"):
        post(emails.asked(membership, to=manager.user))
    logger.info("asks to join", extra={"membership_id": membership.pk})
    return membership


@transaction.atomic
def accept_member(membership: Membership, *, by: User) -> None:
    """« Oui, c’est une collègue. » Accepted by a manager, hence confirmed."""
    _check_manager(membership.organisation, by)
    check_may_act_for_others(membership.user)  # The account first, like everybody who holds both.
    _lock(membership)
    if not membership.asked_at:
        raise RuleBroken("Cette demande a déjà eu une réponse.", code="answered")
    membership.is_active, membership.asked_at = True, None
    how = By.AGENT if by.is_staff else By.MANAGER
    membership.confirmed_at, membership.confirmed_by = timezone.now(), how
    membership.save()
    post(emails.accepted(membership))
    logger.info("member accepted", extra={"membership_id": membership.pk, "by": by.pk})


@transaction.atomic
def refuse_member(membership: Membership, *, by: User) -> None:
    """« Non, je ne connais pas cette personne. »"""
    _check_manager(membership.organisation, by)
    _lock(membership)
    if not membership.asked_at:
        raise RuleBroken("Cette demande a déjà eu une réponse.", code="answered")
    membership.asked_at = None
    membership.save()
    post(emails.refused(membership))
    logger.info("member refused", extra={"membership_id": membership.pk, "by": by.pk})


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """« Cette personne ne travaille plus ici », or « Je m’en vais »."""
    if membership.user_id != by.pk:
        _check_manager(membership.organisation, by)
    Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    _lock(membership)
    if not membership.is_active:
        raise RuleBroken("Cette personne n’est plus membre.", code="inactive")
    colleagues = Membership.objects.filter(organisation=membership.organisation)
    others = colleagues.active().exclude(pk=membership.pk)
    if others.exists() and not others.managing().exists():
        raise RuleBroken("Il doit rester une personne responsable.", code="last_manager")
    membership.is_active = False
    membership.save()
    logger.info("member left", extra={"membership_id": membership.pk, "by": by.pk})


@transaction.atomic
def invite_member(organisation: Organisation, *, email: str, role: str, by: User) -> Invitation:
    """« Rejoins-nous. » The same sentence whoever has that address: an account says nothing here."""
    _check_manager(organisation, by)
    email = email.lower()
    members = organisation.memberships.active()
    if members.filter(user__email=email).exists():
        raise RuleBroken("Cette personne est déjà membre.", code="member")
    waiting = organisation.invitations.filter(email=email, accepted_at=None, withdrawn_at=None)
    waiting.exclude(pk__in=Invitation.objects.open()).update(withdrawn_at=timezone.now())
    with constraints_speak(Invitation):
        invitation = Invitation.objects.create(
            organisation=organisation, email=email, role=role, invited_by=by
        )
    post(emails.invited(invitation))
    logger.info("member invited", extra={"invitation_id": invitation.pk, "by": by.pk})
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    _check_manager(invitation.organisation, by)
    done = Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    if not done:
        raise RuleBroken("Cette invitation a déjà servi.", code="answered")


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """« J’arrive. » Called by a manager, hence confirmed."""
    check_may_act_for_others(by)
    if by.email.lower() != invitation.email.lower():
        raise RuleBroken("Cette invitation est pour une autre adresse.", code="other_address")
    now = timezone.now()
    if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=now):
        raise RuleBroken("Cette invitation ne peut plus servir. Demandez-en une nouvelle.", code="answered")
    membership, _ = Membership.objects.update_or_create(
        organisation=invitation.organisation,
        user=by,
        defaults={
            "role": invitation.role,
            "is_active": True,
            "asked_at": None,
            "confirmed_at": now,
            "confirmed_by": By.MANAGER,
        },
    )
    logger.info("invitation accepted", extra={"membership_id": membership.pk})
    return membership
