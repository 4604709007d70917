from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from core import waits
        from immersions.applications.watch import WATCH

        waits.watch(WATCH)
