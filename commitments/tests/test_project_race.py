"""Many sign at once: one live project per person, posts and seats never exceeded."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from commitments.factories import (
    a_frozen_project,
    a_proposal,
    a_session_for,
    bare,
    choose,
    reread,
    sign,
    write,
)
from commitments.projects import steps
from commitments.projects.actions import choose_session
from commitments.projects.halves import HiringPromise
from commitments.projects.models import Commitment
from commitments.projects.papers import record_paper
from commitments.projects.texts import CommitmentSignature
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from core.signing.scans import read_scan
from immersions.factories import OfferFactory
from immersions.stays.factories import a_stay
from tests.race import overlapping
from trainings.models import SessionSeats

pytestmark = pytest.mark.django_db(transaction=True)


def sealing(world):
    def act():
        sign(world, "company")

    return act


def ready_to_seal(stay, session):
    """Half written by hand: fifty of them cost less so."""
    world = a_proposal(application=stay, session=session, followed=False)
    one = {"commitment": world.commitment}
    HiringPromise.objects.filter(**one).update(
        steps=[step.slug for step in steps.STEPS],
        written_at=timezone.now(),
        legal_minimum_monthly=1800,
        signatory_name="Jeanne Muller",
        signatory_email="jeanne@example.org",
    )
    Commitment.objects.filter(pk=world.commitment.pk).update(
        starts_by=session.ends_on + dt.timedelta(days=30)
    )
    choose(world)
    sign(world, "candidate")
    return world


def one_of_many(world):
    try:
        sign(world, "company")
    except RuleBroken as refusal:
        return refusal.message
    finally:
        connection.close()
    return "sealed"


@pytest.mark.parametrize(("many", "seats"), [(12, 4), pytest.param(50, 10, marks=pytest.mark.deep)])
def test_of_many_sealings_at_once_exactly_as_many_hold_as_there_are_seats(many, seats):
    offer = OfferFactory(posts=many)
    session = a_session_for(offer, seats_total=seats, seats_left=seats)
    worlds = []
    for _ in range(many):
        stay = a_stay("completed", begins_in=-5, offer=offer)
        world = ready_to_seal(stay, session)
        worlds.append(world)
    with ThreadPoolExecutor(max_workers=16) as pool:
        said = list(pool.map(one_of_many, worlds))
    assert said.count("sealed") == seats
    assert set(said) == {"sealed", "Cette session est complète : choisissez-en une autre."}
    sealed = Commitment.objects.filter(status="sealed")
    assert sorted(sealed.values_list("post_number", flat=True)) == list(range(1, seats + 1))
    assert SessionSeats.objects.get(session=session).taken == seats


def test_two_projects_of_one_person_sealed_at_once_are_one():
    first = a_frozen_project()
    stay = a_stay("completed", begins_in=-9, candidate=first.application.candidate)
    second = a_frozen_project(application=stay)
    sign(first, "candidate")
    sign(second, "candidate")
    assert overlapping(sealing(first), sealing(second)) == "refused"
    assert Commitment.objects.filter(status="sealed").count() == 1
    assert reread(second.commitment).end_reason == "other_project"


def test_the_last_post_sealed_twice_at_once_is_taken_once():
    offer = OfferFactory(posts=1)
    session = a_session_for(offer)
    worlds = []
    for _ in range(2):
        world = a_frozen_project(
            application=a_stay("completed", begins_in=-5, offer=offer), session=session, followed=False
        )
        sign(world, "candidate")
        worlds.append(world)
    assert overlapping(sealing(worlds[0]), sealing(worlds[1])) == "refused"
    assert Commitment.objects.filter(status="sealed").count() == 1


def test_a_click_and_a_paper_for_the_same_person_at_once_are_one_signature(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = a_frozen_project()
    scan = read_scan(SimpleUploadedFile("scan.pdf", b"%PDF-1.7 une page %%EOF"))
    said = {"role": "candidate", "scan": scan, "by": world.advisor, "seen": 1, "evidence": Evidence()}
    paper = partial(record_paper, reread(world.commitment), **said)
    assert overlapping(lambda: sign(world, "candidate"), paper) == "refused"
    assert CommitmentSignature.objects.count() == 1
    assert not list(tmp_path.rglob("*.pdf"))


def test_both_halves_written_at_once_lose_no_word_and_make_one_text():
    world = a_proposal()
    opened_before = bare(world.commitment)
    assert (
        overlapping(
            lambda: write(world), lambda: choose_session(opened_before, world.session, by=world.candidate)
        )
        == "accepted"
    )
    whole = reread(world.commitment)
    assert whole.starts_by == world.session.ends_on + dt.timedelta(days=30)
    assert [version.starts_by for version in whole.versions.all()] == [whole.starts_by]


def test_both_sign_at_the_same_instant_it_is_sealed_once():
    world = a_frozen_project()
    outcome = overlapping(lambda: sign(world, "candidate"), sealing(world))
    assert outcome == "accepted"
    assert reread(world.commitment).status == "sealed"
    assert world.commitment.events.filter(transition="seal").count() == 1
