"""Every lifecycle of this room that must not wait in silence, for the sweep of `core.waits`."""

from core import waits
from immersions.applications.watch import WATCH as APPLICATIONS
from immersions.applications.workflow import APPLICATION_WORKFLOW, ApplicationStatus
from immersions.dates.workflow import PROPOSAL_WORKFLOW, ProposalStatus
from immersions.needs import delay
from immersions.needs.watch import WATCH as NEEDS
from immersions.offers.watch import WATCH as OFFERS
from immersions.offers.workflow import OFFER_WORKFLOW, OfferStatus
from immersions.prepared.watch import WATCH as PREPARED
from immersions.prepared.workflow import PREPARED_WORKFLOW, PreparedStatus
from immersions.settlements.watch import WATCH as SETTLEMENTS
from immersions.settlements.workflow import SETTLEMENT_WORKFLOW, SettlementStatus
from immersions.stays.sweeps import WATCH as REPORTS
from immersions.stays.workflow import REPORT_WORKFLOW, ReportStatus
from territories.delays import let_regions_choose


def register() -> None:
    let_regions_choose(
        "application",
        APPLICATION_WORKFLOW.wait(ApplicationStatus.SUBMITTED),
        title="Réponse de l’entreprise à une candidature, depuis l’envoi",
    )
    let_regions_choose(
        "dates",
        PROPOSAL_WORKFLOW.wait(ProposalStatus.OPEN),
        title="Réponse à des dates proposées",
    )
    let_regions_choose(
        "report",
        REPORT_WORKFLOW.wait(ReportStatus.ASKED),
        title="Bilan d’une immersion, depuis la fin",
    )
    let_regions_choose(
        "moderation",
        OFFER_WORKFLOW.wait(OfferStatus.IN_MODERATION),
        title="Lecture d’une offre par un agent",
    )
    let_regions_choose(
        "prepared",
        PREPARED_WORKFLOW.wait(PreparedStatus.WAITING),
        title="Candidature préparée par un conseiller, à envoyer par la personne",
    )
    let_regions_choose(
        "settlement",
        SETTLEMENT_WORKFLOW.wait(SettlementStatus.ASKED),
        title="Absence contestée, à trancher par un agent",
    )
    delay.register()
    for it in (APPLICATIONS, OFFERS, NEEDS, REPORTS, SETTLEMENTS, PREPARED):
        waits.watch(it)
