"""The person's own figures, beside the company's: only what differs is kept; what is not said is not contested."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commitments.contracts.models import Contract, DisputeReason
from commitments.contracts.months import check_last, check_near
from core.rules import RuleBroken
from immersions.offers.models import Contract as Kind

SAID = ("kind", "starts_on", "ends_on", "hours_weekly", "pay_gross_monthly")
# What a reason is about: one of these differs, or the reason is another one.
ABOUT = {
    DisputeReason.KIND: ("kind",),
    DisputeReason.DATES: ("starts_on", "ends_on"),
    DisputeReason.PAY: ("pay_gross_monthly", "hours_weekly"),
}
MISSING = {
    DisputeReason.KIND: "Dites quel est votre contrat : ce n’est pas celui que dit l’entreprise.",
    DisputeReason.DATES: "Écrivez vos dates : ce sont celles que dit l’entreprise.",
    DisputeReason.PAY: "Écrivez votre salaire ou vos heures : ce sont ceux que dit l’entreprise.",
}


class CandidateVersion(models.Model):
    """What the person reads on their own contract, where it is not what the company declares."""

    contract = models.OneToOneField(
        Contract, on_delete=models.CASCADE, related_name="version", verbose_name="contrat déclaré"
    )
    kind = models.CharField("contrat", max_length=12, choices=Kind, blank=True)
    starts_on = models.DateField("premier jour", null=True, blank=True)
    ends_on = models.DateField("dernier jour", null=True, blank=True)
    hours_weekly = models.DecimalField(
        "heures par semaine", max_digits=4, decimal_places=2, null=True, blank=True
    )
    pay_gross_monthly = models.DecimalField(
        "salaire brut mensuel (€)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    said_at = models.DateTimeField("dit le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "version du candidat"
        verbose_name_plural = "version du candidat"
        constraints = [
            models.CheckConstraint(
                name="candidateversion_kind_is_known",
                condition=Q(kind__in=["", *Kind.values]),
                violation_error_message="Choisissez le contrat dans la liste.",
            ),
            models.CheckConstraint(
                name="candidateversion_says_something",
                condition=~Q(
                    kind="", starts_on=None, ends_on=None, hours_weekly=None, pay_gross_monthly=None
                ),
                violation_error_message="Écrivez ce qui n’est pas comme l’entreprise le dit.",
            ),
            models.CheckConstraint(
                name="candidateversion_hours_and_pay_are_possible",
                condition=(Q(hours_weekly=None) | Q(hours_weekly__gt=0, hours_weekly__lte=48))
                & (Q(pay_gross_monthly=None) | Q(pay_gross_monthly__gt=0)),
                violation_error_message="Écrivez des heures (48 par semaine au plus) et un salaire.",
            ),
        ]

    def __str__(self) -> str:
        return f"version du candidat {self.pk}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What the person says; nothing is « comme l’entreprise le dit »."""

    kind: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    hours_weekly: Decimal | None = None
    pay_gross_monthly: Decimal | None = None

    def beside(self, contract: Contract) -> dict[str, Any]:
        """Only what differs from what the company declared."""
        said = {name: getattr(self, name) for name in SAID}
        if (self.kind or contract.kind) == Kind.CDI:
            said["ends_on"] = None  # It has none, whoever says so.
        return {name: value for name, value in said.items() if value and value != getattr(contract, name)}


def version_of(contract: Contract) -> CandidateVersion | None:
    return CandidateVersion.objects.filter(contract=contract).first()


def as_the_person_says(contract: Contract, said: CandidateVersion | dict[str, Any]) -> Contract:
    """The declared contract with the person's figures on it, to show or to judge: never saved as it is."""
    own = said if isinstance(said, dict) else {name: getattr(said, name) for name in SAID}
    facts = {name: own.get(name) or getattr(contract, name) for name in SAID}
    if facts["kind"] == Kind.CDI:
        facts["ends_on"] = None
    employer = {
        name: getattr(contract, name) for name in ("carrier", "carrier_name", "carrier_siret", "reference")
    }
    return Contract(
        commitment=contract.commitment, is_outside_promise=contract.is_outside_promise, **facts, **employer
    )


def check_version(contract: Contract, said: dict[str, Any], reason: str) -> None:
    """Whole and possible, and about what the reason says."""
    about = ABOUT.get(DisputeReason(reason), ())
    if about and not set(about) & set(said):
        raise RuleBroken(MISSING[DisputeReason(reason)], code=about[0])
    if not said:
        return
    whole = as_the_person_says(contract, said)
    if whole.kind not in Kind.values:
        raise RuleBroken("Choisissez le contrat dans la liste.", code="kind")
    if whole.kind != Kind.CDI and whole.ends_on is None:
        raise RuleBroken("Dites le dernier jour de votre contrat.", code="ends_on")
    if "starts_on" in said:
        check_near(whole.starts_on)
    check_last(whole.starts_on, whole.ends_on)
