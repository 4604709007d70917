from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    verbose_name = "Entreprises"

    def ready(self) -> None:
        from accounts.arrivals import Arrival, expect

        expect(
            "company",
            Arrival(
                label="Entreprise",
                hint="j’accueille et je recrute",
                next_page="companies:create",
            ),
        )
