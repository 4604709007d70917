"""Who logs in, and the legal entities that professionals act for."""

import datetime as dt
from typing import Any, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from stdnum.fr import siren, siret

from accounts.sight import seen_by
from core.rules import RuleBroken, only_known
from core.tokens import new_token


class UserManager(BaseUserManager["User"]):
    """Accounts have no password: one logs in by a code sent by e-mail."""

    def create_user(self, email: str, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_or_create_by_email(self, email: str) -> "tuple[User, bool]":
        user = self.filter(email=email.lower()).first()
        return (user, False) if user else (self.create_user(email), True)

    def create_superuser(self, email: str, **fields: Any) -> "User":
        fields.pop("password", None)
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)

    def confirmed_in(self, organisation: int | None) -> "models.QuerySet[User]":
        """The confirmed members of a legal entity: those who are written to about people."""
        # One filter() call, so that the conditions bear on the same membership.
        return self.filter(
            memberships__organisation=organisation,
            memberships__is_active=True,
            memberships__confirmed_at__isnull=False,
            is_active=True,
        )


class User(AbstractBaseUser, PermissionsMixin):
    """One person, one address. What they may do follows from what points at this row: a
    candidate's profile, memberships of organisations, a territory.
    """

    email = models.EmailField("adresse e-mail", unique=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("agent de la Région", default=False)
    date_joined = models.DateTimeField("inscrit le", default=timezone.now)
    erased_at = models.DateTimeField("effacé le", null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_whatever_the_case",
                violation_error_message="Cette adresse a déjà un compte.",
            ),
        ]

    @property
    def name_or_address(self) -> str:
        """For who works with this person: never to a stranger."""
        return self.get_full_name() or self.email

    def __str__(self) -> str:
        return f"compte {self.pk}"

    def has_usable_password(self) -> bool:
        """Nobody has one, whatever the column holds."""
        return False

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name


def check_siret(value: str) -> str:
    """The 14 digits of a SIRET, La Poste's own key included (INSEE, Sirene). Names the fault."""
    digits = "".join(value.split()).replace(".", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        raise RuleBroken("Un SIRET ne contient que des chiffres.", code="siret_digits")
    if len(digits) != 14:
        raise RuleBroken(f"Un SIRET a 14 chiffres, vous en avez tapé {len(digits)}.", code="siret_length")
    if not siren.is_valid(digits[:9]):
        raise RuleBroken(
            "Les 9 premiers chiffres (le SIREN) ne vont pas ensemble : vérifiez-les.",
            code="siret_siren",
        )
    if not siret.is_valid(digits):
        raise RuleBroken(
            "Les 5 derniers chiffres (le NIC) ne vont pas avec les 9 premiers : vérifiez-les.",
            code="siret_nic",
        )
    return digits


class CodeTries(models.Model):
    """How many times a code was tried (`accounts.codes`), whatever session asked."""

    key = models.CharField("empreinte", max_length=64, primary_key=True)
    used = models.PositiveSmallIntegerField("essais", default=0)
    at = models.DateTimeField("depuis", default=timezone.now)

    class Meta:
        verbose_name = "essais d’un code"
        constraints = [
            models.CheckConstraint(
                name="code_tries_are_five_at_most",
                condition=Q(used__lte=5),
                violation_error_message="Un code se tape cinq fois au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"essais {self.key[:8]}"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, user: User) -> Self:
        """Organisations in which `user` is an active member."""
        mine = Membership.objects.filter(organisation=models.OuterRef("pk"), user=user, is_active=True)
        return self.filter(models.Exists(mine))

    def in_territory_of(self, user: User) -> Self:
        """What an agent sees, through what each kind of entity does there."""
        return self if user.is_superuser else self.filter(seen_by(user))


class Organisation(models.Model):
    """A legal entity. It may be a company, a training organisation and a support structure at
    once: `companies.Company`, `trainings.TrainingOrganisation`… point at it.
    """

    siret = models.CharField("SIRET", max_length=14, unique=True)
    name = models.CharField("nom", max_length=200)
    published_email = models.EmailField(
        "adresse publiée", blank=True, help_text="Sert à vérifier le premier membre."
    )
    created_at = models.DateTimeField("créée le", default=timezone.now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "entité légale"
        verbose_name_plural = "entités légales"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organisation_siret_has_14_digits",
                condition=Q(siret__regex=r"^[0-9]{14}$"),
                violation_error_message="Un SIRET a 14 chiffres.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipRole(models.TextChoices):
    MANAGER = "manager", "Responsable"
    MEMBER = "member", "Membre"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def confirmed(self) -> Self:
        """Members who may see personal data (domain.md, "Who")."""
        return self.active().filter(confirmed_at__isnull=False)

    def managing(self, user: User | None = None) -> Self:
        """Confirmed managers, who answer for the other members."""
        managers = self.confirmed().filter(role=MembershipRole.MANAGER, user__is_active=True)
        return managers.filter(user=user) if user else managers

    def asking(self) -> Self:
        """Those who ask to join, and wait for a manager's answer."""
        return self.filter(is_active=False, asked_at__isnull=False)

    def in_territory_of(self, user: User) -> Self:
        return self.filter(organisation__in=Organisation.objects.in_territory_of(user))


M = TypeVar("M", bound=models.Model)


class WithMembersQuerySet(models.QuerySet[M]):
    """Rows that have the members of a legal entity, their `organisation`: a company, a structure, who trains."""

    def managed_by(self, user: User) -> Self:
        """Those for which `user` may act: an active member."""
        return self._where(Membership.objects.active(), user)

    def trusting(self, user: User) -> Self:
        """Those for which `user` may speak and see people's data: a confirmed member."""
        return self._where(Membership.objects.confirmed(), user)

    def _where(self, memberships: MembershipQuerySet, user: User) -> Self:
        return self.filter(organisation__in=memberships.filter(user=user).values("organisation"))


class Membership(models.Model):
    """What a professional may touch. An unconfirmed member writes, but sees nobody's data."""

    Role = MembershipRole

    class ConfirmedBy(models.TextChoices):
        MAIL_DOMAIN = "mail_domain", "Même domaine que l’adresse publiée"
        CODE = "code", "Code envoyé à l’adresse publiée"
        AGENT = "agent", "Agent de la Région"
        MANAGER = "manager", "Responsable de l’entité"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name="entité"
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name="compte"
    )
    role = models.CharField("rôle", max_length=10, choices=Role, default=Role.MEMBER)
    is_active = models.BooleanField("actif", default=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    confirmed_by = models.CharField("confirmé par", max_length=12, choices=ConfirmedBy, blank=True)
    asked_at = models.DateTimeField(
        "demande à rejoindre le", null=True, blank=True, help_text="Vide : n’attend pas de réponse."
    )
    created_at = models.DateTimeField("depuis", default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "membre"
        constraints = [
            models.UniqueConstraint(
                name="membership_once_per_person",
                fields=["organisation", "user"],
                violation_error_message="Cette personne est déjà membre.",
            ),
            only_known("role", MembershipRole, model="membership"),
            models.CheckConstraint(
                name="membership_confirmation_says_how",
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                violation_error_message="Une confirmation dit quand et par qui.",
            ),
            models.CheckConstraint(
                name="membership_asking_is_not_yet_active",
                condition=Q(asked_at__isnull=True) | Q(is_active=False),
                violation_error_message="Qui demande à rejoindre n’est pas encore membre.",
            ),
        ]

    def __str__(self) -> str:
        return f"membre {self.pk}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Sent less than a fortnight ago, and neither accepted nor taken back."""
        oldest = timezone.now() - Invitation.LASTS
        return self.filter(accepted_at=None, withdrawn_at=None, created_at__gte=oldest)


class Invitation(models.Model):
    """A manager calls a colleague by e-mail. Whoever holds the token proves the address too."""

    LASTS = dt.timedelta(days=14)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name="entité"
    )
    email = models.EmailField("adresse invitée")
    role = models.CharField("rôle", max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    token = models.CharField("jeton", max_length=40, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="invité par"
    )
    created_at = models.DateTimeField("envoyée le", default=timezone.now)
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["-created_at", "-pk"]
        constraints = [
            only_known("role", MembershipRole, model="invitation"),
            models.UniqueConstraint(
                name="invitation_waits_once_per_address",
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                violation_error_message="Cette personne a déjà une invitation.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
