from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from companies.moves import follow_moves
        from core import waits
        from core.personal_data import Keeper, keep
        from immersions import personal_data
        from immersions.applications.watch import WATCH
        from immersions.offers.watch import WATCH as OFFERS
        from immersions.offers.writing import follow_workplace

        follow_moves("offers", follow_workplace)
        waits.watch(WATCH)
        waits.watch(OFFERS)
        keep(
            "immersions",
            Keeper(
                title="Candidatures",
                export=personal_data.export_applications,
                erase=personal_data.erase_applications,
                obstacle=personal_data.obstacle_to_erasing,
            ),
        )
