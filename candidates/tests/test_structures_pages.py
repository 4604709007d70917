"""« Qui vous accompagne ? », and the advisors' space: pages, each read by who may."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, UserFactory
from candidates.factories import (
    AdvisorFactory,
    CandidateFactory,
    FollowingFactory,
    SupportStructureFactory,
)
from candidates.structures.models import Following
from candidates.structures.queries import NEAREST
from immersions.factories import ApplicationFactory
from territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db
WHO = "/candidat/accompagnement/"


@pytest.fixture
def candidate(client):
    candidate = CandidateFactory()
    client.force_login(candidate.user)
    return candidate


@pytest.fixture
def advisor(client):
    """An advisor of the mission locale, logged in; `advisor.structure` is theirs."""
    structure = SupportStructureFactory()
    advisor = structure.confirmed_members().get()
    advisor.structure = structure
    client.force_login(advisor)
    return advisor


def page(name, following):
    return reverse(f"structures:{name}", args=[following.pk])


class TestWhoAccompaniesYou:
    def test_proposes_the_nearest_first(self, client, candidate):
        far = SupportStructureFactory(name="Structure de Nancy", commune=CommuneFactory(nancy=True))
        near = SupportStructureFactory(name="Structure de Metz")
        names = client.get(WHO).content.decode()
        assert names.index(near.name) < names.index(far.name)
        assert "Personne, ou je ne sais pas" in names

    def test_proposes_few_and_finds_the_others_by_their_words(self, client, candidate):
        for _ in range(NEAREST):
            SupportStructureFactory()
        far = SupportStructureFactory(name="Cap vers l’Étoile", commune=CommuneFactory(nancy=True))
        assertNotContains(client.get(WHO), far.name)
        assertContains(client.get(WHO, {"q": "etoile NANCY"}), far.name)
        response = client.post(WHO, {"structure": far.pk}, follow=True)
        assertContains(response, "C’est noté. Cap vers l’Étoile vous répond au plus tard le")
        assert Following.objects.get().structure == far

    @pytest.mark.parametrize("words", ["zzz", "💥", "%", "' or 1=1", "x" * 5000])
    def test_says_when_nothing_is_found(self, client, candidate, words):
        SupportStructureFactory()
        assertContains(client.get(WHO, {"q": words}), "Aucune structure ne porte ces mots")

    def test_leads_back_to_where_one_came_from(self, client, candidate):
        structure = SupportStructureFactory()
        response = client.post(WHO, {"structure": structure.pk, "next": "/candidat/profil/"})
        assertRedirects(response, "/candidat/profil/")
        response = client.post(WHO, {"structure": structure.pk, "next": "https://ailleurs.example/"})
        assertRedirects(response, WHO)

    def test_i_do_not_know_is_an_answer(self, client, candidate):
        assertContains(
            client.post(WHO, {"structure": "unknown"}, follow=True), "Un agent de la Région cherche"
        )

    @pytest.mark.parametrize("value", ["", "0", "-1", "abc", "9" * 30, "٣", "<b>"])
    def test_anything_else_asks_again(self, client, candidate, value):
        assertContains(client.post(WHO, {"structure": value}), "Choisissez une réponse.")
        assert not Following.objects.exists()

    def test_a_closed_structure_is_not_a_choice(self, client, candidate):
        closed = SupportStructureFactory(is_open=False)
        assertNotContains(client.get(WHO), closed.name)
        assertContains(client.post(WHO, {"structure": closed.pk}), "Choisissez une réponse.")

    def test_works_before_one_has_said_where_one_lives(self, client):
        candidate = CandidateFactory(new=True)
        client.force_login(candidate.user)
        assertContains(client.get(WHO), "je ne sais pas")
        assertContains(client.post(WHO, {"structure": "unknown"}, follow=True), "C’est noté.")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({}, "va vous répondre"),
            ({"followed": True}, "vous accompagne"),
            ({"status": "not_followed", "how_to_register": "Venez lundi."}, "Venez lundi."),
            ({"status": "ended"}, "Un conseiller signe votre convention"),
        ],
    )
    def test_says_where_it_stands(self, client, candidate, fields, sentence):
        FollowingFactory(candidate=candidate, **fields)
        assertContains(client.get(WHO), sentence)

    def test_costs_the_same_for_few_and_many(self, client, candidate, django_assert_max_num_queries):
        for _ in range(12):
            SupportStructureFactory()
        with django_assert_max_num_queries(8):
            client.get(WHO)


class TestFirstApplication:
    def test_the_question_follows_it(self, client, candidate):
        application = ApplicationFactory(candidate=candidate)
        sent = reverse("immersions:application_sent", args=[application.pk])
        assertContains(client.get(sent), f"{WHO}?{urlencode({'next': sent})}")
        assertContains(client.get("/candidat/"), "Dites qui vous accompagne")

    def test_is_the_last_time_that_it_is_asked(self, client, candidate):
        application = ApplicationFactory(candidate=candidate)
        FollowingFactory(candidate=candidate)
        sent = reverse("immersions:application_sent", args=[application.pk])
        assertNotContains(client.get(sent), "qui vous accompagne ?")
        assertNotContains(client.get("/candidat/"), "Dites qui vous accompagne")

    def test_who_looks_for_nobody_yet_is_not_asked(self, client, candidate):
        assertNotContains(client.get("/candidat/"), "Dites qui vous accompagne")


class TestSpace:
    def test_shows_who_waits_and_answers_in_one_click(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure)
        assertContains(client.get("/conseiller/"), "1 chose à faire")
        response = client.post(page("follow", following), follow=True)
        assertContains(response, "Vous accompagnez Camille Noël.")
        assertContains(response, "Rien à faire pour l’instant")
        assertContains(client.get("/conseiller/personnes/"), "Camille Noël")

    def test_is_in_the_header_of_advisors_only(self, client, advisor):
        assertContains(client.get("/aide/"), 'href="/conseiller/"')
        client.force_login(UserFactory())
        assertNotContains(client.get("/aide/"), 'href="/conseiller/"')

    def test_shows_nobody_of_another_structure(self, client, advisor):
        theirs = FollowingFactory(candidate__user__last_name="Zimmermann")
        FollowingFactory(followed=True, candidate__user__last_name="Zimmermann")
        for url in ("/conseiller/", "/conseiller/personnes/"):
            assertNotContains(client.get(url), "Zimmermann")
        for name in ("person", "transfer", "not_follow", "end"):
            assert client.get(page(name, theirs)).status_code == 404
        assert client.post(page("follow", theirs)).status_code == 404

    def test_tells_an_unconfirmed_member_how_many_wait_and_not_who(self, client):
        following = FollowingFactory(candidate__user__last_name="Zimmermann")
        organisation = following.structure.organisation
        client.force_login(MembershipFactory(organisation=organisation, unconfirmed=True).user)
        response = client.get("/conseiller/")
        assertContains(response, "1 personne attend votre structure")
        assertNotContains(response, "Zimmermann")
        assert client.get(page("person", following)).status_code == 404
        assertContains(client.get("/conseiller/personnes/"), "Vérifier mon compte")

    def test_costs_the_same_for_few_and_many(self, client, advisor, django_assert_max_num_queries):
        for n in range(15):
            FollowingFactory(structure=advisor.structure, followed=n % 2 == 0)
        with django_assert_max_num_queries(12):
            client.get("/conseiller/")
        with django_assert_max_num_queries(10):
            client.get("/conseiller/personnes/")


class TestPerson:
    def test_shows_contact_and_applications_with_their_state(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure, followed=True)
        application = ApplicationFactory(candidate=following.candidate, booked=True, why="C’est intime.")
        response = client.get(page("person", following))
        assertContains(response, following.candidate.user.phone)
        assertContains(response, application.offer.title)
        assertContains(response, application.get_status_display())
        assertNotContains(response, "C’est intime.")

    def test_costs_the_same_for_few_and_many(self, client, advisor, django_assert_max_num_queries):
        following = FollowingFactory(structure=advisor.structure, followed=True)
        for _ in range(8):
            ApplicationFactory(candidate=following.candidate)
        with django_assert_max_num_queries(12):
            client.get(page("person", following))


class TestAnswers:
    def test_transfer_to_a_structure_near_the_person(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure)
        other = SupportStructureFactory(name="Cap vers l’emploi")
        url = page("transfer", following)
        response = client.get(url)
        assertContains(response, other.name)
        assertNotContains(response, f'value="{advisor.structure.pk}"')
        response = client.post(url, {"structure": other.pk, "words": ""}, follow=True)
        assertContains(response, "Demande transmise à Cap vers l’emploi.")
        assert client.get(page("person", following)).status_code == 404

    def test_not_followed_asks_why_and_how_to_register(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure)
        url = page("not_follow", following)
        response = client.post(url, {})
        assertContains(response, "Dites à la personne où s’inscrire, et comment.")
        data = {"reason": "other_place", "how_to_register": "Au 2 quai des Voyageurs."}
        assertContains(client.post(url, data, follow=True), "C’est noté.")
        following.refresh_from_db()
        assert following.how_to_register == "Au 2 quai des Voyageurs."

    def test_end(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure, followed=True)
        assertContains(client.post(page("end", following), {"words": ""}, follow=True), "terminé")

    def test_of_what_changed_meanwhile_say_so(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure, followed=True)
        response = client.post(page("follow", following), follow=True)
        assertContains(response, "n’est plus possible : en cours.")
        data = {"reason": "other", "how_to_register": "Au 2 quai des Voyageurs."}
        assertContains(client.post(page("not_follow", following), data), "n’est plus possible")

    def test_a_status_or_a_time_in_the_form_is_ignored(self, client, advisor):
        following = FollowingFactory(structure=advisor.structure)
        forged = {"status": "ended", "advisor": AdvisorFactory().pk, "asked_at": "2020-01-01"}
        client.post(page("follow", following), forged)
        following.refresh_from_db()
        assert (following.status, following.advisor) == ("followed", advisor)
        assert following.asked_at.year > 2020
