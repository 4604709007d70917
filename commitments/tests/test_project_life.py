"""What happens to a project after its two signatures, and when time passes."""

import datetime as dt
import json
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_account
from candidates.structures.models import Following
from commitments.factories import (
    a_broken_promise,
    a_commitment_in,
    a_frozen_project,
    a_proposal,
    a_sealed_project,
    a_session_for,
    reread,
    sign,
)
from commitments.projects import amending, ending, followers
from commitments.projects.actions import set_aside
from commitments.projects.models import Commitment
from commitments.projects.sign_actions import send_code
from commitments.projects.texts import Amendment
from commitments.seats.models import SeatRequest
from core.delivery import render
from core.models import OutgoingMessage
from core.personal_data import export_all
from core.rules import RuleBroken
from core.waits import sweep_all
from immersions.stays.factories import a_report, a_stay
from territories.models import AgentTask
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, sealed = made_once(a_sealed_project)


@pytest.fixture
def heard():
    """What the alcoves above are told, in order."""
    said = []
    followers.follow(
        "test",
        sealed=lambda commitment, by: said.append("sealed"),
        amended=lambda commitment, before, by: said.append(("amended", before, commitment.pledge.session)),
        ended=lambda commitment, by: said.append("ended"),
    )
    yield said
    followers.follow("test")


def sent(kind):
    return OutgoingMessage.objects.filter(kind=f"commitments/{kind}")


def aged(commitment, days):
    """As if it had been proposed `days` ago, for the same number of days in all."""
    ago = dt.timedelta(days=days)
    commitment = Commitment.objects.get(pk=commitment.pk)
    Commitment.objects.filter(pk=commitment.pk).update(
        expires_on=commitment.expires_on - ago,
        proposed_on=commitment.proposed_on - ago,
        waiting_since=commitment.waiting_since - ago,
    )


def test_a_proposal_is_reminded_a_week_and_two_days_before_and_ends_after_its_date(client):
    world = a_proposal()
    aged(world.commitment, 13)
    sweep_all()
    assert not sent("reminder").exists()
    aged(world.commitment, 1)
    sweep_all()
    sweep_all()
    assert sent("reminder").count() == 2  # To each side, once.
    aged(world.commitment, 3)
    sweep_all()
    assert AgentTask.objects.filter(unique_key=f"commitment/{world.commitment.pk}/to_sign").exists()
    aged(world.commitment, 2)
    sweep_all()
    assert sent("reminder").count() == 4
    aged(world.commitment, 2)
    sweep_all()
    assert reread(world.commitment).status == "proposed", "its last day is still a day to sign"
    aged(world.commitment, 1)
    sweep_all()
    sweep_all()
    commitment = reread(world.commitment)
    assert (commitment.status, commitment.end_reason) == ("expired", "too_late")
    assert sent("lapsed").count() == 2
    for user in (world.candidate, world.member):
        client.force_login(user)
        page = client.post(reverse("commitments:sign", args=[commitment.pk]), {"seen": 1}, follow=True).text
        assert "votre signature n’est pas enregistrée" in page
        assert reverse("commitments:propose", args=[commitment.application_id]) in page, "a way on"


def test_a_night_skipped_ends_it_all_the_same():
    world = a_frozen_project(expires_in=7)
    aged(world.commitment, 30)
    sweep_all()
    assert reread(world.commitment).status == "expired"
    assert not sent("reminder").exists()


def test_proposing_stands_for_the_report_that_this_side_has_not_given():
    application = a_stay("completed", begins_in=-20)
    own, other = (a_report(side, application=application) for side in ("candidate", "company"))
    a_proposal(application=application)
    ago = timezone.now() - dt.timedelta(days=15)
    type(own).objects.update(waiting_since=ago)
    sweep_all()
    tasks = AgentTask.objects.filter(kind="missing_report").values_list("unique_key", flat=True)
    assert list(tasks) == [f"report/{other.pk}/missing"]
    own.refresh_from_db()
    assert own.is_open, "it may still be given"


# --- Amendments -----------------------------------------------------------------------------------
def test_the_old_text_binds_until_both_have_signed_the_new_one(heard):
    world = a_sealed_project(world=a_proposal())
    old, new = (
        world.session,
        a_session_for(world.offer, starts_on=timezone.localdate() + dt.timedelta(days=60)),
    )
    later = new.ends_on + dt.timedelta(days=20)
    amending.propose_amendment(
        reread(world.commitment), by=world.candidate, session=new, starts_by=later, words="Session reportée"
    )
    assert reread(world.commitment).pledge.session == old
    sign(world, "candidate")
    assert reread(world.commitment).pledge.session == old
    sign(world, "company")
    commitment = reread(world.commitment)
    assert (commitment.pledge.session, commitment.starts_by, commitment.status) == (new, later, "sealed")
    assert heard == ["sealed", ("amended", old, new)]
    assert sent("amended").filter(context__to_role="organisation").exists()


def test_either_side_may_keep_the_project_as_it_is(sealed):
    later = sealed.session.ends_on + dt.timedelta(days=90)
    amending.propose_amendment(reread(sealed.commitment), by=sealed.member, starts_by=later, words="Chantier")
    with pytest.raises(RuleBroken, match="attend déjà d’être signée"):
        amending.propose_amendment(
            reread(sealed.commitment), by=sealed.member, starts_by=later, words="Encore"
        )
    amending.drop_amendment(reread(sealed.commitment), by=sealed.candidate)
    with pytest.raises(RuleBroken, match="rien à signer"):
        sign(sealed, "candidate")
    assert sent("amendment_dropped").count() == 2


def test_in_training_the_session_no_longer_changes(sealed):
    world = a_commitment_in("in_training", sealed=sealed)
    with pytest.raises(RuleBroken, match="la session ne change plus"):
        amending.propose_amendment(
            world.commitment, by=world.member, session=a_session_for(world.offer), words="Autre"
        )


# --- Ends -----------------------------------------------------------------------------------------
def test_a_broken_promise_frees_the_seat_and_tells_everybody(client, heard):
    world = a_broken_promise(world=a_sealed_project(world=a_proposal()))
    assert heard == ["sealed", "ended"]
    assert set(sent("broken").values_list("context__to_role", flat=True)) == {
        "candidate",
        "company",
        "advisor",
    }
    letter = sent("broken").get(context__search_url__isnull=False, to=world.candidate.email)
    assert "La place en formation tenue pour ce projet est rendue" in render(letter).text
    assert SeatRequest.objects.get(commitment=world.commitment).status == "released"
    client.force_login(world.candidate)
    url = reverse("commitments:commitment", args=[world.commitment.pk])
    assert "La place en formation est rendue" in client.get(url).text
    with time_machine.travel(world.session.starts_on):
        client.force_login(world.candidate)
        assert "Votre formation continue" in client.get(url).text
    assert AgentTask.objects.filter(kind="commitment_break").exists()
    assert reread(world.commitment).get_end_reason_display() == "L’activité a baissé"


def test_a_reason_of_the_other_side_is_not_a_reason(sealed):
    with pytest.raises(RuleBroken, match="dans la liste"):
        ending.withdraw_from(sealed.commitment, by=sealed.candidate, reason="activity")


def test_a_post_freed_by_an_end_can_be_promised_again():
    world = a_broken_promise()
    again = a_sealed_project(application=_another_stay(world.offer), session=world.session)
    assert again.commitment.post_number == 1


def _another_stay(offer):
    return a_stay("completed", begins_in=-5, offer=offer)


# --- Pages ----------------------------------------------------------------------------------------
def test_the_whole_way_through_the_pages(client):
    world = a_proposal(by="company")
    project = world.commitment.pk
    client.force_login(world.candidate)
    page = client.get(reverse("commitments:pledge", args=[project]))
    assert "aller-retour en voiture" in page.content.decode()
    assert f"{world.session.dates}</strong><small>" in page.content.decode(), "a choice is read line by line"
    assert world.session.action.training.get_absolute_url() in page.content.decode(), "what one reads before"
    client.post(reverse("commitments:pledge", args=[project]), {"session": world.session.pk})
    client.force_login(world.member)
    latest = world.session.ends_on + dt.timedelta(days=30)
    pages = [
        ("poste", {"job_title": "Maçon", "place": "Metz", "contract": "cdi", "hours_weekly": "35"}),
        ("contrat", {"starts_by": latest.isoformat()}),
        ("conditions", {"conditions": ["completed"]}),
        ("signature", {"signatory_name": "J", "signatory_email": "j@example.org", "sponsor_name": "P"}),
    ]
    for slug, data in pages:
        data.setdefault("pay_gross_monthly", "1950")
        answer = client.post(reverse("commitments:promise_step", args=[project, slug]), data)
        assert answer.status_code == 302, answer.content.decode()
    url = reverse("commitments:sign", args=[project])
    assert "Ce que cela ne veut pas dire" in client.get(url).content.decode()
    client.post(url, {"seen": 1, "is_entitled": "on"})
    client.force_login(world.candidate)
    client.post(url, {"seen": 1})
    assert reread(world.commitment).status == "sealed"
    assert client.get(reverse("commitments:commitment", args=[project])).status_code == 200


def test_the_page_that_breaks_says_the_law_first(client, sealed):
    client.force_login(sealed.member)
    address = reverse("commitments:break", args=[sealed.commitment.pk])
    page = client.get(address).content.decode()
    assert "dommages et intérêts" in page
    assert "0 806 000 126" in page.replace("\xa0", " ")
    ending.withdraw_from(sealed.commitment, by=sealed.candidate, reason="income")
    late = client.post(address, {"reason": "activity"}, follow=True)  # Read before, sent after.
    assert late.redirect_chain, "nothing is left to ask: the project says what it is now"
    assert "n’est plus possible" in late.text


@pytest.mark.parametrize("status", ["proposed", "sealed", "expired", "broken_by_company", "hired_early"])
def test_each_stage_shows_to_each_role(client, status, sealed):
    world = a_commitment_in(status, sealed=sealed)
    for user in (world.candidate, world.member, world.advisor):
        client.force_login(user)
        assert client.get(reverse("commitments:commitment", args=[world.commitment.pk])).status_code == 200
    client.force_login(world.candidate)
    assert client.get(reverse("candidate_space")).status_code == 200


def test_the_page_leads_to_the_path_only_whom_the_path_opens_to(client):
    """An advisor who has not said yes reads the project, not the path."""
    world = a_proposal()
    address = reverse("commitments:commitment", args=[world.commitment.pk])
    way = reverse("commitments:path", args=[world.application.candidate.uid])
    for user in (world.member, world.advisor):
        client.force_login(user)
        assert way in client.get(address).text
    Following.objects.update(status="asked", advisor=None)
    assert client.get(way).status_code == 404
    assert way not in client.get(address).text


def test_the_spaces_say_what_to_do(client):
    world = a_frozen_project()
    client.force_login(world.candidate)
    space = client.get(reverse("candidate_space")).text
    assert "Signez le projet emploi-formation" in space
    assert "<b>Vous et " in space, "of oneself one does not read one’s own name"
    client.force_login(world.member)
    assert "Signez le projet emploi-formation" in client.get(reverse("company_space")).content.decode()


def test_who_said_that_they_go_on_is_offered_the_next_step(client):
    application = a_stay("completed", begins_in=-3)
    a_report(
        "candidate",
        application=application,
        came="yes",
        fits="yes",
        goes_on="yes",
        status="given",
        given_at=timezone.now(),
    )
    client.force_login(application.candidate.user)
    assert "On continue avec" in client.get(reverse("candidate_space")).content.decode()


# --- Messages -------------------------------------------------------------------------------------
def test_every_message_of_a_project_says_all_its_words():
    """Each kind that this alcove sends, rendered to whom it goes: no hole, no mark left."""
    sealed = a_broken_promise()
    for end in (
        lambda it: ending.withdraw_from(it.commitment, by=it.candidate, reason="income", words="Trop loin"),
        lambda it: ending.hire_early(it.commitment, by=it.member),
    ):
        end(a_sealed_project())
    changed = a_sealed_project()
    later = changed.session.ends_on + dt.timedelta(days=90)
    for drop in (True, False):
        amending.propose_amendment(
            reread(changed.commitment), by=changed.member, starts_by=later, words="Gel"
        )
        if drop:
            amending.drop_amendment(reread(changed.commitment), by=changed.candidate)
    sign(changed, "candidate")
    sign(changed, "company")
    amending.propose_amendment(
        reread(changed.commitment), by=changed.member, starts_by=later + dt.timedelta(days=9), words="Neige"
    )
    for days in (10, 15):
        Amendment.objects.filter(status="open").update(
            waiting_since=timezone.now() - dt.timedelta(days=days), sign_by=_ago(days - 14)
        )
        sweep_all()
    late, aside = a_proposal(), a_frozen_project()
    for days in (14, 30):
        aged(late.commitment, days)
        sweep_all()
    set_aside(reread(aside.commitment), by=aside.member, reason="post_filled")
    send_code(aside_link(), seen=1)
    messages = OutgoingMessage.objects.filter(kind__startswith="commitments/", key__startswith="commitment/")
    templates = Path(settings.BASE_DIR) / "templates/emails/commitments"
    ours = {f"commitments/{kind}" for kind in KINDS}
    assert ours <= set(messages.values_list("kind", flat=True))
    assert all((templates / f"{kind}.html").exists() for kind in KINDS)
    for message in messages.filter(kind__in=ours):
        words = render(message)
        for said in (words.subject, words.text, words.html):
            assert "None" not in said
            assert "{{" not in said
        assert ", ." not in words.text
        assert len(words.subject) < 90, words.subject
    assert sealed.commitment.status == "broken_by_company"


def _ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


KINDS = (
    "proposed to_sign code half_signed reminder lapsed set_aside sealed amendment amended amendment_dropped "
    "amendment_reminder amendment_lapsed "
    "broken withdrawn hired_early"
).split()


def aside_link():
    return a_frozen_project().commitment.signatories.get(role="company")


# --- Personal data --------------------------------------------------------------------------------
def test_a_person_exports_their_projects_and_leaves_only_when_none_is_open(sealed):
    exported = json.dumps(export_all(sealed.candidate), ensure_ascii=False)
    assert "ce que j’ai signé" in exported
    with pytest.raises(RuleBroken, match="projet emploi-formation est en cours"):
        erase_account(sealed.candidate, by=sealed.candidate)
