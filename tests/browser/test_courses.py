"""The pages of a training under way, read by everybody: axe, and nothing sticks out at 320 px."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.courses import absences, concerns, internships
from commitments.courses.factories import a_project_in_training, a_trained_project, an_admitted_person
from commitments.courses.models import CheckIn
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def in_the_middle():
    """Everything is there: an absence corrected, a stage next week, a check-in, a file to look after."""
    world = a_project_in_training(days=31, length=60)
    today = timezone.localdate()
    first = absences.declare_absence(
        world.request,
        by=world.trainer,
        kind="absence",
        first_day=today - dt.timedelta(days=3),
        last_day=today - dt.timedelta(days=2),
        reason="unjustified",
    )
    absences.declare_absence(
        world.request,
        by=world.trainer,
        kind="absence",
        first_day=first.first_day,
        last_day=first.last_day,
        reason="organisation",
        words="Le centre était fermé.",
        replaces=first,
    )
    starts = today + dt.timedelta(days=5)
    world.row = internships.plan_internship(
        world.request, by=world.trainer, starts_on=starts, ends_on=starts + dt.timedelta(days=11)
    )
    concerns.add_word(world.request, by=world.trainer, words="Très à l’aise à l’atelier.", asks_for_help=True)
    CheckIn.objects.update(status="asked")
    return world


def pages():
    """(address, who reads it)."""
    world = in_the_middle()
    pk, project = world.request.pk, world.commitment.pk
    session = an_admitted_person(session=world.request.session, validated=True).session
    token = CheckIn.objects.filter(side="candidate").first().token
    done = a_trained_project()

    def at(name, *args):
        return reverse(f"commitments:{name}", args=args)

    forms = ("course_not_come", "course_leave", "course_word", "course_absence", "internship_plan")
    return [
        ("/organisme/", world.trainer),
        (at("session_people", session.pk), world.trainer),
        (at("session_entries", session.pk), world.trainer),
        (at("course", pk), world.trainer),
        *[(at(name, pk), world.trainer) for name in forms],
        (at("internship_change", world.row.pk), world.trainer),
        (at("course_finish", done.request.pk), done.trainer),
        (at("course", done.request.pk), done.trainer),
        ("/candidat/", world.candidate),
        (at("my_course", pk), world.candidate),
        (at("my_course", done.request.pk), done.candidate),
        (at("check_in", token), None),
        ("/entreprise/", world.member),
        (at("future_employee", project), world.member),
        (at("internship_document", world.row.pk), world.member),
        ("/conseiller/", world.advisor),
        (at("followed_course", pk), world.advisor),
    ]


@pytest.mark.deep_too
def test_each_page_of_a_training_is_read_by_everybody(visit):
    for url, user in pages():
        assert faults(visit(url, user=user)) == [], url
