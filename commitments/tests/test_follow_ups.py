"""« Où en êtes-vous ? » : planned for everybody, asked on the day, answered in one click, unknown if not."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from commitments.contracts.factories import a_hired_person, a_trained_project, an_accepted_contract
from commitments.factories import a_broken_promise, a_sealed_project, reread
from commitments.followups import actions
from commitments.followups.actions import Answer
from commitments.followups.models import FollowUp, FollowUpAnswer
from commitments.followups.workflow import FOLLOW_UP_WORKFLOW, FollowUpStatus
from commitments.projects import ending
from commitments.tasks import follow_contracts
from core.aging import make_older
from core.models import OutgoingMessage
from core.personal_data import erase_all, export_all
from core.rules import RuleBroken
from core.waits import sweep_all
from territories.models import AgentTask
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
LOOKING = Answer(situation="looking")
_made, sealed = made_once(a_sealed_project)


def moments():
    return dict(FollowUp.objects.values_list("moment", "status"))


def ask(world):
    follow_contracts()
    return world, FollowUp.objects.get(moment="end")


@pytest.fixture
def broken(sealed):
    return a_broken_promise(world=sealed)


@pytest.fixture
def asked(broken):
    return ask(broken)


class TestPlanning:
    def test_four_moments_from_the_end_of_the_training_and_the_first_is_asked(self, sealed):
        world = a_trained_project(world=sealed)
        today = timezone.localdate()
        assert FollowUp.objects.get(moment="end").due_on == today
        assert FollowUp.objects.get(moment="m12").due_on.year == today.year + 1
        actions.ask_due()
        assert moments() == {"end": "asked", "m1": "to_come", "m6": "to_come", "m12": "to_come"}
        assert OutgoingMessage.objects.get(kind="commitments/followup_asked").to == world.candidate.email

    def test_also_for_a_path_that_stopped_and_once(self, broken):
        assert FollowUp.objects.count() == 4
        assert actions.plan_missing() == 0

    def test_the_sweep_plans_what_is_missing_and_nothing_before_the_end(self, sealed):
        assert actions.plan_missing() == 0
        type(sealed.commitment).objects.update(
            status="dropped_out",
            end_reason="other",
            ended_by="system",
            exit_type="looking",
            exit_said_by="system",
        )
        assert (actions.plan_missing(), actions.plan_missing()) == (1, 0)

    def test_what_was_said_while_leaving_is_not_asked_again(self, sealed):
        ending.withdraw_from(sealed.commitment, by=sealed.candidate, reason="travel", situation="training")
        row = FollowUp.objects.get(moment="end")
        assert (row.status, row.situation, row.said_by) == ("answered", "training", "candidate")
        actions.ask_due()
        assert not OutgoingMessage.objects.filter(kind="commitments/followup_asked").exists()

    def test_after_a_long_stop_only_the_last_one_is_asked(self, broken):
        make_older(200)
        actions.ask_due()
        assert moments() == {"end": "unknown", "m1": "unknown", "m6": "asked", "m12": "to_come"}


class TestSilence:
    def test_two_reminders_then_the_advisor_then_unknown_and_visible(self, client, asked):
        world, row = asked
        letters = OutgoingMessage.objects.filter(kind="commitments/followup_asked")
        for days, count in ((7, 2), (7, 3)):
            make_older(days)
            sweep_all()
            assert letters.count() == count
        client.force_login(world.advisor)
        assert "Où en est" not in client.get(reverse("advisor_space")).text
        make_older(7)
        sweep_all()
        assert OutgoingMessage.objects.filter(
            kind="commitments/followup_advisor", to=world.advisor.email
        ).exists()
        assert "Où en est" in client.get(reverse("advisor_space")).text
        make_older(24)
        sweep_all()
        row.refresh_from_db()
        assert row.status == "unknown"
        at_end = FollowUp.objects.at("end")
        assert (at_end.due().count(), at_end.unknown().count(), at_end.with_situation().count()) == (1, 1, 0)

    def test_nobody_accompanies_an_agent_is_asked(self):
        ask(a_broken_promise(followed=False))
        make_older(21)
        sweep_all()
        assert AgentTask.objects.filter(kind="followup_missing").exists()

    def test_a_late_answer_is_still_welcome(self, asked):
        world, row = asked
        make_older(50)
        sweep_all()
        row.refresh_from_db()
        actions.give_answer(row, LOOKING, by=world.candidate)
        assert row.status == "answered"


class TestAnswers:
    def test_a_get_of_the_mailed_link_shows_and_only_a_post_answers(self, client, asked):
        _, row = asked
        letter = OutgoingMessage.objects.get(kind="commitments/followup_asked")
        url = letter.context["choices"][0]["url"]
        assert url.endswith("?situation=there")
        page = client.get(url).text
        assert 'value="there"' in page
        assert "checked" in page
        assert not FollowUpAnswer.objects.exists()
        client.post(url, {"situation": "there", "satisfaction": "4", "same_trade": "yes"})
        row.refresh_from_db()
        assert (row.status, row.situation, row.satisfaction, row.same_trade) == (
            "answered",
            "there",
            4,
            "yes",
        )
        assert row.events.last().data == {"by": "link"}
        assert (
            render_to_string("emails/commitments/followup_asked.html", letter.context).count("situation=")
            == 9
        )

    def test_a_link_lasts_three_months_and_an_unknown_one_opens_nothing(self, client, asked):
        _, row = asked
        url = reverse("commitments:follow_up_link", args=[row.token])
        later = FollowUp.objects.get(moment="m12")
        assert client.get(reverse("commitments:follow_up_link", args=[later.token])).status_code == 404
        assert client.get(reverse("commitments:follow_up_link", args=["made-up"])).status_code == 404
        make_older(91)
        assert client.get(url).status_code == 410
        assert client.post(url, {"situation": "there"}).status_code == 410
        with pytest.raises(PermissionDenied):
            actions.give_answer(FollowUp.objects.get(pk=row.pk), LOOKING, by=None)

    def test_nothing_is_answered_by_a_forged_link_nor_for_somebody_who_left(self, client, sealed):
        world, row = ask(a_hired_person(world=an_accepted_contract(world=sealed)))
        link, own = reverse("commitments:follow_up_link", args=[row.token]), {"situation": "there"}
        forged = reverse("commitments:follow_up_link", args=[row.token[:-1] + "_"])
        assert client.post(forged, own).status_code == 404
        client.force_login(world.member)
        theirs = reverse("commitments:follow_up", args=[world.commitment.pk, "end"])
        assert client.post(theirs, {"situation": "looking"}).status_code == 200  # Not a company's to say.
        erase_all(world.candidate)
        assert client.post(link, own).status_code == 404
        assert client.post(theirs, own).status_code == 403
        assert not FollowUpAnswer.objects.exists()

    def test_two_different_answers_are_two_rows_and_the_last_one_prevails(self, asked):
        world, row = asked
        for said in ("looking", "looking", "training"):
            actions.give_answer(row, Answer(situation=said), by=world.candidate)
        assert list(row.answers.values_list("situation", flat=True)) == ["looking", "training"]
        assert row.situation == "training"

    def test_the_person_s_own_word_prevails_and_every_word_is_kept(self, client, asked):
        world, row = asked
        actions.give_answer(row, LOOKING, by=world.advisor)
        client.force_login(world.candidate)
        page = client.get(reverse("commitments:follow_ups", args=[world.commitment.pk])).text
        assert "votre conseiller, le" in page
        assert "Corriger ou compléter" not in page  # Another's answer is not hers to correct.
        assert (row.situation, row.said_by) == ("looking", "advisor")
        actions.give_answer(row, Answer(situation="elsewhere", satisfaction=3), by=world.candidate)
        actions.give_answer(row, Answer(situation="inactive"), by=world.advisor)
        row.refresh_from_db()
        assert (row.situation, row.satisfaction, row.said_by) == ("elsewhere", 3, "candidate")
        said = list(row.answers.values_list("said_by", "situation"))
        assert said == [("advisor", "looking"), ("candidate", "elsewhere"), ("advisor", "inactive")]

    def test_a_company_says_it_of_whom_it_hired_and_never_what_they_think(self, client, sealed):
        world = a_hired_person(world=an_accepted_contract(world=sealed))
        actions.ask_due()
        row = FollowUp.objects.get(moment="end")
        actions.give_answer(row, Answer(situation="there", satisfaction=1), by=world.candidate)
        actions.give_answer(row, Answer(situation="there"), by=world.member)
        for wrong in (LOOKING, Answer(situation="there", same_trade="no")):
            with pytest.raises(RuleBroken):
                actions.give_answer(row, wrong, by=world.member)
        client.force_login(world.member)
        page = client.get(reverse("commitments:follow_ups", args=[world.commitment.pk])).text
        assert "l’entreprise" in page
        assert "Déçu" not in page
        assert "Dans l’entreprise qui a fait la promesse" in page, "« m’a fait » is the person’s own to read"
        assert "réponse comptée" not in page, "the person’s own counts"
        client.force_login(world.candidate)
        page = client.get(reverse("commitments:follow_ups", args=[world.commitment.pk])).text
        assert page.count("réponse comptée") == 1
        assert page.index("Déçu") < page.index("réponse comptée") < page.rindex("l’entreprise, le")

    def test_a_company_that_broke_its_promise_reads_and_says_nothing(self, client, asked):
        world, row = asked
        with pytest.raises(PermissionDenied):
            actions.give_answer(row, Answer(situation="there"), by=world.member)
        client.force_login(world.member)
        assert client.get(reverse("commitments:follow_ups", args=[world.commitment.pk])).status_code == 404

    def test_wrong_answers_have_their_sentence(self, client, asked):
        world, row = asked
        for wrong in ("", "rich"):
            with pytest.raises(RuleBroken, match="situation dans la liste"):
                actions.give_answer(row, Answer(situation=wrong), by=world.candidate)
        for wrong in ({"satisfaction": 9}, {"same_trade": "maybe"}, {"same_training": "maybe"}):
            with pytest.raises(RuleBroken, match="réponse dans la liste"):
                actions.give_answer(row, Answer(situation="there", **wrong), by=world.candidate)
        client.force_login(world.candidate)
        url = reverse("commitments:follow_up", args=[world.commitment.pk, "end"])
        assert "Choisissez une réponse" in client.post(url, {}).text
        assert not FollowUpAnswer.objects.exists()

    def test_it_stands_on_the_person_s_dashboard_and_goes_away(self, client, asked):
        world, row = asked
        client.force_login(world.candidate)
        assert "Où en êtes-vous ?" in client.get(reverse("candidate_space")).text
        url = reverse("commitments:follow_up", args=[world.commitment.pk, row.moment])
        assert "c’est noté" in client.post(url, {"situation": "looking"}, follow=True).text
        assert "Où en êtes-vous ?" not in client.get(reverse("candidate_space")).text


DO = {
    "answer": lambda row, by: actions.give_answer(row, LOOKING, by=by),
    "correct": lambda row, by: actions.give_answer(row, Answer(situation="inactive"), by=by),
}


def test_every_status_and_role_answers_as_the_table_says(asked):
    world, row = asked
    people = {"candidate": world.candidate, "advisor": world.advisor, "company": world.member}
    for status, role in itertools.product(FollowUpStatus.values, people):
        facts = {"situation": "training", "said_by": "advisor"} if status == "answered" else {}
        FollowUp.objects.filter(pk=row.pk).update(
            **{"status": status, "situation": "", "said_by": "", **facts}
        )
        event = "correct" if status == "answered" else "answer"
        with transaction.atomic():
            decided = FOLLOW_UP_WORKFLOW.is_decided(event, status, role)
            if decided and role != "company":  # Hired people only: see above.
                DO[event](FollowUp.objects.get(pk=row.pk), people[role])
                assert row.events.filter(transition=event, role=role).exists()
            else:
                with pytest.raises((RuleBroken, PermissionDenied)):
                    DO[event](FollowUp.objects.get(pk=row.pk), people[role])
            transaction.set_rollback(True)


def test_export_says_all_and_leaving_stops_the_questions(asked):
    world, row = asked
    actions.give_answer(row, LOOKING, by=world.candidate)
    said = export_all(world.candidate)["Suivi"]
    assert said[0]["réponses"][0]["situation"] == "En recherche d’emploi"
    erase_all(world.candidate)
    assert set(moments().values()) == {"answered", "unknown"}
    assert FollowUpAnswer.objects.get().user is None


def test_five_years_later_outcomes_have_no_author(asked):
    world, row = asked
    actions.give_answer(row, LOOKING, by=world.candidate)
    assert actions.forget_old() == 0
    FollowUp.objects.update(due_on=timezone.localdate() - dt.timedelta(days=1827))
    assert actions.forget_old() == 1
    assert FollowUpAnswer.objects.get().situation == "looking"
    assert reread(world.commitment).exit_type == "looking"
