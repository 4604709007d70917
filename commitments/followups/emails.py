"""« Où en êtes-vous ? », to the person, then to whoever accompanies them."""

from django.conf import settings
from django.urls import reverse

from accounts.roles import ADVISOR, CANDIDATE
from commitments.contracts.emails import message
from commitments.followups.models import FollowUp, Moment
from commitments.projects.exits import Situation
from core.outbox import Message
from immersions.stays.people import advisors_of

WHEN = {
    Moment.END: "Votre parcours vient de s’achever",
    Moment.ONE_MONTH: "Un mois a passé",
    Moment.SIX_MONTHS: "Six mois ont passé",
    Moment.TWELVE_MONTHS: "Un an a passé",
}


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
        when=WHEN[Moment(row.moment)],
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
            when=WHEN[Moment(row.moment)].replace("Votre", "Le"),
            link=link,
        )
        for user in advisors_of(row.commitment.application)
    ]
