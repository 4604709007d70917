from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from candidates.structures import activity
        from core import waits
        from immersions.agreements.actions import open_agreement, void_agreement
        from immersions.applications import followers
        from immersions.applications.for_advisors import lines_of
        from immersions.applications.watch import WATCH
        from immersions.offers.watch import WATCH as OFFERS

        waits.watch(WATCH)
        waits.watch(OFFERS)
        activity.show("applications", lines_of)
        followers.follow("agreements", booked=open_agreement, ended=void_agreement)
