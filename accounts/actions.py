"""What happens to an account: it opens, it moves to another address, it is erased."""

import logging

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import emails
from accounts.models import Membership, User
from core import personal_data
from core.models import OutgoingMessage
from core.outbox import post
from core.rules import RuleBroken

logger = logging.getLogger(__name__)

ERASED = "(effacé à la demande de la personne)"


def open_account(email: str) -> User | None:
    """« Je m’inscris. » The account of that address, new or not; None when it was closed."""
    try:
        with transaction.atomic():
            user, is_new = User.objects.get_or_create_by_email(email)
    except IntegrityError:  # The same person, twice at once.
        user, is_new = User.objects.get(email=email.lower()), False
    if is_new:
        logger.info("account opened", extra={"user_id": user.pk})
    return user if user.is_active else None


def hold_account(user: User) -> None:
    """Hold the account until the transaction ends: what kind of space it opens is decided once."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)


@transaction.atomic
def change_email(user: User, *, to: str) -> None:
    """« Écrivez-moi désormais là. » `to` was proved by a code; the old address is told."""
    before = User.objects.select_for_update().get(pk=user.pk).email
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=to.lower())
    except IntegrityError as error:  # Either of the two constraints on the address.
        raise RuleBroken("Cette adresse a déjà un compte.", code="email_taken") from error
    user.email = to.lower()
    post(emails.email_changed(user, to=before))
    logger.info("e-mail address changed", extra={"user_id": user.pk})


@transaction.atomic
def save_name(user: User, *, first_name: str, last_name: str) -> None:
    """« Je m’appelle… »: what colleagues and the people one answers read."""
    user.first_name, user.last_name = first_name, last_name
    User.objects.filter(pk=user.pk).update(first_name=first_name, last_name=last_name)
    logger.info("name said", extra={"user_id": user.pk})


def obstacles_to_erasing(user: User) -> list[str]:
    """French sentences: what must be done before the account of `user` can go."""
    return personal_data.obstacles(user)


@transaction.atomic
def erase_account(user: User, *, by: User) -> None:
    """« Oubliez-moi. » What others still need stays, without a name."""
    User.objects.select_for_update().get(pk=user.pk)
    if refusals := personal_data.obstacles(user):
        raise RuleBroken(" ".join(refusals), code="obstacle")
    personal_data.erase_all(user)
    logger.info("account erased", extra={"user_id": user.pk, "by": by.pk})


# --- What this room keeps about a person (see core.personal_data) --------------------------------


def export_account(user: User) -> dict:
    return {
        "adresse e-mail": user.email,
        "prénom": user.first_name,
        "nom": user.last_name,
        "téléphone": user.phone,
        "inscription": user.date_joined.isoformat(),
        "dernière connexion": user.last_login.isoformat() if user.last_login else None,
        "entités": [
            {
                "nom": membership.organisation.name,
                "rôle": membership.get_role_display(),
                "membre": membership.is_active,
                "depuis": membership.created_at.isoformat(),
            }
            for membership in user.memberships.select_related("organisation").order_by("created_at")
        ],
        "messages reçus": [
            {"date": message.sent_at.isoformat(), "objet": message.subject or "Message confidentiel"}
            for message in OutgoingMessage.objects.filter(_about(user), status="sent").order_by("sent_at")
        ],
    }


def erase_personal_data(user: User) -> None:
    """The row stays: what this person did (events, signatures) points at it."""
    messages = OutgoingMessage.objects.filter(_about(user))
    messages.exclude(status="sent").delete()
    messages.update(
        to=f"compte-{user.pk}@efface.invalid",
        context={},
        attachments=[],
        subject=ERASED,
        text=ERASED,
        html="",
    )
    Authenticator.objects.filter(user=user).delete()
    user.memberships.update(is_active=False, asked_at=None)
    user.email = f"compte-{user.pk}@efface.invalid"
    user.first_name = user.last_name = user.phone = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.erased_at = timezone.now()
    user.save()
    user.groups.clear()


def obstacle_to_erasing(user: User) -> str:
    """Somebody must go on answering for the colleagues who stay."""
    for membership in Membership.objects.managing(user).select_related("organisation"):
        others = Membership.objects.active().filter(organisation=membership.organisation)
        others = others.exclude(user=user)
        if others.exists() and not Membership.objects.managing().filter(pk__in=others).exists():
            name = membership.organisation.name
            return f"Vous êtes la seule personne responsable de « {name} » : nommez-en une autre d’abord."
    return ""


def _about(user: User) -> Q:
    return Q(to_user=user) | Q(to__iexact=user.email)
