"""Members of legal entities whom an agent must check: the task, and what closes it."""

from django.db import transaction
from django.urls import reverse

from accounts.members import actions as members
from accounts.models import Membership, Organisation, User
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask, Department

TASK = "confirm_membership"


@transaction.atomic
def enter(organisation: Organisation, *, by: User, department: Department | None) -> Membership:
    """« Je travaille ici. » The first opens the space, the next ones ask to join it; an agent
    checks when nobody there can.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.memberships.active().exists():
        membership = members.request_to_join(organisation, by=by)
        needs_agent = not Membership.objects.managing().filter(organisation=organisation).exists()
    else:
        membership = members.add_first_member(organisation, by)
        needs_agent = True
    if needs_agent:
        ask_agent_to_confirm(membership, department=department)
    return membership


def ask_agent_to_confirm(membership: Membership, *, department: Department | None) -> None:
    """Nobody in the house can say who this is: an agent does."""
    if membership.confirmed_at:
        return
    organisation = membership.organisation
    open_agent_task(
        TASK,
        f"Vérifier qui agit pour « {organisation.name} »",
        key=_task_key(membership),
        url=reverse("admin:accounts_membership_changelist") + f"?organisation__id__exact={organisation.pk}",
        detail=f"SIRET {organisation.siret}. Appelez à un numéro trouvé ailleurs, puis confirmez.",
        department=department,
    )


def _task_key(membership: Membership) -> str:
    moment = membership.asked_at or membership.created_at
    return f"{TASK}:{membership.pk}:{moment.timestamp():.0f}"


@transaction.atomic
def confirm_member(membership: Membership, *, by: User, how: str = Membership.ConfirmedBy.AGENT) -> None:
    """« Cette personne est bien de la maison. » Whoever was asked to check has nothing left to do."""
    if membership.asked_at:
        members.accept_member(membership, by=by)
    else:
        members.confirm_membership(membership, by=by, how=how)
    prefix = f"{TASK}:{membership.pk}:"
    for task in AgentTask.objects.open().filter(unique_key__startswith=prefix):
        close_agent_task(task, by=by, outcome="Membre confirmé.")
