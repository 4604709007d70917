"""From « on continue » to a promise signed by both: what each step does, what it refuses."""

import pytest
from django.utils import timezone

from commitments.factories import (
    a_frozen_project,
    sign,
)
from core.models import OutgoingMessage

pytestmark = pytest.mark.django_db


def kinds():
    return list(OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True))


def test_two_halves_two_signatures_and_the_promise_is_sealed():
    world = a_frozen_project()
    assert world.commitment.versions.count() == 1
    sign(world, "candidate")
    assert world.commitment.status == "proposed"
    sign(world, "company")
    commitment = world.commitment
    assert (commitment.status, commitment.post_number, commitment.posts) == ("sealed", 1, 1)
    assert commitment.sealed_on == timezone.localdate()
    told = set(
        OutgoingMessage.objects.filter(kind="commitments/sealed").values_list("context__to_role", flat=True)
    )
    assert told == {"candidate", "company", "organisation", "advisor"}
