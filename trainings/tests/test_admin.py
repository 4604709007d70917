"""What a region agent can read, write and not write in the catalogue."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from core.rules import RuleBroken
from territories.agents import make_agent
from territories.factories import CommuneFactory, DepartmentFactory, OccupationFactory
from trainings.actions import close_training, link_occupation, reopen_training
from trainings.factories import (
    SessionFactory,
    SkillBlockFactory,
    TrainingActionFactory,
    TrainingOrganisationFactory,
)
from trainings.models import CatalogueImport, Session, Source, Training, TrainingAction, TrainingOrganisation

pytestmark = pytest.mark.django_db
LIST = reverse("admin:trainings_training_changelist")
ADD = reverse("admin:trainings_training_add")
NO_INLINE = {
    f"{prefix}-{name}_FORMS": "0"
    for prefix in ("links", "block_links", "actions", "sessions")
    for name in ("TOTAL", "INITIAL")
}

TOLD_BY_OTHERS = {  # The organisation's own words, read beside the session.
    f"{prefix}-{name}_FORMS": "0"
    for prefix in ("in_company_periods", "meetings", "changes")
    for name in ("TOTAL", "INITIAL")
}


@pytest.fixture
def moselle(db):
    return DepartmentFactory()


@pytest.fixture
def agent(moselle):
    user, _ = make_agent("agent@region.example.org", departments=[moselle])
    return user


@pytest.fixture
def page(client, agent):
    client.force_login(agent)
    return client


def address(thing) -> str:
    return reverse(f"admin:trainings_{thing._meta.model_name}_change", args=[thing.pk])


def a_place(where, **typed) -> dict:
    """One action, as the inline of a training posts it."""
    place = {"place_name": "Chantier-école", "commune": where.pk, "teaching_mode": "on_site", **typed}
    return {f"actions-0-{name}": value for name, value in place.items()} | {
        "actions-TOTAL_FORMS": "1",
        "actions-INITIAL_FORMS": "0",
    }


class TestReading:
    def test_an_agent_reads_what_is_given_elsewhere_too(self, page):
        SessionFactory(action__training__title="Ici")
        SessionFactory(action__training__title="Ailleurs", action__in_nancy=True)
        everything = page.get(LIST).content.decode()
        assert "Ici" in everything
        assert "Ailleurs" in everything
        mine = page.get(LIST, {"territoire": "mien"}).content.decode()
        assert "Ici" in mine
        assert "Ailleurs" not in mine

    def test_the_list_does_not_grow_in_queries(self, page, django_assert_max_num_queries):
        for _ in range(10):
            SessionFactory()
        with django_assert_max_num_queries(12):
            page.get(LIST)

    def test_trainings_without_a_session_to_come_are_found(self, page):
        SessionFactory(action__training__title="Avec session")
        SessionFactory(action__training__title="Sans session", status="closed")
        with_one = page.get(LIST, {"session": "oui"}).content.decode()
        without = page.get(LIST, {"session": "non"}).content.decode()
        assert "Avec session" in with_one
        assert "Sans session" not in with_one
        assert "Sans session" in without
        assert "Avec session" not in without

    def test_a_training_shows_its_occupations_and_its_sessions(self, page):
        mason = OccupationFactory()
        session = SessionFactory(
            action__training__leads_to=[mason], starts_on=timezone.localdate() + dt.timedelta(days=9)
        )
        html = page.get(address(session.action.training)).content.decode()
        assert "Maçon / Maçonne (F1703)" in html
        assert f"Metz : {session.dates} (Recrutement ouvert)" in html

    @pytest.mark.parametrize("make", [SessionFactory, TrainingActionFactory, TrainingOrganisationFactory])
    def test_every_page_opens(self, page, make):
        thing = make()
        listed = reverse(f"admin:trainings_{thing._meta.model_name}_changelist")
        assert page.get(listed).status_code == 200
        assert page.get(address(thing)).status_code == 200

    def test_the_imports_tell_what_they_found(self, page):
        imported = CatalogueImport.objects.create(
            file_name="catalogue.xml",
            report={
                "formations": 12,
                "refused": 1,
                "refusals": ["formation <AF_2> : vide"],
                "closed": {"sessions": 3},
            },
        )
        html = page.get(address(imported)).content.decode()
        assert "12 formations" in html
        assert "formation &lt;AF_2&gt; : vide" in html
        assert "fermées : 3 sessions" in html
        assert page.post(address(imported), {}).status_code == 403


class TestCatalogue:
    def test_its_words_cannot_be_changed(self, page):
        training = TrainingActionFactory().training
        page.post(address(training), {"title": "Autre", **NO_INLINE})
        training.refresh_from_db()
        assert training.title == "Maçon"

    def test_an_agent_adds_an_occupation_that_it_leads_to(self, page, agent):
        training, welder = TrainingActionFactory().training, OccupationFactory(welder=True)
        link = {"links-0-occupation": welder.pk, "links-0-training": training.pk, "links-TOTAL_FORMS": "1"}
        response = page.post(address(training), NO_INLINE | link | {"links-INITIAL_FORMS": "0"})
        assert response.status_code == 302
        added = training.links.get()
        assert (added.occupation, added.origin, added.by) == (welder, "agent", agent)

    def test_an_agent_adds_a_block_that_it_teaches(self, page, agent):
        training, block = TrainingActionFactory().training, SkillBlockFactory()
        link = {"block_links-0-block": block.pk, "block_links-0-training": training.pk}
        response = page.post(address(training), NO_INLINE | link | {"block_links-TOTAL_FORMS": "1"})
        assert response.status_code == 302
        added = training.block_links.get()
        assert (added.block, added.origin, added.by) == (block, "agent", agent)

    def test_elsewhere_nothing_can_be_changed(self, page, agent):
        elsewhere = TrainingActionFactory(in_nancy=True).training
        welder = OccupationFactory(welder=True)
        assert page.get(address(elsewhere)).status_code == 200
        assert page.post(address(elsewhere), NO_INLINE).status_code == 403
        with pytest.raises(RuleBroken, match="votre territoire"):
            link_occupation(elsewhere, welder, by=agent)

    def test_the_seats_left_may_be_typed_and_nothing_else(self, page, agent):
        session = SessionFactory(seats_total=12)
        typed = {"seats_left": "0", "seats_total": "40", "status": "closed"}
        page.post(address(session), TOLD_BY_OTHERS | typed)
        session.refresh_from_db()
        change = session.changes.get()
        assert (change.said_by, change.by, change.words) == ("agent", agent, "Places restantes : complet")
        assert (session.seats_left, session.seats_total, session.status) == (0, 12, "open")
        assert not Session.objects.eligible().exists()

    def test_more_seats_left_than_seats_is_told_on_the_page(self, page):
        session = SessionFactory(seats_total=12)
        html = page.post(address(session), TOLD_BY_OTHERS | {"seats_left": "13"}).content.decode()
        assert "plus de places que la session" in html
        session.refresh_from_db()
        assert session.seats_left is None

    def test_nothing_is_added_by_hand_to_what_the_next_import_would_close(self, page):
        action = TrainingActionFactory()
        add = reverse("admin:trainings_session_add")
        html = page.post(add, {"action": action.pk, "status": "open"}).content.decode()
        assert "Cette formation vient du catalogue" in html
        assert not Session.objects.exists()

    def test_it_is_not_closed_by_hand(self, page, agent):
        training = TrainingActionFactory().training
        with pytest.raises(RuleBroken, match="Le catalogue tient cette formation"):
            close_training(training, by=agent)

    def test_nobody_deletes(self, page):
        training = TrainingActionFactory().training
        delete = reverse("admin:trainings_training_delete", args=[training.pk])
        assert page.post(delete, {"post": "yes"}).status_code == 403

    def test_a_session_may_be_cancelled(self, page, agent):
        here, elsewhere = SessionFactory(), SessionFactory(action__in_nancy=True)
        url = reverse("admin:trainings_session_changelist")
        chosen = {"action": "cancel", "_selected_action": [here.pk, elsewhere.pk]}
        told = [str(message) for message in get_messages(page.post(url, chosen).wsgi_request)]
        assert "1 session annulée." in told
        assert any("votre territoire" in line for line in told)
        here.refresh_from_db()
        elsewhere.refresh_from_db()
        assert here.cancelled_at
        assert elsewhere.cancelled_at is None


class TestByHand:
    def test_an_agent_writes_a_training_in_their_territory(self, page):
        metz, organisation = CommuneFactory(), TrainingOrganisationFactory()
        typed = NO_INLINE | a_place(metz, is_region_funded="on")
        response = page.post(ADD, {"title": "POEC maçonnerie", "organisation": organisation.pk, **typed})
        assert response.status_code == 302
        training = Training.objects.get()
        assert (training.source, training.is_from_catalogue) == (Source.MANUAL, False)
        place = training.actions.get()
        assert (place.funders, place.is_region_funded) == (["2"], True)
        assert (place.latitude, place.x, place.is_approximate) == (metz.latitude, metz.x, True)
        SessionFactory(action=place)
        assert Session.objects.eligible().within(1, metz.x, metz.y).exists()

    def test_what_is_typed_is_cleaned_like_the_catalogue(self, page):
        typed = {"title": "X", "content": "<p>Oui</p><script>x()</script>", "rncp_code": "rncp 38511"}
        typed["organisation"] = TrainingOrganisationFactory().pk
        page.post(ADD, typed | NO_INLINE | a_place(CommuneFactory()))
        training = Training.objects.get()
        assert (training.content, training.rncp_code) == ("<p>Oui</p>", "RNCP38511")

    def test_an_exact_position_is_kept_as_typed(self, page):
        metz = CommuneFactory()
        typed = NO_INLINE | a_place(metz, latitude="49.12", longitude="6.18")
        page.post(ADD, {"title": "X", "organisation": TrainingOrganisationFactory().pk, **typed})
        place = TrainingAction.objects.get()
        assert (place.latitude, place.is_approximate) == (49.12, False)
        assert place.x == pytest.approx(metz.x, abs=1500)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"latitude": "49.12"}, "Donnez la latitude et la longitude"),
            ({"latitude": "6.18", "longitude": "49.12"}, "pas en France métropolitaine"),
            ({"commune": ""}, "Choisissez la commune"),
        ],
    )
    def test_what_is_wrong_is_told_beside_it(self, page, typed, sentence):
        place = NO_INLINE | a_place(CommuneFactory(), **typed)
        html = page.post(ADD, {"title": "X", "organisation": TrainingOrganisationFactory().pk, **place})
        assert sentence in html.content.decode()
        assert not Training.objects.exists()

    def test_not_outside_their_territory(self, page):
        nancy = CommuneFactory(nancy=True)
        typed = NO_INLINE | a_place(nancy)
        html = page.post(ADD, {"title": "X", "organisation": TrainingOrganisationFactory().pk, **typed})
        assert "Cette commune n’est pas sur votre territoire" in html.content.decode()
        assert not Training.objects.exists()

    def test_what_is_closed_together_reopens_together(self, agent):
        session = SessionFactory(action__training__source=Source.MANUAL)
        before = timezone.now() - dt.timedelta(days=9)
        gone = SessionFactory(action=session.action, closed_at=before)
        training = session.action.training
        close_training(training, by=agent)
        assert not Session.objects.current().exists()
        reopen_training(training, by=agent)
        assert list(Session.objects.current()) == [session]
        gone.refresh_from_db()
        assert gone.closed_at == before

    def test_an_organisation_of_the_catalogue_only_gets_its_account_here(self, page):
        organisation = TrainingActionFactory().training.organisation
        page.post(address(organisation), {"name": "Autre", "organisation": ""})
        assert TrainingOrganisation.objects.get().name == "Greta Lorraine"
