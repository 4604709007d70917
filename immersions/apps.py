from django.apps import AppConfig


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = "Immersions"

    def ready(self) -> None:
        from candidates.structures import activity
        from companies.moves import follow_moves
        from core.verification import documents
        from immersions import keepers, watches
        from immersions.agreements import registration as agreements
        from immersions.applications import followers
        from immersions.applications.for_advisors import lines_of
        from immersions.applications.moved import tell_who_is_expected
        from immersions.appointments.actions import cancel_with_application
        from immersions.dates.actions import void_dates
        from immersions.facilitee.actions import unconfirm_external
        from immersions.offers.search import asked_like
        from immersions.offers.writing import follow_workplace
        from immersions.prepared.showing import lines_of as prepared_lines
        from immersions.stays.attestations import find as find_attestation
        from trainings.search import ways_out

        follow_moves("offers", follow_workplace)
        follow_moves("applications", tell_who_is_expected)
        ways_out.try_first("offers", asked_like)
        watches.register()
        agreements.register()
        documents("attestations", find_attestation)
        activity.show("applications", lines_of)
        activity.show("prepared", prepared_lines)
        followers.follow("facilitee", moved=unconfirm_external)
        followers.follow("dates", ended=void_dates)
        followers.follow("appointments", ended=cancel_with_application)
        keepers.register()
