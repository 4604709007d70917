from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from candidates.structures import activity
        from core import waits
        from core.personal_data import Keeper, keep
        from immersions import personal_data
        from immersions.agreements.actions import open_agreement, reopen_agreement, void_agreement
        from immersions.agreements.verification import find as find_agreement
        from immersions.applications import followers
        from immersions.applications.for_advisors import lines_of
        from immersions.applications.watch import WATCH
        from immersions.dates.actions import void_dates
        from immersions.offers.watch import WATCH as OFFERS
        from immersions.stays.attestations import find as find_attestation
        from immersions.stays.sweeps import WATCH as REPORTS
        from immersions.verification import documents

        waits.watch(WATCH)
        waits.watch(OFFERS)
        waits.watch(REPORTS)
        documents("agreements", find_agreement)
        documents("attestations", find_attestation)
        activity.show("applications", lines_of)
        followers.follow(
            "agreements", booked=open_agreement, ended=void_agreement, moved=reopen_agreement
        )
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
