"""Reports on both sides, what was observed, and the attestation that follows."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from candidates.factories import FollowingFactory
from core import verification
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.workflow import apply
from immersions.factories import OfferFactory
from immersions.stays.factories import a_report, a_stay
from immersions.stays.grids import ANY_TRADE, grid_of
from immersions.stays.models import Attestation, GridSkill, Level, Report
from immersions.stays.pdf import pdf_of
from immersions.stays.report_actions import Answers, close_report, give_report, observe_skills
from immersions.stays.workflow import CLOSE, GIVE, REPORT_WORKFLOW, ReportStatus
from immersions.tests.test_application_table import actor
from territories.factories import OccupationFactory

pytestmark = pytest.mark.django_db
GOOD = Answers(came="yes", fits="yes", goes_on="yes", half_days=4, words="Une belle équipe.")


def give(report, answers=GOOD):
    give_report(report, answers, by=actor(report.side, report.application))


def kinds():
    return [row.kind for row in OutgoingMessage.objects.order_by("pk")]


class TestTheTable:
    @pytest.mark.parametrize("transition", [GIVE, CLOSE])
    @pytest.mark.parametrize("role", ["candidate", "company", "advisor", "agent", "system"])
    @pytest.mark.parametrize("status", list(ReportStatus))
    def test_each_move_is_decided_by_the_table(self, status, role, transition):
        given = {"came": "yes", "fits": "yes", "goes_on": "yes", "given_at": timezone.now()}
        report = a_report(status=status, **given)
        if REPORT_WORKFLOW.is_decided(transition.name, status, role):
            apply(transition, report, role=role, by=None)
            assert report.status == transition.target
        else:
            with pytest.raises(RuleBroken):
                apply(transition, report, role=role, by=None)

    def test_one_report_per_side_whoever_writes(self):
        report = a_report()
        with pytest.raises(IntegrityError), transaction.atomic():
            a_report(application=report.application)

    def test_a_given_report_answers_the_three_questions_whoever_writes(self):
        report = a_report()
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(status="given", given_at=timezone.now())


class TestGiving:
    @pytest.mark.parametrize("side", ["candidate", "company"])
    def test_each_side_gives_its_own(self, side):
        report = a_report(side)
        give(report)
        report.refresh_from_db()
        assert (report.status, report.fits, report.words) == ("given", "yes", "Une belle équipe.")
        assert report.given_by == actor(side, report.application)

    def test_nobody_gives_the_report_of_the_other(self):
        report = a_report("company")
        with pytest.raises(PermissionDenied):
            give_report(report, GOOD, by=report.application.candidate.user)
        report.refresh_from_db()
        assert report.status == "asked"

    def test_it_is_given_once(self):
        report = a_report()
        give(report)
        with pytest.raises(RuleBroken):
            give(report, Answers(came="no", fits="no", goes_on="no"))

    @pytest.mark.parametrize("field", ["came", "fits", "goes_on"])
    def test_the_three_questions_are_answered_from_the_list(self, field):
        report = a_report()
        answers = {"came": "yes", "fits": "yes", "goes_on": "yes", field: "made_up"}
        with pytest.raises(RuleBroken, match="trois questions"):
            give(report, Answers(**answers))

    def test_the_company_never_sees_the_private_word_and_the_advisor_reads_it(self, client):
        report = a_report()
        other = a_report("company", application=report.application)
        following = FollowingFactory(candidate=report.application.candidate, followed=True)
        give(report, Answers(came="yes", fits="no", goes_on="no", private_words="Le chef crie beaucoup."))
        give(other)
        told = OutgoingMessage.objects.filter(context__has_private_words=True)
        assert "Le chef crie" not in str(list(OutgoingMessage.objects.values_list("context", flat=True)))
        assert [row.to_user for row in told] == [following.advisor]
        client.force_login(actor("company", report.application))
        page = client.get(reverse("immersions:received_stay_reports", args=[report.application.pk]))
        assert "Le chef crie" not in page.content.decode()
        client.force_login(following.advisor)
        page = client.get(reverse("immersions:followed_stay", args=[report.application.pk]))
        assert "Le chef crie" in page.content.decode()

    def test_a_company_has_no_private_word(self):
        report = a_report("company")
        give(report, Answers(came="yes", fits="yes", goes_on="yes", private_words="Entre nous"))
        report.refresh_from_db()
        assert report.private_words == ""

    def test_not_for_me_and_hired_directly_are_good_ends_and_counted(self):
        not_for_me, hired = a_report(), a_report()
        give(not_for_me, Answers(came="yes", fits="no", goes_on="no", what_next="other_trade"))
        give(hired, Answers(came="yes", fits="yes", goes_on="hired"))
        assert list(Report.objects.not_for_me()) == [not_for_me]
        assert list(Report.objects.hired()) == [hired]

    def test_nobody_reads_the_other_report_before_having_given_their_own(self, client):
        report = a_report()
        give(a_report("company", application=report.application))
        client.force_login(report.application.candidate.user)
        url = reverse("immersions:stay_reports", args=[report.application.pk])
        assert client.get(url).url == reverse("immersions:stay_report", args=[report.application.pk])
        give(report)
        assert "Une belle équipe." in client.get(url).content.decode()

    def test_the_structure_goes_on_without_one_in_one_click(self):
        report = a_report("company")
        following = FollowingFactory(candidate=report.application.candidate, followed=True)
        close_report(report, by=following.advisor)
        assert report.status == "closed"
        with pytest.raises(PermissionDenied):
            close_report(a_report("company"), by=following.advisor)


class TestTheLink:
    def url(self, report) -> str:
        return reverse("immersions:report_link", args=[report.token])

    def test_a_get_shows_and_a_post_acts(self, client):
        report = a_report("company")
        assert client.get(self.url(report)).status_code == 200
        report.refresh_from_db()
        assert report.status == "asked"
        client.post(self.url(report), {"came": "yes", "fits": "yes", "goes_on": "later"})
        report.refresh_from_db()
        assert (report.status, report.given_by, report.goes_on) == ("given", None, "later")

    def test_it_opens_the_companys_report_and_nothing_else(self, client):
        report = a_report("candidate")
        assert client.get(self.url(report)).status_code == 404

    def test_it_serves_thirty_days(self, client):
        report = a_report("company")
        with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
            assert client.get(self.url(report)).status_code == 410
            assert (
                client.post(self.url(report), {"came": "yes", "fits": "yes", "goes_on": "yes"}).status_code
                == 410
            )
        report.refresh_from_db()
        assert report.status == "asked"

    def test_what_a_form_forges_is_ignored(self, client):
        report = a_report("company")
        forged = {
            "came": "yes",
            "fits": "yes",
            "goes_on": "yes",
            "status": "closed",
            "side": "candidate",
            "given_at": "2020-01-01",
            "private_words": "x",
        }
        client.post(self.url(report), forged)
        report.refresh_from_db()
        assert (report.status, report.side, report.private_words) == ("given", "company", "")
        assert report.given_at.date() == timezone.now().date()


class TestObserving:
    LEVELS = {"Monter un rang droit": Level.WITH_HELP, "Lire un plan": Level.NOT_SEEN, "Ranger": Level.ALONE}

    def observed(self) -> Attestation:
        report = a_report("company")
        give(report)
        observe_skills(report, self.LEVELS, by=actor("company", report.application))
        return report.application.attestation

    def test_what_the_company_has_seen_becomes_an_attestation(self):
        attestation = self.observed()
        assert "Monter un rang droit" in attestation.text
        assert "Lire un plan" not in attestation.text
        assert attestation.sha256 == hashlib.sha256(attestation.text.encode()).hexdigest()
        assert "immersions/stay_attestation" in kinds()

    def test_what_the_candidate_says_of_themselves_does_not(self):
        report = a_report()
        give(report)
        observe_skills(report, self.LEVELS, by=report.application.candidate.user)
        assert not Attestation.objects.exists()

    def test_it_is_said_once_and_after_the_report(self):
        report = a_report("company")
        by = actor("company", report.application)
        with pytest.raises(RuleBroken, match="d’abord votre bilan"):
            observe_skills(report, self.LEVELS, by=by)
        give(report)
        with pytest.raises(RuleBroken, match="au moins une"):
            observe_skills(report, {"Ranger": Level.NOT_SEEN}, by=by)
        observe_skills(report, self.LEVELS, by=by)
        with pytest.raises(RuleBroken, match="déjà enregistrées"):
            observe_skills(report, self.LEVELS, by=by)

    def test_the_pdf_has_the_same_bytes_each_time_and_is_accessible(self):
        attestation = self.observed()
        first = pdf_of(attestation)
        with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
            assert pdf_of(Attestation.objects.get(pk=attestation.pk)) == first
        assert b"pdfuaid" in first
        assert b"/Lang(fr" in first

    def test_anybody_verifies_it_by_its_code_and_reads_nothing_personal(self, client):
        attestation = self.observed()
        page = client.get(reverse("verify", args=[attestation.code.lower()]))
        text = page.content.decode()
        assert attestation.sha256 in text
        assert attestation.application.candidate.user.last_name not in text
        found = verification.find(attestation.code)
        assert (found.is_valid, found.kind) == (True, "Attestation de compétences observées")

    def test_the_candidate_downloads_it(self, client):
        attestation = self.observed()
        client.force_login(attestation.application.candidate.user)
        answer = client.get(reverse("immersions:stay_attestation", args=[attestation.application.pk]))
        assert answer.content.startswith(b"%PDF-")


class TestGrids:
    def test_an_occupation_has_five_to_eight_skills(self):
        from immersions.stays.grids import _shipped

        assert len(_shipped()) >= 20
        assert all(
            5 <= len(skills) <= 8 and len(set(skills)) == len(skills) for skills in _shipped().values()
        )

    def test_the_agents_own_lines_replace_ours(self):
        mason = OccupationFactory(code="F1703")
        shipped = grid_of("F1703")
        assert "Préparer un mortier au bon dosage" in shipped
        GridSkill.objects.create(occupation=mason, text="Poser une pierre", order=1)
        assert grid_of("F1703") == ("Poser une pierre",)

    def test_another_trade_has_what_any_trade_asks(self):
        assert grid_of("Z9999") == grid_of(None) == ANY_TRADE


def test_a_visit_is_reported_too(client):
    application = a_stay("completed", begins_in=-1, days=1, offer=OfferFactory(visit=True))
    report = a_report(application=application)
    client.force_login(application.candidate.user)
    url = reverse("immersions:stay_report", args=[application.pk])
    client.post(url, {"came": "yes", "fits": "maybe", "goes_on": "later", "half_days": "99"})
    report.refresh_from_db()
    assert report.status == "asked", "more half-days than there are: said on the field"
    client.post(url, {"came": "yes", "fits": "maybe", "goes_on": "later", "half_days": "1"})
    report.refresh_from_db()
    assert (report.status, report.half_days) == ("given", 1)
