from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes et entités légales"

    def ready(self) -> None:
        from accounts import actions
        from core.personal_data import Keeper, keep

        keep(
            "accounts",
            Keeper(
                title="Compte",
                export=actions.export_account,
                erase=actions.erase_personal_data,
                obstacle=actions.obstacle_to_erasing,
            ),
        )
