"""Every lifecycle of this room that must not wait in silence, for the sweep of `core.waits`."""

from core import waits
from immersions.applications.watch import WATCH as APPLICATIONS
from immersions.applications.workflow import APPLICATION_WORKFLOW, ApplicationStatus
from immersions.needs import delay
from immersions.needs.watch import WATCH as NEEDS
from immersions.offers.watch import WATCH as OFFERS
from immersions.prepared.watch import WATCH as PREPARED
from immersions.settlements.watch import WATCH as SETTLEMENTS
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
        "report",
        REPORT_WORKFLOW.wait(ReportStatus.ASKED),
        title="Bilan d’une immersion, depuis la fin",
    )
    delay.register()
    for it in (APPLICATIONS, OFFERS, NEEDS, REPORTS, SETTLEMENTS, PREPARED):
        waits.watch(it)
