"""How a need begins and ends: offers join it when they lose their training, and leave it by themselves.

Locks: the offer (its caller holds it), then the need.
"""

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import french
from core.workflow import SYSTEM, apply
from immersions.needs.models import NeedOffer, TrainingNeed
from immersions.needs.workflow import CLOSE, NeedStatus
from immersions.offers.models import Offer
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask, EmploymentBasin

KIND = "training_need"


def join_need(offer: Offer, *, missing: str = "") -> TrainingNeed:
    """« Besoin de formation »: that of its trade and place, opened by the first offer. A locked offer."""
    need = _locked(offer)
    NeedOffer.objects.get_or_create(offer=offer, left_at=None, defaults={"need": need})
    _say_to_agents(need, missing)
    return need


def leave_need(offer: Offer, *, by: User | None = None) -> None:
    """This locked offer does not wait any more; with the last one, its need closes by itself."""
    need = TrainingNeed.objects.of_offer(offer).first()
    if need is None:
        return
    need.lock()
    NeedOffer.objects.filter(offer=offer, left_at=None).update(left_at=timezone.now())
    if need.shares.filter(left_at=None).exists():
        _say_to_agents(need)
        return
    apply(CLOSE, need, role=SYSTEM, by=None)
    outcome = f"Plus aucune offre n’attend : {offer.title} est {offer.get_status_display().lower()}."
    close_task_of(need, by=by, outcome=outcome)


def close_task_of(need: TrainingNeed, *, by: User | None, outcome: str) -> None:
    for task in AgentTask.objects.open().filter(unique_key=_key(need)):
        close_agent_task(task, by=by, outcome=outcome)


def admin_page(need: TrainingNeed) -> str:
    return reverse("admin:immersions_trainingneed_change", args=[need.pk])


def _locked(offer: Offer) -> TrainingNeed:
    """The open need of this trade and place, held. One that closes just now is not that one."""
    department = offer.commune.department
    basin = EmploymentBasin.objects.filter(
        epcis__communes=offer.commune_id, region=department.region_id
    ).first()
    place = {"basin": basin} if basin else {"basin": None, "department": department}
    while True:
        need, is_new = TrainingNeed.objects.get_or_create(
            occupation_id=offer.occupation_id,
            status=NeedStatus.OPEN,
            **place,
            defaults={"department": department},
        )
        if is_new:
            need.record("open", role=SYSTEM, by=None)
        need.lock()
        if need.is_open:
            return need


def title_of(need: TrainingNeed) -> str:
    """« Besoin de formation : Maçon / Maçonne, bassin de Metz, 2 postes »."""
    posts = TrainingNeed.objects.with_posts().get(pk=need.pk).posts  # type: ignore[attr-defined]
    return f"Besoin de formation : {need}, {french.counted(posts, 'poste')}"


def _say_to_agents(need: TrainingNeed, missing: str = "") -> None:
    """One line on the agents' list, whatever the number of offers."""
    if not need.is_open:
        return
    title = title_of(need)
    task = open_agent_task(
        KIND,
        title,
        key=_key(need),
        url=admin_page(need),
        detail=(
            f"{missing} Réponses possibles : une session rattachée à ce métier, une action "
            "collective avant embauche, une POEI, ou pas de solution."
        ).strip(),
        department=need.department,
        due_on=need.due_on,
    )
    AgentTask.objects.open().filter(pk=task.pk).exclude(title=title).update(title=title[:200])


def _key(need: TrainingNeed) -> str:
    return f"{KIND}:need:{need.pk}"
