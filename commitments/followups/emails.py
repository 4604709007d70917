"""« Où en êtes-vous ? », to the person, then to whoever accompanies them."""

from django.conf import settings
from django.urls import reverse

from accounts.roles import ADVISOR, CANDIDATE
from commitments.contracts.emails import message
from commitments.followups.models import FollowUp, Moment
from commitments.projects.exits import ENDED, Situation
from commitments.projects.workflow import CommitmentStatus
from core.outbox import Message
from immersions.stays.people import advisors_of

WHEN = {
    Moment.END: "Votre formation vient de s’achever",
    Moment.ONE_MONTH: "Un mois a passé",
    Moment.SIX_MONTHS: "Six mois ont passé",
    Moment.TWELVE_MONTHS: "Un an a passé",
}

# The training was followed to its end before the path was over.
AFTER_ITS_END = (CommitmentStatus.HIRED, CommitmentStatus.DECLINED, CommitmentStatus.CONDITIONS_UNMET)


def when_words(row: FollowUp) -> str:
    """« Votre formation vient de s’achever », « Votre projet vient de s’arrêter », « Six mois ont passé »."""
    stopped = row.commitment.status in ENDED and row.commitment.status not in AFTER_ITS_END
    if row.moment == Moment.END and stopped:
        return "Votre projet vient de s’arrêter"
    return WHEN[Moment(row.moment)]


def asked(row: FollowUp, *, number: int = 0) -> Message:
    """One click per situation: the link shows, the page's own button acts."""
    link = settings.SITE_URL + reverse("commitments:follow_up_link", args=[row.token])
    choices = [{"label": str(it.label), "url": f"{link}?situation={it.value}"} for it in Situation]
    return message(
        row.commitment,
        "followup_asked",
        f"followup/{row.moment}/{number}",
        row.commitment.candidate.user,
        to_role=CANDIDATE,
        when=when_words(row),
        number=number,
        link=link,
        choices=choices,
    )


def to_advisors(row: FollowUp) -> list[Message]:
    link = settings.SITE_URL + reverse("commitments:follow_up", args=[row.commitment_id, row.moment])
    return [
        message(
            row.commitment,
            "followup_advisor",
            f"followup/{row.moment}/a{user.pk}",
            user,
            to_role=ADVISOR,
            when=row.get_moment_display(),
            link=link,
        )
        for user in advisors_of(row.commitment.application)
    ]
