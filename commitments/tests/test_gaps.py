"""What is left to learn: the grid less what tutors attested, the blocks that teach it, where."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from commitments.gaps import link_imports
from commitments.gaps.gap import gap_of
from commitments.gaps.models import TaughtSkill
from immersions.applications.models import Application
from immersions.factories import OfferFactory
from immersions.stays.attestations import issue
from immersions.stays.factories import a_report, a_stay
from immersions.stays.grids import grid_of
from immersions.stays.models import Level, Observation, Report
from territories.factories import OccupationFactory
from trainings.factories import SessionFactory, SkillBlockFactory

pytestmark = pytest.mark.django_db

WALL, PLAN, MORTAR = (
    "Monter un rang droit et d’aplomb",
    "Lire un plan simple",
    "Préparer un mortier au bon dosage",
)


def attested(levels: dict[str, int], *, candidate=None, **offer) -> Application:
    """A completed immersion of a mason, and what its tutor has seen."""
    person = {"candidate": candidate} if candidate else {}
    stay = a_stay("completed", begins_in=-5, offer=OfferFactory(**offer), **person)
    report = a_report("company", application=stay, came="yes", fits="yes", goes_on="yes")
    Report.objects.filter(pk=report.pk).update(
        status="given", given_at=report.asked_at, words="Très bien.", goes_on="yes"
    )
    for order, (skill, level) in enumerate(levels.items()):
        Observation.objects.create(report=report, skill=skill, level=level, order=order)
    issue(report)
    return Application.objects.for_page().get(pk=stay.pk)


@pytest.fixture
def blocks():
    mason = OccupationFactory()
    wall, plaster = SkillBlockFactory(title="Monter un mur"), SkillBlockFactory(title="Enduire")
    for skill, block in ((PLAN, wall), (WALL, wall), (MORTAR, plaster)):
        TaughtSkill.objects.create(occupation=mason, skill=skill, block=block)
    return wall, plaster


def test_what_was_done_alone_is_known_and_the_rest_leads_to_its_blocks_and_sessions(blocks):
    wall, plaster = blocks
    mason = OccupationFactory()
    far = SessionFactory(
        action__in_nancy=True, action__training__leads_to=[mason], action__training__teaches=[wall, plaster]
    )
    near = SessionFactory(action__training__teaches=[wall])
    SessionFactory(action__unfunded=True, action__training__teaches=[wall])
    gap = gap_of(attested({WALL: Level.ALONE, PLAN: Level.WITH_HELP}))
    assert [it.text for it in gap.known] == [WALL]
    assert {it.text: it.said for it in gap.to_learn}[PLAN] == "Déjà fait, avec de l’aide"
    assert {it.block.title: it.skills for it in gap.blocks} == {"Monter un mur": [PLAN], "Enduire": [MORTAR]}
    ways = {
        it.block.title: [(way.session, way.is_one_block, way.leads_here) for way in it.ways]
        for it in gap.blocks
    }
    assert ways["Monter un mur"] == [(near, True, False), (far, False, True)]
    assert ways["Enduire"] == [(far, False, True)]
    assert "Porter les protections demandées" in gap.elsewhere


def test_another_immersion_of_this_trade_counts_for_the_person_and_not_for_the_company(blocks):
    here = attested({WALL: Level.ALONE})
    attested({PLAN: Level.ALONE}, candidate=here.candidate)
    attested({MORTAR: Level.ALONE}, candidate=here.candidate, occupation=OccupationFactory(welder=True))
    assert {it.text for it in gap_of(here).known} == {WALL, PLAN}
    assert [it.text for it in gap_of(here, for_company=True).known] == [WALL]


def test_without_any_block_everything_left_is_learnt_at_work():
    gap = gap_of(attested({WALL: Level.ALONE}))
    assert gap.blocks == []
    assert gap.elsewhere == [it.text for it in gap.to_learn]


def test_nothing_observed_and_a_grid_of_no_trade_still_make_a_page(client):
    stay = a_stay("completed", begins_in=-5, offer=OfferFactory(occupation=OccupationFactory(code="F1799")))
    client.force_login(stay.candidate.user)
    page = client.get(reverse("commitments:gap", args=[stay.pk]))
    assertContains(page, "Rien n’est encore attesté.")
    assertContains(page, grid_of("F1799")[0])


def test_before_the_end_there_is_no_such_page(client):
    stay = a_stay("in_progress", begins_in=-1)
    client.force_login(stay.candidate.user)
    assert client.get(reverse("commitments:gap", args=[stay.pk])).status_code == 404


def test_the_queries_are_the_same_for_one_session_and_for_many(blocks, django_assert_num_queries):
    stay = attested({WALL: Level.ALONE})
    SessionFactory(action__training__teaches=blocks)
    with django_assert_num_queries(6):  # What the road costs here: once in a while.
        gap_of(stay)
    for _ in range(4):
        SessionFactory(action__training__teaches=blocks)
    with django_assert_num_queries(5):
        gap = gap_of(stay)
    assert [len(it.ways) for it in gap.blocks] == [3, 3]


def test_each_reader_sees_what_is_theirs(client, blocks):
    SessionFactory(action__training__teaches=blocks)
    stay = attested({WALL: Level.ALONE, PLAN: Level.DISCOVERED})
    Report.objects.update(words="Un mot qui reste dans le bilan.")
    client.force_login(stay.candidate.user)
    page = client.get(reverse("commitments:gap", args=[stay.pk]))
    assertContains(page, "Ce que vous savez déjà faire")
    assertContains(page, "Demander une place")
    client.force_login(stay.offer.company.confirmed_members().get())
    page = client.get(reverse("commitments:received_gap", args=[stay.pk]))
    assertContains(page, WALL)
    for hidden in ("Demander une place", "Un mot qui reste", "aller-retour"):
        assertNotContains(page, hidden)
    shown = reverse("immersions:received_application", args=[stay.pk])
    assertContains(client.get(shown), reverse("commitments:received_gap", args=[stay.pk]))


def test_a_file_says_all_the_links_of_an_occupation_twice_the_same(blocks):
    wall, plaster = blocks
    text = f"code,skill,block\nF1703,{WALL},{plaster.code}\nF1703,  monter un rang droit et d’aplomb,{wall.code}\n"
    dry = link_imports.follow(io.StringIO(text), wet_run=False)
    assert (dry.created, dry.changed) == (1, 2)
    assert TaughtSkill.objects.count() == 3
    link_imports.follow(io.StringIO(text), wet_run=True)
    again = link_imports.follow(io.StringIO(text), wet_run=True)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert set(TaughtSkill.objects.values_list("skill", "block")) == {(WALL, wall.pk), (WALL, plaster.pk)}


def test_a_line_of_no_trade_no_block_or_no_such_skill_is_refused_with_its_reason(blocks):
    lines = f"Z9999,{WALL},{blocks[0].code}\nF1703,{WALL},RIEN\nF1703,Voler,{blocks[0].code}\n"
    good = "".join(f"F1703,{skill},{blocks[0].code}\n" for skill in (WALL, PLAN, MORTAR))
    report = link_imports.follow(io.StringIO(f"code,skill,block\n{good}{lines}"), wet_run=True)
    assert report.refused == 3
    assert TaughtSkill.objects.count() == 3


def test_an_agent_cannot_link_a_skill_that_is_not_in_the_grid(blocks):
    link = TaughtSkill(occupation=OccupationFactory(), skill="Voler", block=blocks[0])
    with pytest.raises(ValidationError, match="pas dans la grille"):
        link.full_clean()
