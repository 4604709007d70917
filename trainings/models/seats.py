"""How many seats of a session are taken here: one row per session, never more than it has.

The catalogue says what is left (`Session.seats_left`), and may say less tomorrow: that never takes a
seat away from somebody. So what is held here stands beside it, and the database counts.
"""

from django.db import models
from django.db.models import F, Q

from trainings.models.sessions import Session


class SessionSeats(models.Model):
    """`taken` of `places` seats: held by a sealed promise, or admitted. Written by `trainings.seats`."""

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="seats", verbose_name="session"
    )
    places = models.PositiveSmallIntegerField(
        "places", null=True, blank=True, help_text="Vide : la session ne dit pas combien elle en a."
    )
    taken = models.PositiveSmallIntegerField("places prises", default=0)

    class Meta:
        verbose_name = "places d’une session"
        verbose_name_plural = "places des sessions"
        constraints = [
            models.CheckConstraint(
                name="sessionseats_never_exceed_the_session",
                condition=Q(places=None) | Q(taken__lte=F("places")),
                violation_error_message="Cette session est complète : choisissez-en une autre.",
            ),
        ]

    def __str__(self) -> str:
        return f"places de la session {self.session_id}"

    @property
    def left(self) -> int | None:
        """None when the session does not say how many it has."""
        return None if self.places is None else self.places - self.taken
