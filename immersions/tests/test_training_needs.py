"""A training need: one for a trade and a place, answered within five working days, counted."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.factories import UserFactory
from accounts.roles import AGENT, CANDIDATE, COMPANY
from core import waits
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.workflow import SYSTEM
from immersions.factories import OfferFactory
from immersions.needs.actions import answer_need, join_missing
from immersions.needs.joining import join_need, leave_need
from immersions.needs.models import NeedOffer, TrainingNeed
from immersions.needs.workflow import NEED_WORKFLOW, NeedStatus
from immersions.offers import actions
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from territories.agents import make_agent
from territories.factories import CommuneFactory, DepartmentFactory, EmploymentBasinFactory, OccupationFactory
from territories.models import AgentTask, Commune, Region
from trainings.factories import SessionFactory
from trainings.models import TrainingOccupation
from trainings.models.trainings import LinkOrigin

pytestmark = pytest.mark.django_db

DECIDED = {
    "answer": ("open", {AGENT}),
    "answer_again": ("answered", {AGENT}),
    "close": ("open answered", {SYSTEM}),
}


@pytest.fixture
def agent():
    return make_agent("agent@grandest.example", departments=[DepartmentFactory()])[0]


def waiting(**kwargs) -> Offer:
    offer = OfferFactory(status=OfferStatus.AWAITING_TRAINING, **kwargs)
    with transaction.atomic():
        join_need(offer, missing="Rien.")
    return offer


def test_the_table_decides_every_move():
    for move in NEED_WORKFLOW.transitions:
        sources, who = DECIDED[move.name]
        for status in NeedStatus.values:
            for role in (AGENT, COMPANY, CANDIDATE, SYSTEM):
                decided = NEED_WORKFLOW.is_decided(move.name, status, role)
                assert decided == (status in sources.split() and role in who)


def test_two_offers_of_a_trade_share_one_need_and_one_task():
    Commune.objects.update(epci=None)
    mason = OccupationFactory()
    first = waiting(occupation=mason, posts=2)
    Commune.objects.update(epci=EmploymentBasinFactory().epcis.get())
    leave_need(first)
    join_need(first)
    waiting(occupation=mason, discovery=True)
    need = TrainingNeed.objects.open().with_posts().get()
    assert (need.basin.name, need.posts, need.shares.count()) == ("Metz", 3, 2)
    assert AgentTask.objects.open().get().title.endswith("bassin de Metz, 3 postes")
    leave_need(first)
    assert AgentTask.objects.open().get().title.endswith("bassin de Metz, 1 poste")


def test_another_trade_or_department_is_another_need():
    mason = OccupationFactory()
    waiting(occupation=mason)
    waiting(occupation=mason, workplace__commune=CommuneFactory(nancy=True))
    waiting(occupation=OccupationFactory(code="F1606"))
    assert TrainingNeed.objects.open().count() == 3


def test_a_linked_session_publishes_each_offer_at_once_and_closes_the_need(agent):
    mason = OccupationFactory()
    offers = [waiting(occupation=mason), waiting(occupation=mason)]
    session = SessionFactory(starts_on=timezone.localdate() + dt.timedelta(60))
    need = TrainingNeed.objects.get()
    answer_need(need, by=agent, answer="session", words="Reliée.", session=session)
    for offer in offers:
        offer.refresh_from_db()
        assert offer.status == OfferStatus.PUBLISHED
    need.refresh_from_db()
    assert (need.status, need.answer, need.training) == ("closed", "session", session.action.training)
    link = TrainingOccupation.objects.get(training=need.training, occupation=mason)
    assert (link.origin, link.by) == (LinkOrigin.AGENT, agent)
    assert set(OutgoingMessage.objects.values_list("kind", flat=True)) == {"immersions/offer_published"}
    assert AgentTask.objects.get().done_by == agent


def test_the_company_reads_the_answer_in_its_letter_and_on_its_page(agent, client, commit, mailoutbox):
    offer = waiting()
    client.force_login(offer.company.confirmed_members().get())
    page = reverse("immersions:company_offer", args=[offer.pk])
    assertContains(client.get(page), "la Région répond avant le")
    with commit():
        answer_need(TrainingNeed.objects.get(), by=agent, answer="poei", words="On vous appelle <lundi>.")
    assert "On vous appelle <lundi>." in mailoutbox[0].body
    assert "&lt;lundi&gt;" in mailoutbox[0].alternatives[0].content
    shown = client.get(page)
    assertContains(shown, "On vous appelle &lt;lundi&gt;.")
    assertNotContains(shown, "la Région répond avant le")


def test_the_second_agent_reads_that_it_is_answered(agent):
    waiting()
    mine, other = TrainingNeed.objects.get(), TrainingNeed.objects.get()
    answer_need(mine, by=agent, answer="none", words="Rien cette année.")
    with pytest.raises(RuleBroken, match="n’est plus possible : répondu"):
        answer_need(other, by=UserFactory(agent=True), answer="poei", words="Si.")
    assert TrainingNeed.objects.get().answer == "none"


def test_a_no_is_answered_again_when_a_session_appears_and_both_answers_are_kept(agent, client):
    offer = waiting()
    need = TrainingNeed.objects.get()
    answer_need(need, by=agent, answer="none", words="Rien.")
    page = reverse("admin:immersions_trainingneed_answer", args=[need.pk])
    client.force_login(agent)
    shown = client.get(page)
    assertContains(shown, "« Rien. »")
    said = {"words": "On vous appelle.", "instead_of": shown.context["form"]["instead_of"].value()}
    client.post(page, {**said, "answer": "poei"})
    letters = OutgoingMessage.objects.filter(kind="immersions/offer_need_answered")
    assert set(letters.values_list("context__words", flat=True)) == {"On vous appelle.", "Rien."}
    client.post(page, {**said, "answer": "collective"})  # Read before the second answer.
    assert TrainingNeed.objects.get().answer == "poei"
    session = SessionFactory(starts_on=timezone.localdate() + dt.timedelta(60))
    said |= {"answer": "session", "session": session.pk}
    client.post(page, {**said, "instead_of": client.get(page).context["form"]["instead_of"].value()})
    offer.refresh_from_db()
    assert (offer.status, TrainingNeed.objects.get().status) == (OfferStatus.PUBLISHED, "closed")
    told = client.get(reverse("admin:immersions_trainingneed_change", args=[need.pk]))
    assertContains(told, "Répondre au besoin de formation : Pas de solution pour le moment")
    assertContains(told, "Répondre à nouveau au besoin de formation : Une session est rattachée à ce métier")
    assert client.get(page).status_code == 302


def test_the_sessions_of_a_close_trade_are_on_top_of_the_list(agent, client):
    waiting()
    for title, code in (("Anglais", "E1101"), ("Bois", "F1607"), ("Carrelage", "F1608"), ("Zinc", "F1799")):
        trade = OccupationFactory(code=code, title=title)
        SessionFactory(action__training__title=title, action__training__leads_to=[trade])
    client.force_login(agent)
    page = client.get(reverse("admin:immersions_trainingneed_answer", args=[TrainingNeed.objects.get().pk]))
    said = page.text[page.text.index("Métiers du même domaine") :]
    words = ("Zinc", "de la même famille", "Bois", "Carrelage", "Autres formations", "Anglais")
    assert sorted(words, key=said.index) == list(words)


def test_a_linked_session_that_is_cancelled_opens_the_need_again(agent):
    offer = waiting()
    session = SessionFactory(starts_on=timezone.localdate() + dt.timedelta(60))
    answer_need(TrainingNeed.objects.get(), by=agent, answer="session", words="Reliée.", session=session)
    type(session).objects.update(cancelled_at=timezone.now())
    actions.refresh_publication()
    assert TrainingNeed.objects.open().of_offer(Offer.objects.get(pk=offer.pk)).exists()


def test_an_offer_that_waits_without_a_need_gets_one_once():
    offer = OfferFactory(status=OfferStatus.AWAITING_TRAINING)
    OfferFactory(status=OfferStatus.PAUSED)
    assert (join_missing(), join_missing()) == (1, 0)
    assert TrainingNeed.objects.open().of_offer(offer).exists()
    assert AgentTask.objects.open().get().kind == "training_need"


@pytest.mark.parametrize("answer", [{"answer": "session", "words": "Oui."}, {"answer": "none", "words": " "}])
def test_an_answer_without_its_session_or_its_words_is_refused(agent, answer):
    waiting()
    with pytest.raises(RuleBroken):
        answer_need(TrainingNeed.objects.get(), by=agent, **answer)
    assert TrainingNeed.objects.get().status == "open"


def test_after_a_no_a_new_offer_asks_again(agent):
    mason = OccupationFactory()
    waiting(occupation=mason)
    answer_need(TrainingNeed.objects.get(), by=agent, answer="none", words="Rien.")
    waiting(occupation=mason)
    assert TrainingNeed.objects.by_answer() == {"none": 1, "": 1}
    assert TrainingNeed.objects.by_basin() == {"": 2}


def test_a_paused_or_rewritten_offer_leaves_and_its_need_closes():
    offer = waiting()
    actions.pause_offer(offer, by=offer.company.confirmed_members().get())
    assert TrainingNeed.objects.get().status == "closed"
    assert NeedOffer.objects.get().left_at
    assert AgentTask.objects.get().done_at


def test_the_box_of_the_region_is_reminded_then_told_that_it_is_late_once():
    Region.objects.update(contact_email="region@example.org")
    with time_machine.travel("2027-03-01T10:00:00+01:00", tick=False):  # A Monday.
        waiting(workplace__commune__department__region__contact_email="region@example.org")
    for day, late in (
        ("04", []),
        ("05", [False]),
        ("08", [False]),
        ("09", [False, True]),
        ("15", [False, True]),
    ):
        with time_machine.travel(f"2027-03-{day}T10:00:00+01:00", tick=False):
            waits.sweep_all()
            waits.sweep_all()
        told = OutgoingMessage.objects.filter(kind="immersions/need_waiting").order_by("pk")
        assert [message.context["is_late"] for message in told] == late


def test_an_agent_answers_in_the_admin_in_their_territory_only(agent, client):
    offer = waiting()
    need = TrainingNeed.objects.get()
    session = SessionFactory(starts_on=timezone.localdate() + dt.timedelta(60))
    far = SessionFactory(
        action__commune=CommuneFactory(code="13055", latitude=43.3, longitude=5.4, x=893000, y=6246000)
    )
    page = reverse("admin:immersions_trainingneed_answer", args=[need.pk])
    client.force_login(agent)
    shown = client.get(page)
    groups = shown.context["form"].fields["session"].choices[1:]
    choices = [pk for _, some in groups for pk, _ in some]
    assert session.pk in choices
    assert far.pk not in choices
    assertContains(
        client.post(page, {"answer": "session", "words": "Oui."}), "Choisissez la session à rattacher."
    )
    client.post(page, {"answer": "session", "words": "Oui.", "session": session.pk})
    offer.refresh_from_db()
    assert offer.status == OfferStatus.PUBLISHED
    assert client.get(reverse("admin:immersions_trainingneed_changelist")).status_code == 200
    elsewhere, _ = make_agent("autre@grandest.example", departments=[CommuneFactory(nancy=True).department])
    client.force_login(elsewhere)
    assert client.get(page).status_code == 404
    client.force_login(offer.company.confirmed_members().get())
    assert client.get(page).status_code == 302
