from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "Demandeurs d’emploi"

    def ready(self) -> None:
        from accounts.arrivals import Arrival, expect
        from candidates.actions import become_candidate, erase_profile, export_profile
        from candidates.structures import registration as structures
        from core.personal_data import Keeper, keep

        expect(
            "candidate",
            Arrival(
                label="Une personne qui cherche un emploi",
                hint="pour essayer un métier",
                next_page="candidate_profile",
                begin=become_candidate,
            ),
        )
        keep(
            "candidates",
            Keeper(title="Profil", export=export_profile, erase=erase_profile),
        )
        structures.register()
