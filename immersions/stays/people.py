"""Who is told about a stay beside its two sides: the advisor, or the whole structure; the tutor."""

from accounts.models import User
from candidates.structures.models import Following
from immersions.agreements.models import Agreement, Party
from immersions.agreements.workflow import AgreementStatus
from immersions.applications.models import Application


def following_of(application: Application) -> Following | None:
    """The live follow-up of the person; None as long as nobody accompanies them."""
    live = Following.objects.live().filter(candidate=application.candidate_id)
    return live.select_related("structure__commune", "advisor").first()


def structure_members_of(application: Application) -> list[User]:
    """Every confirmed member of the structure: for what cannot wait for one person's return."""
    following = following_of(application)
    if following is None or following.structure.organisation_id is None:
        return []
    return list(following.structure.confirmed_members().order_by("pk"))


def advisors_of(application: Application) -> list[User]:
    """The person's own advisor, else every member of the structure."""
    following, members = following_of(application), structure_members_of(application)
    advisor = following.advisor if following else None
    return [advisor] if advisor in members else members


def tutor_of(application: Application) -> tuple[str, str]:
    """Name and address of the tutor, as the agreement says them; else the name in the offer."""
    agreement = Agreement.objects.filter(application=application, status=AgreementStatus.VALIDATED).last()
    if agreement is not None:
        said = agreement.data_of(Party.COMPANY)
        return said.get("tutor_name", ""), said.get("tutor_email", "")
    detail = getattr(application.offer, "detail", None)
    return (detail.tutor_name if detail else ""), ""
