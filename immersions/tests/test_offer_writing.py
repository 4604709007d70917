"""Six answers, one page each: what a company types to publish an immersion."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, UserFactory
from companies.factories import CompanyFactory, WorkplaceFactory
from core.models import OutgoingMessage
from immersions.factories import OfferFactory
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from territories.factories import (
    AgentTerritoryFactory,
    CommuneFactory,
    OccupationFactory,
    OccupationTaskFactory,
)
from territories.lexicon import rebuild
from trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db

START = "/entreprise/offres/nouvelle/"


def page(offer: Offer, step: str) -> str:
    return reverse("immersions:offer_step", args=[offer.pk, step])


@pytest.fixture
def mason():
    mason = OccupationFactory()
    for n, text in enumerate(["Gâcher le mortier", "Monter un rang", "Lire un plan"]):
        OccupationTaskFactory(occupation=mason, text=text, order=n)
    rebuild([mason.code])
    return mason


@pytest.fixture
def workplace():
    return WorkplaceFactory()


@pytest.fixture
def member(workplace):
    return workplace.company.confirmed_members().get()


@pytest.fixture
def logged_in(client, member):
    client.force_login(member)
    return client


CONTACT = {"contact_name": "Ana Bloch", "contact_email": "ana@example.org", "contact_phone": "03 87 00 00 00"}
HIRING = {
    "weight": "hiring_project", "half_days": "6", "contract": "cdd", "contract_months": "12",
    "pay_gross_monthly": "1950", "posts": "1",
}  # fmt: skip
NO_SLOT = {"creneau-TOTAL_FORMS": "0", "creneau-INITIAL_FORMS": "0"}


class TestWholePath:
    def test_six_answers_then_an_agent_accepts_and_everybody_sees_it(
        self, logged_in, workplace, member, mason, commit, mailoutbox
    ):
        SessionFactory(action__training__leads_to=[mason])
        assertContains(logged_in.get(START), "Étape 1 sur 6")
        response = logged_in.post(START, {"workplace": workplace.pk})
        offer = Offer.objects.get()
        assertRedirects(response, page(offer, "metier"))
        found = logged_in.get(page(offer, "metier"), {"q_metier": "macon"})
        assertContains(found, "Maçon / Maçonne")
        logged_in.post(page(offer, "metier"), {"metier": mason.code})
        assertContains(logged_in.get(page(offer, "taches")), "Gâcher le mortier")
        logged_in.post(
            page(offer, "taches"),
            {"title": "Maçon / Maçonne", "task_1": "Gâcher", "task_2": "Monter", "task_3": "Lire"},
        )
        logged_in.post(page(offer, "duree"), HIRING)
        logged_in.post(page(offer, "dates"), {"date_mode": "to_agree", **NO_SLOT})
        whole = logged_in.post(page(offer, "contact"), CONTACT, follow=True)
        assertContains(whole, "Vérifiez vos réponses")
        assertContains(whole, "CDD 12 mois")

        sent = logged_in.post(reverse("immersions:offer_submit", args=[offer.pk]), follow=True)
        assertContains(sent, "Votre offre est envoyée")
        assertContains(sent, "sous 2 jours")
        offer.refresh_from_db()
        assert offer.status == OfferStatus.IN_MODERATION
        assert not OutgoingMessage.objects.exists()

        from immersions.offers.actions import accept_offer

        with commit():
            accept_offer(offer, by=AgentTerritoryFactory().user)
        offer.refresh_from_db()
        assert (offer.status, offer.commune, offer.x) == ("published", workplace.commune, workplace.x)
        assert offer.published_at
        assert {mail.to[0] for mail in mailoutbox} == {member.email, "ana@example.org"}
        assert "Votre offre est publiée : Maçon / Maçonne" in mailoutbox[0].subject

    def test_a_draft_is_kept_at_each_step_and_resumes_from_the_list(self, logged_in, workplace):
        logged_in.post(START, {"workplace": workplace.pk})
        offer = Offer.objects.get()
        listed = logged_in.get(reverse("immersions:company_offers"))
        assertContains(listed, "Offre sans titre")
        assertContains(listed, "À finir et à envoyer")
        resumed = logged_in.get(reverse("immersions:company_offer", args=[offer.pk]))
        assertContains(resumed, "Choisissez le métier.")
        assertContains(resumed, page(offer, "metier"))

    def test_looking_writes_nothing(self, logged_in, workplace, mason):
        offer = OfferFactory(draft=True, workplace=workplace, occupation=mason)
        for url in (START, *(page(offer, step) for step in ("lieu", "metier", "taches", "duree", "dates"))):
            assert logged_in.get(url).status_code == 200
        assert Offer.objects.count() == 1
        assert not offer.events.exists()

    def test_an_incomplete_offer_cannot_be_sent(self, logged_in, workplace):
        logged_in.post(START, {"workplace": workplace.pk})
        offer = Offer.objects.get()
        response = logged_in.post(reverse("immersions:offer_submit", args=[offer.pk]), follow=True)
        assertContains(response, "Choisissez le métier.")
        offer.refresh_from_db()
        assert offer.status == OfferStatus.DRAFT


class TestWhoComes:
    def test_a_visitor_reads_what_is_asked_and_signs_up_first(self, client):
        response = client.get("/proposer-une-immersion/")
        assertContains(response, "Six réponses, trois minutes")
        assertContains(response, "next=%2Fentreprise%2Foffres%2Fnouvelle%2F")

    def test_a_visitor_cannot_start(self, client):
        assert client.get(START).status_code == 302
        assert not Offer.objects.exists()

    def test_someone_without_a_company_names_it_first_and_comes_back(self, client):
        client.force_login(UserFactory())
        response = client.get(START)
        assert response.status_code == 302
        back = "?next=%2Fentreprise%2Foffres%2Fnouvelle%2F"
        assert response["Location"] == reverse("companies:create") + back

    def test_a_colleague_sees_and_changes_the_same_offers(self, client, workplace):
        offer = OfferFactory(workplace=workplace)
        colleague = MembershipFactory(organisation=workplace.company.organisation, unconfirmed=True).user
        client.force_login(colleague)
        assertContains(client.get(reverse("immersions:company_offers")), offer.title)
        assertContains(client.get(reverse("immersions:company_offer", args=[offer.pk])), offer.title)

    @pytest.mark.parametrize(
        "name", ["company_offer", "offer_sent", "offer_complete", "offer_close", "offer_submit",
                 "offer_pause", "offer_resume", "offer_duplicate"]
    )  # fmt: skip
    def test_a_stranger_finds_nothing(self, client, name):
        offer = OfferFactory()
        client.force_login(CompanyFactory().confirmed_members().get())
        url = reverse(f"immersions:{name}", args=[offer.pk])
        assert client.post(url).status_code in (404, 405)
        if name in ("company_offer", "offer_sent", "offer_complete", "offer_close"):
            assert client.get(url).status_code == 404
        assert client.post(page(offer, "taches"), {"title": "Volé"}).status_code == 404
        offer.refresh_from_db()
        assert offer.status == OfferStatus.PUBLISHED

    def test_a_former_member_finds_nothing(self, client, workplace):
        offer = OfferFactory(workplace=workplace)
        client.force_login(MembershipFactory(organisation=workplace.company.organisation, former=True).user)
        assert client.get(reverse("immersions:company_offer", args=[offer.pk])).status_code == 404


class TestPlace:
    def test_another_commune_becomes_a_workplace(self, logged_in, workplace):
        CommuneFactory(thionville=True).postcodes.get_or_create(postcode="57100")
        logged_in.post(START, {"workplace": "autre", "address": "3 quai Marchal", "q_lieu": "57100"})
        offer = Offer.objects.get()
        assert str(offer.workplace) == "3 quai Marchal, Thionville (57)"
        assert (offer.commune.name, offer.workplace.postcode) == ("Thionville", "57100")
        assert offer.company == workplace.company

    def test_someone_in_two_companies_says_which(self, logged_in, member, workplace):
        other = CompanyFactory(name="Bâtir 57", member=member)
        CommuneFactory(thionville=True)
        asked = logged_in.post(START, {"workplace": "autre", "q_lieu": "Thionville"})
        assertContains(asked, "Choisissez l’entreprise.")
        logged_in.post(START, {"workplace": "autre", "q_lieu": "Thionville", "company": other.pk})
        assert Offer.objects.get().company == other

    def test_a_commune_that_nobody_knows_is_said(self, logged_in):
        response = logged_in.post(START, {"workplace": "autre", "q_lieu": "Xyzzyville"})
        assertContains(response, "Lieu non reconnu")
        assert not Offer.objects.exists()

    def test_the_workplace_of_another_company_is_no_choice(self, logged_in):
        foreign = WorkplaceFactory()
        response = logged_in.post(START, {"workplace": foreign.pk})
        assertContains(response, "Sélectionnez un choix valide")
        assert not Offer.objects.exists()

    @pytest.mark.parametrize("typed", ["' OR 1=1 --", "<script>alert(1)</script>", "🙂" * 40, "x" * 10_000])
    def test_odd_words_get_a_sentence(self, logged_in, typed):
        response = logged_in.post(START, {"workplace": "autre", "q_lieu": typed, "address": typed})
        assert response.status_code == 200
        assertNotContains(response, "<script>alert")


class TestOccupation:
    def test_words_are_looked_for_and_a_suggestion_is_taken_at_once(self, logged_in, workplace, mason):
        logged_in.post(START, {"workplace": workplace.pk})
        offer = Offer.objects.get()
        there = page(offer, "metier")
        assertRedirects(logged_in.post(there, {"q_metier": "macon"}), f"{there}?q_metier=macon")
        assertContains(logged_in.post(there, {"q_metier": " "}, follow=True), "Écrivez d’abord le métier")
        chosen = {"q_metier": "Maçon / Maçonne", "metier": mason.code}
        assertRedirects(logged_in.post(there, chosen), page(offer, "taches"))

    def test_words_that_name_nothing_get_a_way_on(self, logged_in, workplace):
        offer = OfferFactory(draft=True, workplace=workplace, occupation=None, title="")
        response = logged_in.get(page(offer, "metier"), {"q_metier": "xyzzy"})
        assertContains(response, "Aucun métier trouvé")

    def test_the_title_comes_in_both_genders_and_the_tasks_from_the_occupation(
        self, logged_in, workplace, mason
    ):
        offer = OfferFactory(draft=True, workplace=workplace, occupation=None, title="", detail__tasks=[])
        logged_in.post(page(offer, "metier") + "?q_metier=macon", {"metier": mason.code})
        offer.refresh_from_db()
        assert offer.title == "Maçon / Maçonne"
        assert offer.detail.tasks == ["Gâcher le mortier", "Monter un rang", "Lire un plan"]

    def test_a_title_for_one_gender_is_questioned_once(self, logged_in, workplace, mason):
        offer = OfferFactory(draft=True, workplace=workplace, occupation=mason)
        typed = {"title": "Maçon confirmé", "task_1": "A", "task_2": "B", "task_3": "C"}
        asked = logged_in.post(page(offer, "taches"), typed)
        assertContains(asked, "Ce titre ne parle qu’à une partie des personnes")
        assertContains(asked, "Garder ce titre")
        logged_in.post(page(offer, "taches"), typed | {"keep_title": "on"})
        offer.refresh_from_db()
        assert offer.title == "Maçon confirmé"


class TestDuration:
    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"half_days": ""}, "Choisissez une durée."),
            ({"contract": ""}, "Choisissez le contrat que vous proposez."),
            ({"contract_months": "5"}, "un contrat d’au moins 6 mois"),
            ({"contract_months": ""}, "Indiquez la durée du contrat, 6 mois au moins."),
            ({"pay_gross_monthly": ""}, "Indiquez le salaire brut mensuel."),
            ({"pay_gross_monthly": "1200"}, "C’est moins que le SMIC"),
            ({"pay_gross_monthly": "beaucoup"}, "Écrivez un montant"),
            ({"posts": "0"}, "Un poste au moins"),
            ({"weight": "forever"}, "Sélectionnez un choix valide"),
        ],
    )
    def test_says_what_is_wrong(self, logged_in, workplace, changed, sentence):
        offer = OfferFactory(draft=True, workplace=workplace)
        assertContains(logged_in.post(page(offer, "duree"), HIRING | changed), sentence)

    def test_work_study_may_pay_less_than_the_minimum(self, logged_in, workplace):
        offer = OfferFactory(draft=True, workplace=workplace)
        logged_in.post(page(offer, "duree"), HIRING | {"contract": "alternance", "pay_gross_monthly": "1200"})
        offer.refresh_from_db()
        assert (offer.contract, offer.pay_gross_monthly) == ("alternance", 1200)

    @pytest.mark.parametrize("typed", ["1950,50", "1 950,50 €", "1950.50", "1\N{NO-BREAK SPACE}950,5"])
    def test_pay_is_typed_as_people_write_it(self, logged_in, workplace, typed):
        offer = OfferFactory(draft=True, workplace=workplace)
        logged_in.post(page(offer, "duree"), HIRING | {"pay_gross_monthly": typed})
        offer.refresh_from_db()
        assert offer.pay_gross_monthly == Decimal("1950.50")
        assertContains(logged_in.get(page(offer, "duree")), "1950,50")

    def test_a_visit_forgets_the_promise(self, logged_in, workplace):
        offer = OfferFactory(draft=True, workplace=workplace)
        logged_in.post(page(offer, "duree"), HIRING | {"weight": "visit"})
        offer.refresh_from_db()
        assert (offer.weight, offer.half_days, offer.contract, offer.posts) == ("visit", 1, "", None)


class TestComplete:
    URL = "/entreprise/offres/{}/completer/"
    TYPED = {"level_required": "3", "licence": "learned"}

    def test_what_is_typed_is_kept_line_by_line(self, logged_in, workplace):
        offer = OfferFactory(workplace=workplace)
        typed = self.TYPED | {
            "day_plan": "8h : café au dépôt\n12 h 30 – repas pris en charge\n\n16:00 on range",
            "essentials": "- être à l’aise en hauteur\n\n• aimer le grand air",
            "french_level": "A2",
            "is_reachable_without_car": "on",
        }
        logged_in.post(self.URL.format(offer.pk), typed)
        offer = Offer.objects.get()
        assert offer.detail.day_plan == [
            {"time": "8 h", "what": "café au dépôt"},
            {"time": "12 h 30", "what": "repas pris en charge"},
            {"time": "16 h 00", "what": "on range"},
        ]
        assert offer.detail.essentials == ["être à l’aise en hauteur", "aimer le grand air"]
        assert (offer.level_required, offer.licence, offer.french_level) == (3, "learned", "A2")
        assert offer.is_reachable_without_car
        assert not offer.welcomes_beginners
        assertContains(logged_in.get(self.URL.format(offer.pk)), "8 h : café au dépôt")

    @pytest.mark.parametrize(
        ("name", "typed", "sentence"),
        [
            ("day_plan", "le matin on charge", "Commencez chaque ligne par l’heure"),
            ("essentials", "x" * 121, "Cette ligne est trop longue"),
            ("learned", "a\n" * 13, "12 lignes au plus."),
            ("level_required", "99", "Sélectionnez un choix valide"),
        ],
    )
    def test_says_what_is_wrong(self, logged_in, workplace, name, typed, sentence):
        offer = OfferFactory(workplace=workplace)
        response = logged_in.post(self.URL.format(offer.pk), self.TYPED | {name: typed})
        assertContains(response, sentence)


class TestContact:
    def test_is_proposed_from_the_account(self, logged_in, member, workplace):
        unsaid = {"detail__contact_name": "", "detail__contact_email": ""}
        offer = OfferFactory(draft=True, workplace=workplace, **unsaid)
        assertContains(logged_in.get(page(offer, "contact")), member.email)

    def test_never_stands_on_the_public_page(self, client, workplace):
        offer = OfferFactory(workplace=workplace)
        page = client.get(offer.get_absolute_url()).content.decode()
        assert offer.title in page
        for private in (offer.detail.contact_name, offer.detail.contact_email, offer.detail.contact_phone):
            assert private not in page

    def test_a_wrong_phone_is_said(self, logged_in, workplace):
        offer = OfferFactory(draft=True, workplace=workplace)
        response = logged_in.post(page(offer, "contact"), CONTACT | {"contact_phone": "appelez-moi"})
        assertContains(response, "Écrivez un numéro de téléphone")
