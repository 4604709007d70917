"""Here, or on Immersion Facilitée: never both. The structure's choice holds until somebody signs.

Which one it is: `AgreementQuerySet.with_channel`.
"""

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import Channel, Following, SupportStructure
from core.outbox import post
from core.rules import RuleBroken
from core.workflow import SYSTEM, apply
from immersions.agreements import emails
from immersions.agreements.models import Agreement, Part, Party
from immersions.agreements.workflow import REDIRECT, AgreementStatus
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus

MADE_THERE = (
    "La convention de cette immersion se fait sur Immersion Facilitée, par la structure qui accompagne la "
    "personne : il n’y a rien à remplir ni à signer ici."
)
MADE_HERE = (
    "La convention de cette immersion se fait ici : elle se remplit et se signe sur sa page, pas sur "
    "Immersion Facilitée."
)


def is_made_there(agreement: Agreement) -> bool:
    return Agreement.objects.with_channel().filter(pk=agreement.pk, made_there=True).exists()


def check_made_here(agreement: Agreement) -> None:
    """The caller holds the application."""
    if is_made_there(agreement):
        raise RuleBroken(MADE_THERE, code="made_there")


def check_made_there(application: Application) -> None:
    """The caller holds the application."""
    live = Agreement.objects.live().filter(application=application)
    if live.with_channel().filter(made_there=False).exists():
        raise RuleBroken(MADE_HERE, code="made_here")


def check_unsigned_here(application: Application) -> None:
    """Somebody has signed here: what is made there counts no more. The caller holds the application."""
    if Agreement.objects.live().filter(application=application).signed().exists():
        raise RuleBroken(MADE_HERE, code="made_here")


# --- Another way ---------------------------------------------------------------------------------
def tell_of_channel(structure: SupportStructure) -> None:
    """The structure makes its agreements elsewhere: whoever has one that nobody has signed is told."""
    people = Following.objects.live().filter(structure=structure).values("candidate")
    booked = Agreement.objects.to_do().filter(
        application__status=ApplicationStatus.BOOKED, application__candidate__in=people
    )
    is_there = structure.agreement_channel == Channel.IMMERSION_FACILITEE
    moved = booked.with_channel().filter(made_there=is_there)  # A signature has settled the others.
    for agreement in moved.exclude(pk__in=booked.signed()).for_page().order_by("pk"):
        for message in emails.channel_chosen(agreement, structure):
            post(message)


# --- Another structure ---------------------------------------------------------------------------
def hold_bookings_of(candidate: Candidate) -> None:
    rows = Application.objects.filter(candidate=candidate, status=ApplicationStatus.BOOKED)
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def redirect_agreements(
    candidate: Candidate, *, before: SupportStructure | None, after: SupportStructure, by: User | None
) -> None:
    """Nobody has signed: the new structure prescribes, in its own way. The caller holds the bookings."""
    booked = Agreement.objects.live().filter(
        application__candidate=candidate, application__status=ApplicationStatus.BOOKED
    )
    for agreement in booked.select_related("application__offer").order_by("application", "pk"):
        agreement.lock()
        if Agreement.objects.signed().filter(pk=agreement.pk).exists():
            continue  # The structure of the text stays.
        Part.objects.filter(agreement=agreement, party=Party.ADVISOR).update(data={})
        agreement.structure = agreement.advisor = None
        if agreement.status == AgreementStatus.TO_SIGN:
            apply(REDIRECT, agreement, role=SYSTEM, by=by)
        else:
            agreement.save(update_fields=["structure", "advisor"])
        if after.agreement_channel != (before.agreement_channel if before else Channel.HERE):
            for message in emails.channel_changed(agreement, after):
                post(message)
