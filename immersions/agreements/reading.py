"""What an agreement says, put together from its three parts: the facts that the rules judge."""

import datetime as dt
from typing import Any

from django.utils import timezone

from immersions.agreements import rules
from immersions.agreements.facts import Earlier, Facts, Finding, Purpose, Severity, age_on
from immersions.agreements.feast_days import good_friday_of, public_holidays_of
from immersions.agreements.models import Agreement, Party
from immersions.agreements.period import first_day_of, last_day_of, presences_of, slots_of
from immersions.agreements.wording import EMPLOYED, HAZARDS
from immersions.agreements.workflow import AgreementStatus

AN_ADULT = dt.date(1990, 1, 1)  # As long as the date of birth is not known.
S = AgreementStatus


def birth_date_of(agreement: Agreement) -> dt.date | None:
    written = agreement.data_of(Party.CANDIDATE).get("birth_date")
    return dt.date.fromisoformat(written) if written else None


def is_minor(agreement: Agreement) -> bool:
    """On the first day; nobody is, once the place is given back."""
    born = birth_date_of(agreement)
    return born is not None and bool(slots_of(agreement)) and age_on(born, first_day_of(agreement)) < 18


def is_employed(agreement: Agreement) -> bool:
    return agreement.data_of(Party.CANDIDATE).get("situation") == EMPLOYED


def findings_of(
    agreement: Agreement, *, changed: dict[str, dict[str, Any]] | None = None
) -> tuple[Finding, ...]:
    """Every finding, as if the parts of `changed` were already saved."""
    return rules.find(facts_of(agreement, changed=changed or {}))


def refused(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.REFUSED]


def signalled(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.SIGNALLED]


def facts_of(agreement: Agreement, *, changed: dict[str, dict[str, Any]]) -> Facts:
    candidate, company = (
        agreement.data_of(party) | changed.get(party, {}) for party in (Party.CANDIDATE, Party.COMPANY)
    )
    first, last = first_day_of(agreement), last_day_of(agreement)
    department = agreement.application.offer.department_code
    born = candidate.get("birth_date")
    hazards = dict(HAZARDS)
    earlier, renewed = _earlier(agreement)
    return Facts(
        today=timezone.localdate(),
        first_day=first,
        last_day=last,
        presences=presences_of(agreement, company),
        birth_date=dt.date.fromisoformat(born) if born else AN_ADULT,
        purpose=Purpose(company.get("purpose") or Purpose.DISCOVER),
        objectives=company.get("objectives", ""),
        holidays=public_holidays_of(first, last, department),
        holidays_in_some_communes=good_friday_of(first, last, department),
        earlier=earlier,
        renews=renewed,
        renewal_number=_renewal_number(agreement),
        has_representative=bool(candidate.get("representative") and candidate.get("representative_email")),
        candidate_email=agreement.application.candidate.user.email,
        tutor_email=company.get("tutor_email", ""),
        company_email=company.get("signatory_email", ""),
        company_declares_no_replacement=bool(company.get("no_replacement")),
        forbidden_to_minors=tuple(hazards[it] for it in company.get("hazards", []) if it in hazards),
    )


def _renewal_number(agreement: Agreement) -> int:
    first = agreement.application.renews
    return 0 if first is None else 2 if first.renews_id else 1


def _earlier(agreement: Agreement) -> tuple[tuple[Earlier, ...], Earlier | None]:
    """The same person's other agreements, once their text is frozen; and the one that is renewed."""
    application = agreement.application
    others = (
        Agreement.objects.filter(
            application__candidate=application.candidate_id, status__in=(S.TO_SIGN, S.SIGNED, S.VALIDATED)
        )
        .exclude(pk=agreement.pk)
        .select_related("application__offer")
        .prefetch_related("parts", "application__bookings__slot")
        .order_by("pk")
    )
    company = application.offer.company_id
    by_application = {it.application_id: _as_earlier(it, company) for it in others if it.application.slots}
    return tuple(by_application.values()), by_application.get(application.renews_id)


def _as_earlier(other: Agreement, company_id: int) -> Earlier:
    data = other.data_of(Party.COMPANY)
    return Earlier(
        first_day=first_day_of(other),
        last_day=last_day_of(other),
        purpose=Purpose(data.get("purpose") or Purpose.DISCOVER),
        objectives=data.get("objectives", ""),
        same_host=other.application.offer.company_id == company_id,
        days=len({presence.start.date() for presence in presences_of(other, data)}),
    )
