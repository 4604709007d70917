from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from core import waits
        from immersions.applications.watch import WATCH
        from immersions.offers.watch import WATCH as OFFERS

        waits.watch(WATCH)
        waits.watch(OFFERS)
