"""The parts of an agreement, step by step: what each must say, and what repairs a finding.

A part is whole when each of its steps says what the law wants. Nothing here knows the forms: the
actions ask, and the forms ask the same.
"""

from dataclasses import dataclass
from typing import Any

from immersions.agreements.facts import Finding
from immersions.agreements.models import Agreement, Party
from immersions.agreements.reading import findings_of, is_employed, is_minor, refused, signalled


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page. `needs`: what must be written; `repairs`: where a finding is shown, by its place."""

    slug: str
    party: str
    title: str
    needs: tuple[str, ...] = ()
    repairs: tuple[tuple[str, str], ...] = ()

    def field_of(self, finding: Finding) -> str | None:
        """The field that repairs `finding`; "" for the whole page, None when it is elsewhere."""
        return dict(self.repairs).get(finding.where)


ABOUT_YOU = Step(
    slug="vous",
    party=Party.CANDIDATE,
    title="Vous",
    needs=("birth_date", "address", "city", "situation"),
    repairs=(("birth_date", "birth_date"),),
)
YOUR_SIGNERS = Step(
    slug="signataires",
    party=Party.CANDIDATE,
    title="Qui signe avec vous",
    repairs=(("representative", "representative"),),
)
WELCOME = Step(
    slug="accueil",
    party=Party.COMPANY,
    title="Qui accueille, qui signe",
    needs=(
        "legal_form",
        "activity",
        "signatory_name",
        "signatory_job",
        "signatory_email",
        "tutor_name",
        "tutor_job",
        "tutor_email",
        "tutor_phone",
    ),
    repairs=(("tutor_email", "tutor_email"), ("company_email", "signatory_email")),
)
HOURS = Step(
    slug="horaires",
    party=Party.COMPANY,
    title="Les horaires, jour par jour",
    repairs=(("schedule", ""), ("first_day", ""), ("last_day", "")),
)
WORK = Step(
    slug="missions",
    party=Party.COMPANY,
    title="Ce que la personne vient faire",
    needs=("purpose", "objectives", "tasks", "evaluation"),
    repairs=(("objectives", "objectives"),),
)
SAFETY = Step(
    slug="securite",
    party=Party.COMPANY,
    title="Le lieu et la sécurité",
    needs=("place", "equipment", "prevention", "safety", "no_replacement"),
    repairs=(("no_replacement", "no_replacement"), ("hazards", "hazards")),
)
STRUCTURE = Step(
    slug="structure",
    party=Party.ADVISOR,
    title="La structure qui accompagne",
    needs=(
        "structure_name",
        "structure_legal_form",
        "structure_address",
        "advisor_name",
        "advisor_job",
        "advisor_email",
    ),
)
STEPS = (ABOUT_YOU, YOUR_SIGNERS, WELCOME, HOURS, WORK, SAFETY, STRUCTURE)
FOR_TUTOR = (HOURS, WORK, SAFETY)
REPRESENTATIVE_NEEDS = ("representative", "representative_email")
EMPLOYER_NEEDS = ("employer", "employer_address", "employer_person", "employer_email")


def steps_of(agreement: Agreement, party: str) -> list[Step]:
    """The pages of a party; the signers only for who is under 18, or employed."""
    asks_signers = party == Party.CANDIDATE and (is_minor(agreement) or is_employed(agreement))
    return [it for it in STEPS if it.party == party and (it is not YOUR_SIGNERS or asks_signers)]


def is_written(agreement: Agreement, step: Step) -> bool:
    """Does the party's part say all that this step must?"""
    data = agreement.data_of(step.party)
    needs = step.needs
    if step is YOUR_SIGNERS:
        needs += REPRESENTATIVE_NEEDS if is_minor(agreement) else ()
        needs += EMPLOYER_NEEDS if is_employed(agreement) else ()
    return step.slug in data.get("steps", []) and all(data.get(name) for name in needs)


def to_repair(agreement: Agreement, step: Step, findings: tuple[Finding, ...]) -> list[Finding]:
    """What stops the agreement and can be repaired on this page. What is signalled needs a why."""
    said_why = bool(agreement.data_of(Party.COMPANY).get("why", "").strip())
    stopping = refused(findings) + ([] if said_why else signalled(findings))
    return [finding for finding in stopping if step.field_of(finding) is not None]


def next_step(agreement: Agreement, party: str) -> Step | None:
    """Where one resumes: the first page that is not written, else the first to repair."""
    steps = steps_of(agreement, party)
    for step in steps:
        if not is_written(agreement, step):
            return step
    findings = findings_of(agreement)
    return next((step for step in steps if to_repair(agreement, step, findings)), None)


def owes_a_page(parts: dict[str, dict[str, Any]]) -> bool:
    """Is a page that every agreement has not saved yet? `parts` are the data by party. Sooner known than `is_whole`."""
    always = (step for step in STEPS if step is not YOUR_SIGNERS)
    return any(step.slug not in parts.get(step.party, {}).get("steps", []) for step in always)


def is_whole(agreement: Agreement) -> bool:
    """Nothing is missing, nothing is refused: the text may be frozen."""
    return all(next_step(agreement, party) is None for party in Party.values)
