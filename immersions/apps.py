from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from candidates.structures import activity
        from companies.moves import follow_moves
        from core import waits
        from core.personal_data import Keeper, keep
        from immersions import personal_data
        from immersions.agreements import registration as agreements
        from immersions.applications import followers
        from immersions.applications.for_advisors import lines_of
        from immersions.applications.moved import tell_who_is_expected
        from immersions.applications.watch import WATCH
        from immersions.appointments.actions import cancel_with_application
        from immersions.dates.actions import void_dates
        from immersions.facilitee.actions import unconfirm_external
        from immersions.offers.watch import WATCH as OFFERS
        from immersions.offers.writing import follow_workplace
        from immersions.settlements.watch import WATCH as SETTLEMENTS
        from immersions.stays.attestations import find as find_attestation
        from immersions.stays.sweeps import WATCH as REPORTS
        from immersions.verification import documents

        follow_moves("offers", follow_workplace)
        follow_moves("applications", tell_who_is_expected)
        waits.watch(WATCH)
        waits.watch(OFFERS)
        waits.watch(REPORTS)
        waits.watch(SETTLEMENTS)
        agreements.register()
        documents("attestations", find_attestation)
        activity.show("applications", lines_of)
        followers.follow("facilitee", moved=unconfirm_external)
        followers.follow("dates", ended=void_dates)
        keep(
            "immersions",
            Keeper(
                title="Candidatures",
                export=personal_data.export_applications,
                erase=personal_data.erase_applications,
                obstacle=personal_data.obstacle_to_erasing,
            ),
        )
        followers.follow("appointments", ended=cancel_with_application)
