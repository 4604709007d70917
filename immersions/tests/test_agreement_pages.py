"""The agreement on screen: each party fills its part, signs in two clicks, and reads what is up."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import UserFactory
from candidates.factories import CandidateFactory, FollowingFactory
from immersions.agreements.factories import (
    ABOUT,
    SAFETY,
    WELCOME,
    WORK,
    a_frozen_agreement,
    an_agreement,
    fill,
    reread,
)
from immersions.agreements.models import Agreement, Signature
from immersions.agreements.period import usual_hours
from immersions.factories import ApplicationFactory
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)


def url(name, world, *more):
    return reverse(f"immersions:{name}", args=[world.agreement.pk, *more])


def post_step(client, world, slug, answers, **more):
    data = {name: value for name, value in answers.items() if value not in (False, [])}
    return client.post(url("agreement_fill", world, slug), {**data, "seen": "", **more})


def fill_company(client, world):
    hours = usual_hours(reread(world.agreement))
    for slug, answers in (
        ("accueil", WELCOME),
        ("horaires", hours),
        ("missions", WORK),
        ("securite", SAFETY),
    ):
        response = post_step(client, world, slug, answers)
        assert response.status_code == 302, response.context["form"].errors
    return response


class TestFilling:
    def test_each_party_fills_its_part_page_by_page_and_then_one_signs(self, client):
        world = an_agreement()
        client.force_login(world.candidate)
        assertContains(client.get(url("agreement", world)), "Votre partie")
        assertRedirects(post_step(client, world, "vous", ABOUT), url("agreement", world))
        client.force_login(world.member)
        assertRedirects(fill_company(client, world), url("agreement", world))
        page = client.get(url("agreement", world))
        assertContains(page, "À vous de signer")
        assertContains(page, "24 heures")

    def test_what_is_known_is_already_there(self, client):
        world = an_agreement()
        client.force_login(world.member)
        assertContains(client.get(url("agreement_fill", world, "accueil")), "Jeanne Muller")
        page = client.get(url("agreement_fill", world, "horaires"))
        assertContains(page, 'value="08:00"')
        assertContains(page, 'value="13:00"')

    def test_a_page_saved_is_there_the_next_day(self, client):
        world = an_agreement()
        client.force_login(world.member)
        response = post_step(client, world, "accueil", WELCOME | {"tutor_name": "Zoé Ott"})
        assertRedirects(response, url("agreement_fill", world, "horaires"))
        assertContains(client.get(url("agreement_fill", world, "accueil")), "Zoé Ott")
        assertContains(client.get(reverse("company_space")), "Remplissez votre partie")

    def test_a_rule_speaks_on_the_page_where_one_can_repair(self, client):
        world = an_agreement()
        client.force_login(world.member)
        hours = usual_hours(reread(world.agreement))
        first = min(hours)[:10]
        response = post_step(client, world, "horaires", hours | {f"{first}_4": "23:30"})
        assertContains(response, "10 h au plus")
        # Too long a day stands on this day, too short a night on the next one; nothing on top.
        next_day = sorted(hours)[4][:10]
        assert response.context["form"].errors.keys() == {f"{first}_1", f"{next_day}_1"}
        assertContains(response, f'<a href="#id_{first}_1">')
        assertContains(response, f'aria-describedby="id_{first}_1_error"')
        mail = {"tutor_email": world.candidate.email}
        response = post_step(client, world, "accueil", WELCOME | mail)
        assertContains(response, "est celle du candidat")
        assert response.context["form"].errors.keys() == {"tutor_email"}

    def test_a_sunday_asks_why(self, client):
        world = an_agreement()
        [slot] = world.application.slots
        slot.last_day = slot.first_day + dt.timedelta(days=6)
        slot.save()
        client.force_login(world.member)
        sunday = f"{slot.last_day.isoformat()}"
        hours = {f"{sunday}_1": "08:00", f"{sunday}_2": "12:00"}
        response = post_step(client, world, "horaires", hours)
        assertContains(response, "dimanche. Dites pourquoi")
        assert response.context["form"].errors.keys() == {"why"}
        response = post_step(client, world, "horaires", hours | {"why": "Le marché a lieu ce jour-là."})
        assert response.status_code == 302

    def test_under_18_a_representative_is_asked_and_signs(self, client):
        world = an_agreement()
        client.force_login(world.candidate)
        born = (world.application.slots[0].first_day - dt.timedelta(days=17 * 365)).isoformat()
        response = post_step(client, world, "vous", ABOUT | {"birth_date": born})
        assertRedirects(response, url("agreement_fill", world, "signataires"))
        mine = {"representative": "Anne Noël", "representative_email": world.candidate.email}
        assertContains(post_step(client, world, "signataires", mine), "C’est la vôtre")
        mine["representative_email"] = "anne@example.org"
        assertRedirects(post_step(client, world, "signataires", mine), url("agreement", world))
        client.force_login(world.member)
        fill_company(client, world)
        roles = [signatory.role for signatory in reread(world.agreement).needed_signatories]
        assert roles == ["candidate", "representative", "company", "advisor"]

    def test_a_company_never_reads_the_age_before_the_text(self, client):
        world = an_agreement()
        client.force_login(world.candidate)
        post_step(client, world, "vous", ABOUT)
        client.force_login(world.member)
        assertNotContains(client.get(url("agreement", world)), "1996")
        assert client.get(url("agreement_fill", world, "vous")).status_code == 404

    def test_who_is_employed_names_the_employer_who_signs(self, client):
        world = an_agreement()
        client.force_login(world.candidate)
        response = post_step(client, world, "vous", ABOUT | {"situation": "employed"})
        assertRedirects(response, url("agreement_fill", world, "signataires"))
        assertContains(post_step(client, world, "signataires", {}), "Écrivez le nom de votre employeur")


class TestSigning:
    def test_two_clicks_from_ones_own_account(self, client, world):
        client.force_login(world.candidate)
        assertContains(client.get(reverse("candidate_space")), "Signez la convention")
        page = client.get(url("agreement_sign", world))
        assertContains(page, "Préparer un mortier à la chaux")
        response = client.post(url("agreement_sign", world), {"seen": 1}, follow=True)
        assertContains(response, "C’est signé")
        signature = Signature.objects.get()
        assert (signature.role, signature.method, signature.user) == ("candidate", "account", world.candidate)

    def test_what_a_form_forges_is_ignored(self, client, world):
        client.force_login(world.candidate)
        forged = {
            "seen": 1,
            "role": "company",
            "signed_at": "2020-01-01",
            "status": "validated",
            "name": "Le préfet",
            "email": "x@example.org",
            "user": world.member.pk,
            "is_entitled": "on",
        }
        before = dt.datetime.now(dt.UTC)
        client.post(url("agreement_sign", world), forged)
        signature = Signature.objects.get()
        assert signature.role == "candidate"
        assert (signature.name, signature.email) == ("Camille Noël", world.candidate.email)
        assert signature.signed_at >= before
        assert not signature.is_entitled
        assert Agreement.objects.get().status == "to_sign"

    def test_the_company_says_that_it_may_be_bound(self, client, world):
        client.force_login(world.member)
        assertContains(client.post(url("agreement_sign", world), {"seen": 1}), "habilitée à l’engager")
        assert not Signature.objects.exists()
        client.post(url("agreement_sign", world), {"seen": 1, "is_entitled": "on"})
        assert Signature.objects.get().is_entitled

    def test_a_get_signs_nothing(self, client, world):
        client.force_login(world.candidate)
        client.get(url("agreement_sign", world), {"seen": 1})
        assert not Signature.objects.exists()

    def test_an_old_text_is_not_signed(self, client, world):
        client.force_login(world.candidate)
        response = client.post(url("agreement_sign", world), {"seen": 7})
        assertContains(response, "Le texte a changé pendant que vous le lisiez")
        assertContains(response, 'value="1"')
        assert not Signature.objects.exists()

    def test_nobody_signs_after_the_first_day(self, client, world):
        client.force_login(world.candidate)
        after = world.application.slots[0].first_day + dt.timedelta(days=1)
        with time_machine.travel(dt.datetime.combine(after, dt.time(9)), tick=False):
            client.force_login(world.candidate)
            assertContains(
                client.post(url("agreement_sign", world), {"seen": 1}), "on ne signe pas après coup"
            )


class TestThePrescriber:
    def test_validates_in_one_click_and_the_immersion_is_confirmed(self, client, world):
        for person, more in ((world.candidate, {}), (world.member, {"is_entitled": "on"})):
            client.force_login(person)
            client.post(url("agreement_sign", world), {"seen": 1, **more})
        client.force_login(world.advisor)
        assertContains(client.get(reverse("advisor_space")), "Validez la convention de Camille Noël")
        client.post(url("agreement_sign", world), {"seen": 1})
        world.application.refresh_from_db()
        assert world.application.status == "confirmed"
        assertContains(client.get(url("agreement", world)), "l’immersion est confirmée")

    def test_refuses_with_a_comment_that_both_read(self, client, commit, mailoutbox, world):
        client.force_login(world.advisor)
        assertContains(client.post(url("agreement_refuse", world), {"words": " "}), "Dites pourquoi")
        with commit():
            client.post(url("agreement_refuse", world), {"words": "Le tuteur est absent ces jours-là."})
        world.application.refresh_from_db()
        assert (world.application.status, world.application.ended_by) == ("cancelled", "advisor")
        assert not world.application.bookings.exists()
        told = {mail.to[0] for mail in mailoutbox if "Le tuteur est absent" in mail.body}
        assert {world.candidate.email, world.member.email} <= told
        assert Agreement.objects.get().status == "refused"

    def test_passes_it_on_to_a_colleague(self, client, commit, mailoutbox, world):
        from accounts.factories import MembershipFactory

        colleague = MembershipFactory(organisation=world.structure.organisation).user
        stranger = UserFactory()
        client.force_login(world.advisor)
        response = client.post(url("agreement_pass_on", world), {"to": stranger.pk})
        assertContains(response, "Choisissez dans la liste")
        with commit():
            client.post(url("agreement_pass_on", world), {"to": colleague.pk, "words": "Je pars en congé."})
        assert reread(world.agreement).advisor == colleague
        [mail] = mailoutbox
        assert mail.to == [colleague.email]
        assert "Je pars en congé." in mail.body

    def test_a_structure_that_may_not_prescribe_stops_nothing_silently(self, client):
        world = an_agreement()
        type(world.structure).objects.filter(pk=world.structure.pk).update(
            may_prescribe=False, prescribes_by=""
        )
        fill(world)
        assert world.agreement.status == "draft"
        client.force_login(world.advisor)
        page = client.get(url("agreement_fill", world, "structure"))
        form = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
        assertContains(client.post(url("agreement_fill", world, "structure"), form), "ne peut pas prescrire")


class TestWhoMayRead:
    def test_a_stranger_finds_nothing(self, client, world):
        for person in (CandidateFactory().user, UserFactory(agent=True)):
            client.force_login(person)
            for name in ("agreement", "agreement_text", "agreement_pdf", "agreement_sign", "agreement_paper"):
                assert client.get(url(name, world)).status_code == 404

    def test_the_application_page_leads_to_it(self, client, world):
        client.force_login(world.candidate)
        page = client.get(reverse("immersions:my_application", args=[world.application.pk]))
        assertContains(page, url("agreement", world))
        client.force_login(world.member)
        page = client.get(reverse("immersions:received_application", args=[world.application.pk]))
        assertContains(page, url("agreement", world))


def test_who_fills_the_prescriber_s_part_of_somebody_not_followed_yet_finds_their_own_name(client):
    following = FollowingFactory()
    world = an_agreement(
        application=ApplicationFactory(booked=True, candidate=following.candidate), followed=False
    )
    advisor = following.structure.confirmed_members().first()
    client.force_login(advisor)
    page = client.get(reverse("immersions:agreement_fill", args=[world.agreement.pk, "structure"]))
    assert page.context["form"].initial["advisor_email"] == advisor.email
