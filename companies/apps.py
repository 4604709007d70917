from typing import Any

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    verbose_name = "Entreprises"

    def ready(self) -> None:
        from accounts.arrivals import Arrival, expect
        from accounts.members.doors import Door, open_door
        from accounts.sight import see_organisations_through
        from companies.models import Company

        expect(
            "company",
            Arrival(
                label="Une entreprise",
                hint="pour accueillir et recruter",
                next_page="companies:create",
                order=1,
            ),
        )

        def organisations_of(user: Any) -> Any:
            return Company.objects.in_territory_of(user).values("organisation")

        see_organisations_through("companies", organisations_of)
        open_door(
            "companies",
            Door(
                is_for=lambda organisation: hasattr(organisation, "company"),
                space="company_space",
                members="companies:members",
            ),
        )
