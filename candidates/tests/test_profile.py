"""The profile: a few fields, each kept as typed or refused with a sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, UserFactory
from accounts.phone import read_phone
from candidates.actions import become_candidate
from candidates.factories import CandidateFactory
from candidates.models import Candidate, Level
from core.rules import RuleBroken
from territories.factories import AgentTerritoryFactory, CommuneFactory, DepartmentFactory

pytestmark = pytest.mark.django_db

PROFILE = "/candidat/profil/"
TYPED = {
    "first_name": " Léa ",
    "last_name": "N’Diaye",
    "phone": "+33 (0)6.12.34.56.78",
    "q_lieu": "metz",
    "radius_km": "50",
    "transport": ["public", "bicycle"],
    "licence": "none",
    "level": "0",
}


@pytest.fixture
def candidate(client):
    candidate = CandidateFactory(new=True)
    client.force_login(candidate.user)
    return candidate


class TestProfile:
    def test_keeps_what_is_typed(self, client, candidate):
        metz = CommuneFactory()
        assertRedirects(client.post(PROFILE, TYPED), PROFILE)
        candidate.refresh_from_db()
        user = candidate.user
        assert (user.first_name, user.last_name, user.phone) == ("Léa", "N’Diaye", "06 12 34 56 78")
        assert (candidate.commune, candidate.radius_km) == (metz, 50)
        assert candidate.transport == ["public", "bicycle"]
        assert (candidate.licence, candidate.level) == ("none", Level.NONE)
        assert candidate.is_ready_to_apply
        assert candidate.completeness == 100

    def test_says_what_is_missing_to_apply(self, client, candidate):
        page = client.get(PROFILE)
        assertContains(page, "il manque : votre prénom, votre nom, votre téléphone, votre commune")

    def test_may_be_saved_empty(self, client, candidate):
        assertRedirects(client.post(PROFILE, {"radius_km": "30"}), PROFILE)
        candidate.refresh_from_db()
        assert not candidate.is_ready_to_apply

    def test_keeps_the_commune_when_nothing_is_changed(self, client):
        candidate = CandidateFactory()
        client.force_login(candidate.user)
        assertContains(client.get(PROFILE), 'value="Metz (57)"')
        client.post(PROFILE, {"q_lieu": "Metz (57)", "radius_km": "30"})
        candidate.refresh_from_db()
        assert candidate.commune_id == "57463"

    def test_leads_back_to_the_offer_that_asked_for_it(self, client, candidate):
        CommuneFactory()
        assertContains(client.get(PROFILE + "?next=/offres/12-macon/"), 'value="/offres/12-macon/"')
        response = client.post(PROFILE, {**TYPED, "next": "/offres/12-macon/"})
        assertRedirects(response, "/offres/12-macon/", fetch_redirect_response=False)

    def test_never_leads_out_of_the_site(self, client, candidate):
        response = client.post(PROFILE, {"radius_km": "30", "next": "https://evil.example/"})
        assertRedirects(response, PROFILE)

    def test_is_for_candidates_only(self, client):
        client.force_login(MembershipFactory().user)
        assert client.get(PROFILE).status_code == 404

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("phone", "06 12 34", "Un numéro français a 10 chiffres, vous en avez tapé 6."),
            ("phone", "<b>", "Ce numéro n’est pas complet"),
            ("q_lieu", "Xyzzyville", "Lieu non reconnu"),
            ("radius_km", "-5", "Choisissez une distance."),
            ("radius_km", "abc", "Choisissez une distance."),
            ("transport", "rocket", "Choisissez dans la liste."),
        ],
    )
    def test_says_what_is_wrong(self, client, candidate, field, typed, sentence):
        CommuneFactory()
        response = client.post(PROFILE, {**TYPED, field: typed})
        assertContains(response, sentence)
        candidate.refresh_from_db()
        assert candidate.user.first_name == ""


class TestAmbiguousCommune:
    @pytest.fixture
    def two(self):
        moselle = CommuneFactory(code="57001", name="Saint-Julien", postcodes=["57070"], population=300)
        vosges = CommuneFactory(
            code="88001",
            name="Saint-Julien",
            postcodes=["88410"],
            population=200,
            department=DepartmentFactory(code="88", name="Vosges"),
        )
        return moselle, vosges

    def test_is_offered_as_a_choice(self, client, candidate, two):
        response = client.post(PROFILE, {**TYPED, "q_lieu": "Saint-Julien"})
        assertContains(response, "Saint-Julien, Moselle (57070)")
        assertContains(response, "Saint-Julien, Vosges (88410)")
        assertContains(response, "choisissez le vôtre")

    def test_keeps_the_one_chosen(self, client, candidate, two):
        client.post(PROFILE, {**TYPED, "q_lieu": "Saint-Julien", "lieu": "88001"})
        candidate.refresh_from_db()
        assert candidate.commune == two[1]

    def test_a_choice_left_from_another_name_does_not_win(self, client, candidate, two):
        metz = CommuneFactory()
        client.post(PROFILE, {**TYPED, "q_lieu": "Metz", "lieu": "88001"})
        candidate.refresh_from_db()
        assert candidate.commune == metz


class TestBecomeCandidate:
    def test_twice_is_once(self):
        user = UserFactory()
        assert become_candidate(user) == become_candidate(user)

    def test_is_refused_to_who_acts_for_a_company(self):
        user = MembershipFactory().user
        with pytest.raises(RuleBroken, match="adresse personnelle"):
            become_candidate(user)
        assert not Candidate.objects.exists()

    def test_is_possible_for_who_has_left_theirs(self):
        become_candidate(MembershipFactory(former=True).user)
        assert Candidate.objects.exists()


class TestTerritory:
    def test_an_agent_sees_who_lives_there(self):
        here, elsewhere = CandidateFactory(), CandidateFactory(commune__nancy=True)
        CandidateFactory(new=True)
        agent = AgentTerritoryFactory(departments=[here.commune.department]).user
        assert list(Candidate.objects.in_territory_of(agent)) == [here]
        assert elsewhere not in Candidate.objects.in_territory_of(agent)

    def test_nobody_else_sees_anybody(self):
        CandidateFactory()
        assert not Candidate.objects.in_territory_of(UserFactory(is_staff=True)).exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("06-12-34-56-78", "06 12 34 56 78"),
        ("0033612345678", "06 12 34 56 78"),
        ("+33 3 87 00 00 00", "03 87 00 00 00"),
        ("+33(0)612345678", "06 12 34 56 78"),
        ("+352 621 123 456", "+352621123456"),
    ],
)
def test_phones_are_kept_in_one_form(typed, kept):
    assert read_phone(typed) == kept
    assert read_phone(kept) == kept


@pytest.mark.parametrize(
    "typed", ["12", "0000000000", "061234567", "06123456789", "abc", "٠٦١٢٣٤٥٦٧٨", "+33 6"]
)
def test_a_phone_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        read_phone(typed)


def test_the_profile_is_where_a_new_candidate_arrives(client, commit, mailoutbox):
    with commit():
        client.post("/inscription/adresse/?qui=candidate", {"email": "lea@example.org"})
    code = mailoutbox[0].body.split("    ")[1].split("\n")[0]
    assertRedirects(client.post("/connexion/code/", {"code": code}), reverse("candidate_profile"))
    assert Candidate.objects.get().user.email == "lea@example.org"
    assertNotContains(client.get(PROFILE), "Erreur")
