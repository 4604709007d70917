"""What agents read and write of the projects: one page, the words of their region, a permission."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from commitments.contracts.factories import a_hired_person
from commitments.factories import a_proposal, a_sealed_project, first_words
from commitments.followups.models import FollowUp
from commitments.projects.first_words import WORDING
from commitments.projects.texts import PromiseWording
from commitments.seats.factories import a_seat_request
from commitments.seats.models import SeatRequest
from territories.agents import make_agent
from territories.factories import DepartmentFactory
from trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    user, _ = make_agent("agent@example.org", departments=[DepartmentFactory()])
    client.force_login(user)
    return user


def test_one_page_tells_all_of_a_project(client, agent):
    world = a_sealed_project()
    page = client.get(
        reverse("admin:commitments_commitment_change", args=[world.commitment.pk])
    ).content.decode()
    for said in ("Maçonne, maçon du bâti ancien", "Sceller le projet", "Suivre la formation", "version 1"):
        assert said in page
    assert client.get(reverse("admin:commitments_commitment_changelist")).status_code == 200


def test_each_page_of_a_path_leads_to_all_the_others_and_its_history_reads_in_french(client, agent):
    world = a_hired_person()
    rows = [world.application, world.commitment, world.contract]
    rows += [SeatRequest.objects.get(), FollowUp.objects.get(moment="m12")]
    urls = {
        row: reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk]) for row in rows
    }
    for row, url in urls.items():
        page = client.get(url).text
        assert {it for it in urls.values() if f'"{it}"' in page} >= set(urls.values()) - {url}, row
        said = {event.transition for event in row.events.all()}
        assert not [name for name in said if f">{name}</p>" in page or f">{name}</td>" in page], row
    alone = a_seat_request()
    page = client.get(reverse("admin:commitments_seatrequest_change", args=[alone.pk])).text
    assert "Le parcours entier" not in page


def test_an_agent_permits_another_training_with_a_reason(client, agent):
    world = a_proposal()
    other = SessionFactory()
    url = reverse("admin:commitments_commitment_allow", args=[world.commitment.pk])
    assert client.post(url, {"number": other.external_id, "reason": ""}).status_code == 200
    client.post(url, {"number": other.external_id, "reason": "Bloc commun"})
    pledge = world.commitment.pledge
    pledge.refresh_from_db()
    assert (pledge.session, pledge.allowed_training, pledge.exception_by) == (
        None,
        other.action.training,
        agent,
    )
    again = client.post(url, {"number": other.external_id, "reason": "Bloc commun"})
    assert "déjà permise" in again.text


def test_first_words_that_nobody_changed_are_said_again_and_those_of_an_agent_stay(agent):
    say_again = import_module("commitments.migrations.0005_host_company").say_again
    rows = PromiseWording.objects
    rows.all().delete()
    before = WORDING | {"means": "{candidat} fait son stage chez {entreprise}."}
    first = rows.create(number=1, published_at=timezone.now(), **before)
    rows.create(number=2, **before)  # An agent's draft.
    say_again(apps, None)
    again = rows.in_force(None)
    assert (again.number, again.means) == (3, WORDING["means"])
    first.refresh_from_db()
    assert first.means == before["means"], "what was signed with it keeps its words"
    say_again(apps, None)
    assert rows.count() == 3
    mine = rows.create(number=4, published_at=timezone.now(), published_by=agent, **before)
    say_again(apps, None)
    assert rows.in_force(None) == mine


def test_an_agent_writes_and_publishes_the_words_of_their_region(client, agent):
    first_words()
    first = PromiseWording.objects.get()
    changelist = reverse("admin:commitments_promisewording_changelist")
    client.post(changelist, {"action": "copy", "_selected_action": [first.pk]})
    draft = PromiseWording.objects.get(published_at=None)
    assert (draft.region.code, draft.number) == ("44", 1)
    page = reverse("admin:commitments_promisewording_change", args=[draft.pk])
    words = {name: getattr(draft, name) for name in ("law", "means", "does_not_mean", "company_says")}
    words |= {name: getattr(draft, name) for name in ("candidate_says", "if_it_stops", "breaking")}
    refused = client.post(page, {**words, "region": "44", "title": "Le mien", "means": "{Candidat} entre"})
    assert "et {entreprise_d_accueil} sont connus" in refused.text
    refused = client.post(page, {**words, "region": "44", "title": "Le projet de {candidat}"})
    assert "écrivez sans accolades" in refused.text
    shown = client.get(page)
    assert "Enregistrer et publier" in shown.text
    example = "Léa Martin s’engage à suivre cette formation, et à y faire son stage chez l’Atelier Exemple."
    assert example in shown.text, "a preview, with names for example"
    client.post(page, {**words, "region": "44", "title": "Le mien", "_publish": "Enregistrer et publier"})
    draft.refresh_from_db()
    assert "Enregistrer et publier" not in client.get(page).text
    assert (draft.title, draft.published_by) == ("Le mien", agent)
    assert PromiseWording.objects.in_force(draft.region) == draft
    earlier = draft.published_at - dt.timedelta(days=1)
    PromiseWording.objects.create(region=draft.region, number=2, published_at=earlier, **words)
    assert PromiseWording.objects.in_force(draft.region) == draft, "published last, whatever its number"
    again = client.post(changelist, {"action": "publish", "_selected_action": [draft.pk]}, follow=True)
    assert "Rien à publier" in again.text
    assert ">agent@example.org</td>" in again.text, "who published is named"
    client.post(page, {**words, "region": "44", "title": "Forgé"})
    draft.refresh_from_db()
    assert draft.title == "Le mien"
