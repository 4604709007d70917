"""When it does not go as planned: interruption, absence, discomfort, accident."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from candidates.factories import FollowingFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications.models import EndReason
from immersions.stays import actions
from immersions.stays.factories import a_stay
from immersions.stays.incident_actions import report_incident
from immersions.stays.models import Absence, Incident
from immersions.tests.test_application_table import actor
from territories.models import AgentTask

pytestmark = pytest.mark.django_db


def a_followed_stay(status="in_progress", **options):
    application = a_stay(status, begins_in=-1, days=3, **options)
    following = FollowingFactory(candidate=application.candidate, followed=True)
    return application, following.advisor


def told(kind: str) -> list:
    rows = OutgoingMessage.objects.filter(kind=f"immersions/stay_{kind}").order_by("pk")
    return [row.to_user for row in rows]


class TestInterrupt:
    @pytest.mark.parametrize(
        ("role", "reason"), [("candidate", EndReason.NOT_FOR_ME), ("company", EndReason.SAFETY)]
    )
    def test_the_other_side_and_the_advisor_are_told_and_reports_are_asked(self, role, reason):
        application, advisor = a_followed_stay()
        actions.interrupt_stay(application, by=actor(role, application), reason=reason)
        other = actor("company" if role == "candidate" else "candidate", application)
        assert told("interrupted")[0] == other
        assert told("interrupted_advisor") == [advisor]
        assert application.reports.count() == 2
        assert (application.ended_by, application.end_reason) == (role, reason)


class TestAbsence:
    def tell(self, application, role, whose):
        return actions.tell_absence(application, by=actor(role, application), whose=whose, words="Le bus.")

    def test_the_first_version_says_nothing_of_whose_doing_it_is(self):
        application, advisor = a_followed_stay()
        self.tell(application, "company", "candidate")
        assert (application.status, application.ended_by) == ("no_show", "")
        assert told("absence") == [application.candidate.user]
        assert told("absence_advisor") == [advisor]

    @pytest.mark.parametrize(
        ("first", "second", "agreed"),
        [
            ("candidate", "candidate", "candidate"),
            ("company", "company", "company"),
            ("candidate", "company", ""),
            ("candidate", "nobody", ""),
            ("nobody", "nobody", ""),
        ],
    )
    def test_it_is_said_only_when_both_agree_and_both_versions_are_kept(self, first, second, agreed):
        application, advisor = a_followed_stay()
        self.tell(application, "company", first)
        self.tell(application, "candidate", second)
        application.refresh_from_db()
        assert (application.status, application.ended_by) == ("no_show", agreed)
        assert [it.whose for it in Absence.objects.order_by("pk")] == [first, second]
        assert told("absence_advisor") == [advisor, advisor]

    def test_one_version_per_side(self):
        application, _ = a_followed_stay()
        self.tell(application, "company", "candidate")
        with pytest.raises(RuleBroken, match="déjà donné"):
            self.tell(application, "company", "nobody")

    def test_nobody_is_absent_before_the_first_day(self):
        application = a_stay("confirmed", begins_in=2)
        with pytest.raises(RuleBroken, match="pas commencé"):
            self.tell(application, "company", "candidate")

    def test_the_advisor_reads_both_versions(self, client):
        application, advisor = a_followed_stay()
        actions.tell_absence(
            application, by=actor("company", application), whose="candidate", words="Personne à 8 h."
        )
        actions.tell_absence(
            application, by=application.candidate.user, whose="company", words="Porte fermée."
        )
        client.force_login(advisor)
        page = client.get(reverse("immersions:followed_stay", args=[application.pk])).content.decode()
        assert "Personne à 8 h." in page
        assert "Porte fermée." in page
        assert "non déterminé" in page


class TestIncident:
    @pytest.mark.parametrize("kind", ["discomfort", "accident"])
    @pytest.mark.parametrize("role", ["candidate", "company"])
    def test_the_structure_and_an_agent_know_at_once(self, role, kind):
        application, advisor = a_followed_stay()
        by = actor(role, application)
        incident = report_incident(application, by=by, kind=kind, words="Une coupure à la main.")
        assert told("incident") == [advisor]
        assert told("incident_receipt") == [by]
        task = AgentTask.objects.get(kind="incident")
        assert task.department == application.offer.commune.department
        assert "Une coupure" in task.detail
        assert (timezone.now() - incident.said_at) < dt.timedelta(minutes=1)

    def test_the_company_never_sees_a_candidates_discomfort(self, client):
        application, _ = a_followed_stay()
        report_incident(
            application, by=application.candidate.user, kind="discomfort", words="On se moque de moi."
        )
        member = actor("company", application)
        assert not OutgoingMessage.objects.filter(to_user=member).exists()
        client.force_login(member)
        for page in ("received_application", "received_stay_incident", "received_stay_sheet"):
            answer = client.get(reverse(f"immersions:{page}", args=[application.pk]))
            assert answer.status_code == 200
            assert "On se moque" not in answer.content.decode()
        assert not Incident.objects.seen_by_company().exists()
        client.force_login(application.candidate.user)  # Who has said it finds it again.
        mine = client.get(reverse("immersions:my_application", args=[application.pk]))
        assert "On se moque" in mine.content.decode()

    def test_without_a_structure_an_agent_knows(self):
        application = a_stay("booked", begins_in=3)
        report_incident(
            application, by=application.candidate.user, kind="discomfort", words="Je ne suis pas bien."
        )
        assert AgentTask.objects.filter(kind="incident").count() == 1
        assert told("incident_receipt") == [application.candidate.user]

    @pytest.mark.parametrize(("days", "may"), [(10, True), (11, False)])
    def test_until_ten_days_after_the_last_day(self, days, may):
        application = a_stay("completed", begins_in=-2)
        last = application.bookings.get().slot.last_day
        with time_machine.travel(dt.datetime.combine(last + dt.timedelta(days=days), dt.time(9), dt.UTC)):
            if may:
                report_incident(application, by=application.candidate.user, kind="accident", words="Dos.")
            else:
                with pytest.raises(RuleBroken, match="plus le signaler"):
                    report_incident(application, by=application.candidate.user, kind="accident", words="Dos.")

    @pytest.mark.parametrize("status", ["submitted", "declined", "withdrawn", "cancelled", "expired"])
    def test_not_where_nothing_is_booked(self, status):
        application = a_stay(status, begins_in=3)
        with pytest.raises(RuleBroken):
            report_incident(application, by=application.candidate.user, kind="accident", words="Dos.")

    def test_a_stranger_and_an_agent_report_nothing(self):
        application, _ = a_followed_stay()
        for by in (UserFactory(), actor("agent", application)):
            with pytest.raises(PermissionDenied):
                report_incident(application, by=by, kind="accident", words="Dos.")

    def test_a_forged_date_is_ignored(self, client):
        application, _ = a_followed_stay()
        client.force_login(application.candidate.user)
        url = reverse("immersions:stay_incident", args=[application.pk])
        client.post(url, {"kind": "accident", "words": "Dos.", "said_at": "2020-01-01", "side": "company"})
        incident = Incident.objects.get()
        assert (incident.side, incident.said_on) == ("candidate", timezone.localdate())
