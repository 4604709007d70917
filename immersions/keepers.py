"""Every alcove of this room that keeps something about a person says so here, once."""

from core.personal_data import Keeper, keep
from immersions import personal_data
from immersions.appointments.personal_data import erase_appointments, export_appointments
from immersions.dates.personal_data import erase_dates, export_dates
from immersions.facilitee.personal_data import erase_external, export_external
from immersions.freed.personal_data import erase_waits, export_waits
from immersions.prepared.personal_data import erase_prepared, export_prepared
from immersions.settlements.personal_data import erase_settlements, export_settlements
from immersions.stays.personal_data import erase_stays, export_stays


def register() -> None:
    keep(
        "immersions",
        Keeper(
            title="Candidatures",
            export=personal_data.export_applications,
            erase=personal_data.erase_applications,
            obstacle=personal_data.obstacle_to_erasing,
        ),
    )
    keep("prepared", Keeper(title="Candidatures préparées", export=export_prepared, erase=erase_prepared))
    keep("freed", Keeper(title="Places attendues", export=export_waits, erase=erase_waits))
    keep("dates", Keeper(title="Changements de dates", export=export_dates, erase=erase_dates))
    keep("appointments", Keeper(title="Rendez-vous", export=export_appointments, erase=erase_appointments))
    keep(
        "facilitee",
        Keeper(title="Conventions d’Immersion Facilitée", export=export_external, erase=erase_external),
    )
    keep("stays", Keeper(title="Bilans et signalements", export=export_stays, erase=erase_stays))
    keep(
        "settlements",
        Keeper(title="Absences à trancher", export=export_settlements, erase=erase_settlements),
    )
