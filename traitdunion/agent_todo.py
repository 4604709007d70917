"""What waits for an agent of the Region, on the first page of the admin."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from core import french
from core.models import MessageStatus, OutgoingMessage
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from territories.agents import departments_of
from territories.models import AgentTask


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: how many, what, and where one does it."""

    count: int
    words: str
    url: str
    late: int = 0

    @property
    def said(self) -> str:
        return french.agreed(self.count, self.words)


def waiting_for(user: User) -> list[Waiting]:
    """What `user` may do and somebody waits for, nothing that is done."""
    if not user.is_staff:
        return []
    offers = Offer.objects.in_territory_of(user).filter(status=OfferStatus.IN_MODERATION)
    tasks = AgentTask.objects.for_agent(user)
    places = departments_of(user).values_list("pk", flat=True)
    lost = OutgoingMessage.objects.in_scopes(places).filter(status=MessageStatus.FAILED)
    moderation = f"{reverse('admin:immersions_offer_changelist')}?status__exact={OfferStatus.IN_MODERATION}"
    failed = f"{reverse('admin:core_outgoingmessage_changelist')}?status__exact={MessageStatus.FAILED}"
    tasks_page = reverse("admin:territories_agenttask_changelist")
    lines = [
        Waiting(offers.count(), "offre(s) à relire", moderation),
        Waiting(tasks.open().count(), "tâche(s) à traiter", tasks_page, tasks.late().count()),
        Waiting(lost.count(), "message(s) qui n’(a|ont) pas pu partir", failed),
    ]
    return [line for line in lines if line.count]
