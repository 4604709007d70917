"""The pages of the two sides: what one can do there, what one reads, and who may not."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, UserFactory
from candidates.factories import CandidateFactory
from candidates.models import Candidate
from companies.factories import CompanyFactory
from immersions.applications.models import Application, EndReason
from immersions.applications.seen import seen
from immersions.factories import (
    ApplicationFactory,
    OfferFactory,
    QuestionFactory,
    SlotFactory,
    monday_in,
)
from immersions.offers.models import DateMode, Slot
from territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db


def apply_url(offer) -> str:
    return reverse("immersions:apply", args=[offer.pk, offer.slug])


def log_in(client, person):
    user = getattr(person, "user", person)
    client.force_login(user)
    return user


def member_of(application):
    return application.offer.company.confirmed_members().first()


class TestApply:
    def test_two_clicks_once_the_profile_is_filled(self, client):
        slot = SlotFactory()
        log_in(client, CandidateFactory())
        page = client.get(apply_url(slot.offer), {"creneau": slot.pk})
        assertContains(page, f'value="{seen(slot)}"')
        assertContains(page, "checked")
        assertNotContains(page, "Votre prénom")
        response = client.post(apply_url(slot.offer), {"creneau": [slot.pk], "why": "Le grand air"})
        application = Application.objects.get()
        assertRedirects(response, reverse("immersions:application_sent", args=[application.pk]))
        assertContains(client.get(response["Location"]), "vous répond avant le")

    @pytest.mark.parametrize("at_once", [False, True])
    def test_dates_that_changed_since_the_page_are_read_again_first(self, client, at_once):
        slot = SlotFactory(offer__books_instantly=at_once)
        log_in(client, CandidateFactory())
        typed = {"creneau": [seen(slot)], "why": "Le grand air"}
        Slot.objects.update(starts_at=dt.time(13))
        page = client.post(apply_url(slot.offer), typed)
        assertContains(page, "Les dates de ce créneau viennent de changer : ")
        assert not Application.objects.exists()
        slot.refresh_from_db()
        assertContains(page, f'value="{seen(slot)}" id="id_creneau_0" aria-invalid="true" checked')
        client.post(apply_url(slot.offer), typed | {"creneau": [seen(slot)]})
        assert Application.objects.get().wished_slots.get() == slot

    def test_the_booking_button_books_at_once(self, client):
        slot = SlotFactory(offer__books_instantly=True)
        log_in(client, CandidateFactory())
        page = client.get(apply_url(slot.offer))
        assertContains(page, "Réserver ma place")
        assertNotContains(page, "l’entreprise en choisira une")  # Nobody chooses: it is booked.
        response = client.post(
            apply_url(slot.offer), {"creneau": [slot.pk], "why": "Le grand air"}, follow=True
        )
        assertContains(response, "C’est réservé")

    def test_what_the_profile_lacks_is_asked_right_there(self, client):
        CommuneFactory()
        offer = OfferFactory()
        user = log_in(client, UserFactory(first_name="Léa", last_name="", phone=""))
        page = client.get(apply_url(offer))
        assertNotContains(page, "Votre prénom")
        for label in ("Votre nom", "Votre téléphone", "Votre commune"):
            assertContains(page, label)
        answers = {"why": "Le grand air", "last_name": "Weiss", "phone": "06.12.34.56.78", "q_lieu": "Metz"}
        client.post(apply_url(offer), answers)
        candidate = Candidate.objects.get(user=user)
        user.refresh_from_db()
        assert (user.first_name, user.last_name, user.phone) == ("Léa", "Weiss", "06 12 34 56 78")
        assert candidate.commune.name == "Metz"
        assert candidate.applications.count() == 1

    def test_opening_the_page_writes_nothing(self, client):
        log_in(client, UserFactory())
        client.get(apply_url(OfferFactory()))
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({}, "Dites en une phrase"),
            ({"phone": "12"}, "10 chiffres"),
            ({"q_lieu": "Trifouilly"}, "Lieu non reconnu"),
            ({"last_name": ""}, "Écrivez votre nom"),
            ({"semaine": "2020-01-06"}, "plus possible"),
            ({"semaine": "n’importe"}, "plus possible"),
        ],
    )
    def test_what_is_wrong_is_said_in_a_sentence(self, client, answers, sentence):
        CommuneFactory()
        log_in(client, UserFactory(last_name="", phone=""))
        offer = OfferFactory()
        usual = {"why": "Le grand air", "last_name": "Weiss", "phone": "0612345678", "q_lieu": "Metz"}
        response = client.post(apply_url(offer), (usual | answers) if answers else {})
        assertContains(response, sentence)
        assert not Application.objects.exists()

    @pytest.mark.parametrize("creneau", ["0", "abc", "９", "99999999999999999999", "' OR 1=1 --", "<b>"])
    def test_a_slot_that_does_not_exist_is_not_an_error_page(self, client, creneau):
        offer = SlotFactory().offer
        log_in(client, CandidateFactory())
        assert client.get(apply_url(offer), {"creneau": creneau}).status_code == 200
        response = client.post(apply_url(offer), {"creneau": creneau, "why": "Le grand air"})
        assertContains(response, "plus libre")

    def test_the_slot_of_another_offer_is_refused(self, client):
        offer = SlotFactory().offer
        log_in(client, CandidateFactory())
        response = client.post(apply_url(offer), {"creneau": SlotFactory().pk, "why": "Le grand air"})
        assertContains(response, "plus libre")
        assert not Application.objects.exists()

    def test_a_full_offer_shows_where_else(self, client):
        full = OfferFactory(date_mode=DateMode.SLOTS)
        SlotFactory(offer=full, full=True)
        other = OfferFactory(occupation=full.occupation, title="Aide-maçon")
        log_in(client, CandidateFactory())
        page = client.get(apply_url(full))
        assertContains(page, "Cette offre est complète")
        assertContains(page, other.get_absolute_url())
        assertContains(page, "D’autres entreprises accueillent")

    @pytest.mark.parametrize("state", ["paused", "closed"])
    def test_a_closed_offer_says_so(self, client, state):
        offer = OfferFactory(**{state: True})
        log_in(client, CandidateFactory())
        for response in (client.get(apply_url(offer)), client.post(apply_url(offer), {"why": "Oui"})):
            assertContains(response, "ne reçoit plus de candidatures")
            assertContains(response, "personne d’autre n’accueille")

    def test_a_draft_has_no_such_page(self, client):
        log_in(client, CandidateFactory())
        assert client.get(apply_url(OfferFactory(draft=True, published_at=None))).status_code == 404

    def test_asking_again_leads_to_the_application_that_lives(self, client):
        application = ApplicationFactory()
        log_in(client, application.candidate)
        mine = reverse("immersions:my_application", args=[application.pk])
        for method in (client.get, client.post):
            response = method(apply_url(application.offer), follow=True)
            assertRedirects(response, mine)
            assertContains(response, "déjà une candidature en cours")

    def test_a_company_reads_that_its_account_cannot_ask(self, client):
        offer = OfferFactory()
        log_in(client, MembershipFactory())
        for response in (client.get(apply_url(offer)), client.post(apply_url(offer), {"why": "Oui"})):
            assertContains(response, "adresse personnelle")
        assert not Application.objects.exists()


class TestVisitor:
    def test_is_asked_who_they_are_and_comes_back_with_the_dates(self, client):
        slot = SlotFactory()
        page = client.get(apply_url(slot.offer), {"creneau": slot.pk})
        assertContains(page, "demander%2F%3Fcreneau%3D")
        assertContains(page, reverse("account_login"))

    def test_what_was_typed_before_logging_in_is_kept(self, client):
        slot = SlotFactory()
        typed = {"creneau": [slot.pk], "why": "Le grand air du matin"}
        page = client.post(apply_url(slot.offer), typed)
        assertContains(page, f"creneau%3D{slot.pk}")
        log_in(client, CandidateFactory())
        assertContains(client.get(apply_url(slot.offer)), "Le grand air du matin")


class TestCandidateSide:
    def test_reads_the_state_the_next_step_and_by_when(self, client):
        application = ApplicationFactory()
        log_in(client, application.candidate)
        page = client.get(reverse("immersions:my_application", args=[application.pk]))
        assertContains(page, "Envoyée")
        assertContains(page, "lit votre candidature et vous répond")
        assertContains(page, "Au plus tard le")
        assertContains(page, "Retirer ma candidature")

    def test_answers_a_question(self, client):
        question = QuestionFactory()
        application = question.application
        log_in(client, application.candidate)
        space = client.get(reverse("candidate_space"))
        assertContains(space, question.text)
        url = reverse("immersions:application_answer", args=[application.pk])
        assertContains(client.post(url, {"text": ""}), "Écrivez votre réponse")
        response = client.post(url, {"text": "Oui, à 8 h"}, follow=True)
        assertContains(response, "Réponse envoyée")
        question.refresh_from_db()
        assert question.answer == "Oui, à 8 h"

    def test_withdraws_with_a_reason(self, client):
        application = ApplicationFactory(booked=True)
        log_in(client, application.candidate)
        url = reverse("immersions:application_withdraw", args=[application.pk])
        assertContains(client.get(url), "Rendre ma place")
        assertContains(client.post(url, {}), "Choisissez une raison")
        assertContains(client.post(url, {"reason": "other"}), "en quelques mots")
        response = client.post(url, {"reason": EndReason.TRAVEL}, follow=True)
        assertContains(response, "C’est noté")
        assertContains(client.post(url, {"reason": EndReason.TRAVEL}), "n’est plus possible : retirée")

    def test_is_told_when_the_slots_that_were_wished_are_full(self, client):
        application = ApplicationFactory()
        slot = SlotFactory(offer=application.offer, full=True)
        application.wished_slots.add(slot)
        log_in(client, application.candidate)
        for url in (reverse("candidate_space"), reverse("immersions:my_application", args=[application.pk])):
            assertContains(client.get(url), "complets")

    def test_after_a_refusal_reads_why_and_where_else(self, client):
        application = ApplicationFactory(declined=True)
        other = OfferFactory(occupation=application.offer.occupation)
        log_in(client, application.candidate)
        page = client.get(reverse("immersions:my_application", args=[application.pk]))
        assertContains(page, application.get_end_reason_display())
        assertContains(page, other.get_absolute_url())

    def test_after_a_refusal_with_nothing_near_still_has_a_way_on(self, client):
        application = ApplicationFactory(declined=True)
        log_in(client, application.candidate)
        page = client.get(reverse("immersions:my_application", args=[application.pk]))
        assertContains(page, "Chercher une autre immersion")


class TestCompanySide:
    def test_reads_of_a_wish_only_while_it_is_one(self, client):
        asked, over = ApplicationFactory(), ApplicationFactory(declined=True)
        for application, said in ((asked, True), (over, False)):
            log_in(client, member_of(application))
            page = client.get(reverse("immersions:received_application", args=[application.pk]))
            assert ("voudrait essayer" in page.content.decode()) is said

    def test_before_the_booking_reads_a_first_name_and_answers(self, client):
        application = ApplicationFactory(candidate__user__last_name="Zimmermann")
        log_in(client, member_of(application))
        for url in (
            reverse("company_space"),
            reverse("immersions:received_applications"),
            reverse("immersions:received_application", args=[application.pk]),
            reverse("immersions:application_book", args=[application.pk]),
        ):
            page = client.get(url)
            assertContains(page, application.candidate.user.first_name)
            for hidden in ("Zimmermann", application.candidate.user.phone, application.candidate.user.email):
                assertNotContains(page, hidden)
        assertContains(
            client.get(reverse("immersions:received_application", args=[application.pk])), application.why
        )

    def test_from_the_booking_on_reads_contact_details(self, client):
        application = ApplicationFactory(booked=True)
        log_in(client, member_of(application))
        page = client.get(reverse("immersions:received_application", args=[application.pk]))
        for shown in ("get_full_name", "phone", "email"):
            value = getattr(application.candidate.user, shown)
            assertContains(page, value() if callable(value) else value)

    def test_gives_a_slot(self, client):
        slot = SlotFactory()
        application = ApplicationFactory(offer=slot.offer)
        log_in(client, member_of(application))
        url = reverse("immersions:application_book", args=[application.pk])
        assertContains(client.get(url), "Réserver")
        assertContains(client.post(url, {}), "Choisissez un créneau")
        assertContains(client.post(url, {"slot": "x"}), "plus libre")
        response = client.post(url, {"slot": slot.pk}, follow=True)
        assertContains(response, "C’est réservé")
        assertContains(client.post(url, {"slot": slot.pk}, follow=True), "n’est plus possible : réservée")

    def test_a_slot_that_a_colleague_moved_since_the_page_is_not_given(self, client):
        slot = SlotFactory()
        application = ApplicationFactory(offer=slot.offer)
        log_in(client, member_of(application))
        url = reverse("immersions:application_book", args=[application.pk])
        assertContains(client.get(url), seen(slot))
        Slot.objects.update(first_day=slot.first_day + dt.timedelta(days=1))
        page = client.post(url, {"slot": seen(slot)})
        assertContains(page, "Les dates de ce créneau viennent de changer : ")
        application.refresh_from_db()
        assert application.status == "submitted"

    def test_agrees_on_dates(self, client):
        application = ApplicationFactory(wished_weeks=[monday_in(weeks=4)])
        log_in(client, member_of(application))
        url = reverse("immersions:application_book", args=[application.pk])
        first = monday_in(weeks=4)
        assertContains(client.get(url), f'value="{first.isoformat()}"')
        dates = {"first_day": first, "last_day": first, "starts_at": "08:00", "ends_at": "16:00"}
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        for wrong, sentence in (
            ({"first_day": ""}, "Choisissez le premier jour"),
            ({"last_day": "31/02/2027"}, "n’existe pas"),
            ({"ends_at": "7h"}, "s’écrit comme"),
            ({"first_day": tomorrow, "last_day": tomorrow}, "premier jour possible"),
        ):
            assertContains(client.post(url, dates | wrong), sentence)
        response = client.post(url, dates, follow=True)
        assertContains(response, "C’est réservé")

    def test_says_no_with_a_reason(self, client):
        application = ApplicationFactory()
        log_in(client, member_of(application))
        url = reverse("immersions:application_decline", args=[application.pk])
        assertContains(client.get(url), "Envoyer le refus")
        assertContains(client.post(url, {"reason": "found_work"}), "dans la liste")
        assertContains(client.post(url, {"reason": "no_time"}, follow=True), "Réponse envoyée")

    def test_asks_a_question_once(self, client):
        application = ApplicationFactory()
        log_in(client, member_of(application))
        url = reverse("immersions:application_ask", args=[application.pk])
        assertContains(client.post(url, {"text": "À 8 h ?"}, follow=True), "Question envoyée")
        assertContains(client.post(url, {"text": "À 9 h ?"}), "attend déjà sa réponse")

    def test_cancels(self, client):
        application = ApplicationFactory(confirmed=True)
        log_in(client, member_of(application))
        url = reverse("immersions:application_cancel", args=[application.pk])
        assertContains(client.get(url), "Annuler cette venue")
        assertContains(client.post(url, {"reason": "no_time"}, follow=True), "C’est annulé")

    def test_without_a_free_slot_reads_three_ways_on(self, client):
        slot = SlotFactory(full=True)
        application = ApplicationFactory(offer=slot.offer)
        log_in(client, member_of(application))
        page = client.get(reverse("immersions:application_book", args=[application.pk]))
        assertContains(page, "Plus de créneau libre")


class TestUnconfirmedMember:
    def test_reads_how_many_wait_and_how_to_be_confirmed_and_no_person(self, client):
        company = CompanyFactory(member__unconfirmed=True)
        ApplicationFactory(offer__workplace__company=company, candidate__user__first_name="Ysaline")
        member = company.organisation.memberships.get().user
        log_in(client, member)
        for url in (reverse("company_space"), reverse("immersions:received_applications")):
            page = client.get(url)
            assertContains(page, "1 candidature vous attend")
            assertNotContains(page, "Ysaline")

    def test_cannot_open_it(self, client):
        company = CompanyFactory(member__unconfirmed=True)
        application = ApplicationFactory(offer__workplace__company=company)
        log_in(client, company.organisation.memberships.get().user)
        page = client.get(reverse("immersions:received_application", args=[application.pk]))
        assert page.status_code == 404
