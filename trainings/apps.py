from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = "Formations"

    def ready(self) -> None:
        from trainings.organisations import registration as organisations

        organisations.register()
