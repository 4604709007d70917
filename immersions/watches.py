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

WAITS = {  # Name: its wait in the table, what the Region's agents read. A need counts its own days (`needs.delay`).
    "application": (
        APPLICATION_WORKFLOW.wait(ApplicationStatus.SUBMITTED),
        "Réponse de l’entreprise à une candidature, depuis l’envoi",
    ),
    "dates": (PROPOSAL_WORKFLOW.wait(ProposalStatus.OPEN), "Réponse à des dates proposées"),
    "report": (REPORT_WORKFLOW.wait(ReportStatus.ASKED), "Bilan d’une immersion, depuis la fin"),
    "moderation": (OFFER_WORKFLOW.wait(OfferStatus.IN_MODERATION), "Lecture d’une offre par un agent"),
    "prepared": (
        PREPARED_WORKFLOW.wait(PreparedStatus.WAITING),
        "Candidature préparée par un conseiller, à envoyer par la personne",
    ),
    "settlement": (
        SETTLEMENT_WORKFLOW.wait(SettlementStatus.ASKED),
        "Absence contestée, à trancher par un agent",
    ),
}


def register() -> None:
    for name, (wait, title) in WAITS.items():
        let_regions_choose(name, wait, title=title)
    delay.register()
    for it in (APPLICATIONS, OFFERS, NEEDS, REPORTS, SETTLEMENTS, PREPARED):
        waits.watch(it)
