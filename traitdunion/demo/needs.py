"""The training needs of the demo: one has its answer, the others wait for theirs. Which block teaches what."""

from accounts.models import User
from commitments.gaps import link_imports
from commitments.gaps.models import TaughtSkill
from immersions.needs.actions import answer_need
from immersions.needs.models import NeedOffer, TrainingNeed, TrainingNeedEvent
from immersions.needs.workflow import NeedAnswer
from immersions.offers.workflow import OfferStatus
from territories.models import AgentTask
from traitdunion.demo import accounts
from traitdunion.demo.past import Past
from traitdunion.demo.tables import HERE

ANSWERED = "D1202"  # The hairdresser of Metz.
WORDS = (
    "Dix places s’ouvrent à Metz en janvier, avec le CFA de la coiffure : réunion d’information le 10 décembre. "
    "Claire Petit, de la Région, vous appelle cette semaine."
)


def seed_needs(past: Past) -> None:
    """Opened by the offers themselves, when they were decided."""
    agent = User.objects.get(email=accounts.AGENT)
    fresh = NeedOffer.objects.filter(
        joined_at__gte=past.started, left_at=None, offer__status=OfferStatus.AWAITING_TRAINING
    )
    for share in fresh.select_related("need", "offer"):
        need, moment = share.need, share.offer.status_since
        past.move(moment, TrainingNeed, "id", need.pk)
        past.move(moment, TrainingNeedEvent, "need_id", need.pk)
        past.move(moment, NeedOffer, "id", share.pk)
        need.refresh_from_db()
        AgentTask.objects.filter(unique_key__endswith=f":need:{need.pk}").update(
            created_at=moment, due_on=need.due_on
        )
        if need.occupation_id == ANSWERED and need.is_open:
            answer_need(need, by=agent, answer=NeedAnswer.COLLECTIVE, words=WORDS)
            answered = past.moment(1, "need answered")
            past.move(answered, TrainingNeed, "id", need.pk)
            past.move(answered, TrainingNeedEvent, "need_id", need.pk)
            past.move_messages(answered)


def seed_skill_links() -> None:
    """Our own links, for our own grids and blocks; what an agent has changed since stays."""
    if not TaughtSkill.objects.exists():
        with (HERE / "skill_links.csv").open(encoding="utf-8", newline="") as file:
            link_imports.follow(file, wet_run=True)
