from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "territories"
    verbose_name = "Territoires et métiers"

    def ready(self) -> None:
        from accounts.roles import AGENT
        from core.workflow import Wait
        from territories.delays import AGENT_TASK, let_regions_choose

        usual = Wait(status="open", owner=AGENT, end=5)
        let_regions_choose(
            AGENT_TASK, usual, title="Date limite de ce qui revient à un agent, quand rien d’autre ne presse"
        )
