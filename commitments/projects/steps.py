"""The company's half, page by page: what each page must say before the text is frozen."""

from dataclasses import dataclass

from commitments.projects.models import Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    slug: str
    title: str
    fields: tuple[str, ...]
    on_commitment: tuple[str, ...] = ()
    """Those that stand on the project itself, beside the promise."""


JOB = Step(
    slug="poste",
    title="Le poste et le salaire",
    fields=("job_title", "place", "hours_weekly", "pay_gross_monthly", "contract"),
    on_commitment=("posts",),
)
CONTRACT = Step(
    slug="contrat",
    title="Le contrat et la date",
    fields=("months", "fixed_term_reason", "within_months"),
    on_commitment=("starts_by",),
)
CONDITIONS = Step(
    slug="conditions",
    title="Les conditions",
    fields=("conditions", "certification", "licence"),
)
SIGNATORY = Step(
    slug="signature",
    title="Qui signe, qui accompagne",
    fields=("carrier", "carrier_name", "carrier_siret", "signatory_name", "signatory_email"),
    on_commitment=("sponsor_name", "sponsor_contact"),
)
STEPS = (JOB, CONTRACT, CONDITIONS, SIGNATORY)


def missing_steps(commitment: Commitment) -> list[Step]:
    return [step for step in STEPS if step.slug not in commitment.promise.steps]


def next_step(commitment: Commitment) -> Step | None:
    """Where the company resumes."""
    return next(iter(missing_steps(commitment)), None)
