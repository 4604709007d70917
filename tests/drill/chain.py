"""From an application to « still there a year later », through HTTP, with a worker that really works.

`dev.py drill` plays it after its troubles; time passes by `manage.py advance --days N`. No agent does
anything: the prescriber's signature of the agreement and the advisor's yes are the only hands beside
those of the person, the company, the trainers.
"""

import datetime as dt
import itertools
import os
import subprocess
import time
from collections import Counter
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from accounts.factories import UserFactory
from candidates.factories import CandidateFactory, FollowingFactory, SupportStructureFactory
from commitments.contracts.models import Contract
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn
from commitments.factories import a_session_for, first_words
from commitments.projects.models import Commitment
from commitments.projects.texts import CommitmentVersion
from commitments.seats.models import SeatRequest
from core.models import Event, OutgoingMessage, ReceivedMail
from devstack import site, variables
from devstack.places import PYTHON, ROOT
from devstack.processes import free_port, wait_until
from immersions.agreements.models import Agreement
from immersions.applications.models import Application
from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.models import DateMode
from territories.factories import CommuneFactory
from territories.models import AgentTask
from tests.drill.signing import COMPANY, PERSON
from tests.drill.windows import Window
from trainings.factories import OpenOrganisationFactory
from trainings.models import InCompanyPeriod, Session

pytestmark = pytest.mark.django_db(transaction=True)
QUIET_WITHIN = 60  # Seconds for the last letter to leave.
SPACES = {"lea": "/candidat/", "company": "/entreprise/", "trainer": "/organisme/", "advisor": "/conseiller/"}


@pytest.fixture
def programs(tmp_path):
    """The site and its worker, on the database of this test."""
    given = urlsplit(os.environ["DATABASE_URL"])
    port = free_port()
    urls = {
        "DATABASE_URL": urlunsplit(given._replace(path=f"/{connection.settings_dict['NAME']}")),
        "REDIS_URL": os.environ["REDIS_URL"],
    }
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.drill.chain_settings",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
        "DB_POOL": "off",
    }
    environment = variables.for_tests(urls, tmp_path) | own
    started = [site.web(environment, port, tmp_path), site.worker(environment, tmp_path)]
    for child in started:
        child.start()
    try:
        wait_until(lambda: answers(own["SITE_URL"]), started[0], patience=60)
        yield SimpleNamespace(address=own["SITE_URL"], environment=environment)
    finally:
        for child in started:
            child.ask_to_stop()
        for child in started:
            child.stop()
        connections.close_all()


def answers(address: str) -> bool:
    try:
        return Window(address).ask("/connexion/").status_code == 200
    except Exception:  # noqa: BLE001 - not yet.
        return False


class World(SimpleNamespace):
    """Who is there, what they have reached; and the days that pass."""

    def advance(self, days: int) -> None:
        self.is_quiet()
        command = [str(PYTHON), "manage.py", "advance", "--days", str(days), "--verbosity=0"]
        done = subprocess.run(
            command, cwd=ROOT, env=self.programs.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        self.is_quiet()

    def is_quiet(self) -> None:
        deadline = time.monotonic() + QUIET_WITHIN
        while OutgoingMessage.objects.exclude(status="sent").exists():
            assert time.monotonic() < deadline, list(OutgoingMessage.objects.exclude(status="sent"))
            time.sleep(0.1)

    def advance_to(self, day: dt.date) -> None:
        self.advance((day - timezone.localdate()).days)

    @property
    def commitment(self) -> Commitment:
        return Commitment.objects.get()

    @property
    def request(self) -> SeatRequest:
        return SeatRequest.objects.get()

    @property
    def session(self) -> Session:
        return Session.objects.get(pk=self.session_pk)


@pytest.fixture
def world(programs):
    first_words()
    commune = CommuneFactory()
    company, trainer, advisor = (
        UserFactory(email=f"{name}@chain.example") for name in ("anne", "farid", "sacha")
    )
    offer = OfferFactory(
        date_mode=DateMode.SLOTS,
        workplace__commune=commune,
        workplace__company__member=company,
        detail__contact_email=company.email,
    )
    SlotFactory(offer=offer)
    structure = SupportStructureFactory(
        member=advisor, legal_form="Association", address="9 rue de la Gare", postcode="57000"
    )
    candidate = CandidateFactory(user__email="lea@chain.example", commune=commune)
    FollowingFactory(candidate=candidate, structure=structure, followed=True)
    first = timezone.localdate() + dt.timedelta(days=45)
    session = a_session_for(
        offer,
        starts_on=first,
        ends_on=first + dt.timedelta(days=28),
        action__training__organisation=OpenOrganisationFactory(
            member=trainer, requests_email="places@chain.example", requests_phone="03 53 01 00 00"
        ),
    )
    InCompanyPeriod.objects.create(
        session=session, starts_on=first + dt.timedelta(days=9), ends_on=first + dt.timedelta(days=18)
    )
    open_at = lambda email: Window(programs.address, email)  # noqa: E731
    return World(
        programs=programs,
        offer=offer,
        session_pk=session.pk,
        lea=open_at(candidate.user.email),
        company=open_at(company.email),
        trainer=open_at(trainer.email),
        advisor=open_at(advisor.email),
    )


def asks_and_gets_a_place(world: World) -> None:
    slot = world.offer.slots.get()
    world.lea.does(f"{world.offer.get_absolute_url()}demander/", creneau=str(slot.pk), why="Le grand air.")
    it = Application.objects.get()
    received = world.company.must("/entreprise/", f"/entreprise/candidatures/{it.pk}/")
    page = world.company.read(f"{received}place/")
    choice = page.select_one("input[name=slot]")["value"]
    world.company.does(f"{received}place/", slot=choice)


def sign_the_agreement(world: World) -> None:
    one = f"/conventions/{Agreement.objects.get().pk}/"
    for who, pages in ((world.lea, PERSON), (world.company, COMPANY)):
        for slug, said in pages.items():
            who.does(f"{one}remplir/{slug}/", **said)
    world.lea.does(f"{one}signer/")
    world.company.does(f"{one}signer/", is_entitled="on")
    world.advisor.does(f"{one}signer/")  # The prescriber's.


def both_report(world: World) -> None:
    it = Application.objects.get()
    assert it.status == "completed"
    said = {"came": "yes", "fits": "yes", "goes_on": "yes"}
    for who, space in ((world.lea, "candidat"), (world.company, "entreprise")):
        page = f"/{space}/candidatures/{it.pk}/bilan/"
        who.does(who.must(f"/{space}/", page), **said)


def commit(world: World) -> None:
    """Proposed by the company, written by both, signed by both: sealed."""
    world.company.does(f"/projets/proposer/{Application.objects.get().pk}/")
    one = f"/projets/{world.commitment.pk}/"
    world.lea.does(f"{one}formation/", session=str(world.session_pk))
    latest = world.session.ends_on + dt.timedelta(days=30)
    pages = {
        "poste": {},
        "contrat": {"starts_by": latest.isoformat()},
        "conditions": {
            "conditions": ["completed", "certified"],
            "certification": "Titre professionnel maçon",
        },
        "signature": {
            "signatory_name": "Jeanne Muller",
            "signatory_email": world.company.email,
            "sponsor_name": "Paul Weber",
            "sponsor_contact": "06 11 22 33 44",
        },
    }
    for slug, said in pages.items():
        world.company.does(f"{one}promesse/{slug}/", **said)
    world.lea.does(world.lea.must("/candidat/", f"{one}signer/"))
    world.company.does(world.company.must("/entreprise/", f"{one}signer/"), is_entitled="on")
    assert world.commitment.status == "sealed"
    assert world.request.holds_seat
    assert world.lea.ask(f"{one}projet.pdf").content.startswith(b"%PDF-")


def both_say_yes_to_the_seat(world: World) -> None:
    project = f"/conseiller/projets-de-formation/{world.request.pk}/"
    world.advisor.does(world.advisor.must("/conseiller/", project), income="region")
    asked = world.trainer.must("/organisme/", f"/organisme/demandes/{world.request.pk}/")
    world.trainer.does(asked, to=f"{asked}admettre/")
    assert world.request.status == "admitted"


def train(world: World) -> None:
    """In, asked in the middle, an internship in the company, certified."""
    world.advance_to(world.session.starts_on)
    page = world.trainer.must("/organisme/", f"/organisme/sessions/{world.session_pk}/entrees/")
    world.trainer.does(page, people=[str(world.request.pk)])
    assert world.commitment.status == "in_training"
    assert Internship.objects.get().company == world.commitment.company
    world.advance_to(CheckIn.objects.latest("due_on").due_on)  # The middle, or the next day at work.
    for who in (world.lea, world.company):
        who.does(who.link_in_mail(r"/point/[\w-]+/"), answer="fine")
    world.advance_to(world.session.ends_on)
    page = f"/organisme/demandes/{world.request.pk}/formation/resultat/"
    world.trainer.does(world.trainer.must("/organisme/", page), result="certified")
    assert world.commitment.status == "to_confirm"


def hire(world: World) -> None:
    one = f"/projets/{world.commitment.pk}/"
    world.lea.does(world.lea.must("/candidat/", f"{one}reponse/"), to=f"{one}reponse/oui/")
    starts_on = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    page = world.company.must("/entreprise/", f"{one}contrat/declarer/")
    world.company.does(page, kind="cdi", starts_on=starts_on)
    page = world.lea.must("/candidat/", f"{one}contrat/")
    world.lea.does(page, to=f"{one}contrat/confirmer/")
    assert world.commitment.status == "hired"
    assert Contract.objects.get().is_kept


def still_there(world: World) -> None:
    """Four letters, four clicks."""
    seen = set()
    for moment in ("end", "m1", "m6", "m12"):
        row = world.commitment.follow_ups.get(moment=moment)
        if row.due_on >= timezone.localdate():
            world.advance((row.due_on - timezone.localdate()).days + 1)
        link = world.lea.link_in_mail(rf"/suivi/{row.token}/\?situation=there").removeprefix(
            world.lea.address
        )
        world.lea.does(link)
        row.refresh_from_db()
        assert (row.status, row.situation, row.said_by) == ("answered", "there", "candidate")
        seen.add(link)
    assert len(seen) == 4


def everything_adds_up(world: World) -> None:
    world.is_quiet()
    assert (Application.objects.get().status, world.commitment.status) == ("completed", "hired")
    assert (world.request.status, world.request.result) == ("finished", "certified")
    assert list(Commitment.objects.kept()) == [world.commitment]
    assert world.session.seats.taken == 1
    each_letter_arrived_once()
    histories_end_where_rows_stand()
    # A year later no session leads to the offer's trade any more: that is another matter than this path.
    about_her = AgentTask.objects.exclude(title__startswith="Besoin de formation")
    assert not about_her.exists(), list(about_her)
    for who, space in SPACES.items():
        left = getattr(world, who).todos(space)
        assert left == [], (space, left)
    for code in [*CommitmentVersion.objects.values_list("code", flat=True), agreement_code()]:
        page = Window(world.programs.address).read(f"/verification/{code}/")
        assert "Document valable" in page.get_text(), code


def each_letter_arrived_once() -> None:
    messages = OutgoingMessage.objects.all()
    reminded = [it.key for it in messages if "reminder" in it.kind]
    assert reminded == [], "who answers in time is reminded of nothing"
    received = Counter(ReceivedMail.objects.values_list("message_id", flat=True))
    assert set(received.values()) == {1}
    assert len(received) == messages.count()


def histories_end_where_rows_stand() -> None:
    """Each line comes from where the one before led; no line is an agent's."""
    for model in apps.get_models():
        if not issubclass(model, Event):
            continue
        assert "agent" not in set(model.objects.values_list("role", flat=True)), model
        owner = next(
            it for it in model._meta.fields if it.is_relation and it.remote_field.related_name == "events"
        )
        known = model.objects.values(owner.attname)
        for row in owner.related_model._base_manager.filter(pk__in=known):
            lines = list(row.events.order_by("pk").values_list("from_status", "to_status"))
            for before, after in itertools.pairwise(lines):
                assert before[1] == after[0], (model, lines)
            assert lines[-1][1] == row.status, (model, lines)


def agreement_code() -> str:
    return Agreement.objects.get().versions.get().code


def test_from_an_application_to_still_there_a_year_later(world):
    asks_and_gets_a_place(world)
    sign_the_agreement(world)
    world.advance_to(world.offer.slots.get().last_day + dt.timedelta(days=1))
    both_report(world)
    commit(world)
    both_say_yes_to_the_seat(world)
    train(world)
    hire(world)
    still_there(world)
    everything_adds_up(world)
    said = world.commitment.follow_ups.filter(status="answered", situation="there").order_by("due_on")
    assert list(said.values_list("moment", flat=True)) == ["end", "m1", "m6", "m12"]
