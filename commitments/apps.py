from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = "Projets emploi-formation"

    def ready(self) -> None:
        """Each alcove registers what it watches, keeps and listens to."""
        from commitments import registration

        registration.register()
