"""Two versions of one contract: both are data, read by everybody; until somebody settles it, it is not kept."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.contracts import declaring, disputing
from commitments.contracts.factories import (
    a_declared_contract,
    a_trained_project,
    an_accepted_contract,
    facts,
)
from commitments.contracts.models import Contract
from commitments.contracts.versions import CandidateVersion, Version
from commitments.factories import MISSIONS, reread
from commitments.projects.models import Commitment
from core.aging import make_older
from core.delivery import render
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from territories.agents import make_agent
from territories.models import AgentTask
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
LESS = Version(pay_gross_monthly=Decimal(1850))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def dispute(world, said=LESS, reason="pay"):
    contract = Contract.objects.get(pk=world.contract.pk)
    disputing.dispute_contract(contract, by=world.candidate, reason=reason, words="Lisez", said=said)


_made, declared = made_once(a_declared_contract)


@pytest.fixture
def world(declared):
    dispute(declared)
    declared.agent = agent_of(declared.offer.commune.department)
    return declared


def agent_of(department):
    return make_agent("agent@grandest.example", departments=[department])[0]


def settle(world, truth, words="Contrat lu"):
    contract = Contract.objects.get(pk=world.contract.pk)
    return disputing.settle_dispute(contract, by=world.agent, truth=truth, words=words)


class TestWhatThePersonSays:
    def test_only_what_differs_is_kept_and_the_company_s_row_is_untouched(self, declared):
        same = {name: getattr(declared.contract, name) for name in ("kind", "starts_on", "hours_weekly")}
        dispute(declared, Version(**same, pay_gross_monthly=Decimal(1850)))
        said = CandidateVersion.objects.get()
        assert (said.kind, said.starts_on, said.hours_weekly) == ("", None, None)
        assert (said.pay_gross_monthly, said.contract.pay_gross_monthly) == (1850, 1950)

    @pytest.mark.parametrize(
        ("reason", "said", "sentence"),
        [
            ("pay", {}, "votre salaire ou vos heures"),
            ("pay", {"pay_gross_monthly": Decimal(1950)}, "votre salaire ou vos heures"),
            ("pay", {"starts_on": dt.date(2027, 1, 4)}, "votre salaire ou vos heures"),
            ("dates", {"pay_gross_monthly": Decimal(1850)}, "vos dates"),
            ("kind", {"kind": "cdi"}, "votre contrat"),
            ("kind", {"kind": "made_up", "ends_on": dt.date(2027, 9, 1)}, "dans la liste"),
            ("kind", {"kind": "cdd"}, "dernier jour de votre contrat"),
            ("kind", {"kind": "cdd", "ends_on": dt.date(2020, 1, 1)}, "vient après le premier"),
            ("kind", {"kind": "cdd", "ends_on": dt.date.max}, "à plus de cinq ans"),
            ("dates", {"starts_on": dt.date(9999, 12, 1)}, "à plus d’un an"),
            ("other", {"hours_weekly": Decimal(60)}, "48 par semaine"),
        ],
    )
    def test_a_reason_without_its_figure_or_impossible_ones_are_refused(
        self, declared, reason, said, sentence
    ):
        with pytest.raises(RuleBroken, match=sentence):
            dispute(declared, Version(**said), reason)
        assert Contract.objects.get().status == "declared"

    def test_the_database_refuses_a_version_that_says_nothing(self, declared):
        with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
            CandidateVersion.objects.create(contract=declared.contract)

    def test_both_versions_are_read_by_both_the_advisor_and_the_agent(self, world, client):
        pk = world.commitment.pk
        for user in (world.candidate, world.member, world.advisor):
            client.force_login(user)
            page = plain(client.get(reverse("commitments:contract", args=[pk])).text)
            assert "1 950 €" in page
            assert "<strong>1 850 €</strong>" in page
            assert "Trancher" not in page
        client.force_login(world.agent)
        page = client.get(reverse("admin:commitments_contract_settle", args=[world.contract.pk]))
        assert "<strong>1 850 €</strong>" in plain(page.text)
        letters = OutgoingMessage.objects.filter(kind="commitments/contract_disputed")
        assert {it.to for it in letters} == {world.candidate.email, world.member.email, world.advisor.email}
        assert all("1 850 €" in plain(render(it).text) for it in letters)

    def test_the_form_has_the_company_s_figures_and_refuses_a_contract_that_changed(self, declared, client):
        url = reverse("commitments:contract_dispute", args=[declared.commitment.pk])
        client.force_login(declared.candidate)
        assert 'value="1950' in client.get(url).text
        declaring.declare(reread(declared.commitment), facts(reference="2"), by=declared.member)
        read = {"contract": declared.contract.pk, "reason": "not_signed", "words": "Rien"}
        assert "relisez-le" in client.post(url, read).text
        confirm = reverse("commitments:contract_confirm", args=[declared.commitment.pk])
        assert "relisez-le" in client.post(confirm, read, follow=True).text
        assert set(Contract.objects.values_list("status", flat=True)) == {"replaced", "declared"}


class TestUntilItIsSettled:
    def test_it_is_contested_neither_kept_nor_not(self, world):
        counted = Commitment.objects
        assert counted.contested().get() == world.commitment
        assert not (counted.kept() | counted.not_kept() | counted.declared_by_one_side()).exists()
        declaring.declare(reread(world.commitment), facts(reference="2"), by=world.member)
        assert not counted.contested().exists()

    def test_the_company_is_reminded_an_agent_called_and_time_gives_reason_to_nobody(self, world, client):
        letters = OutgoingMessage.objects.filter(kind="commitments/contract_disputed", context__number__gt=0)
        for days, reminders, tasks in ((5, 1, 0), (7, 2, 0), (8, 2, 1)):
            make_older(days)
            sweep_all()
            open_tasks = AgentTask.objects.open().filter(kind="contract_to_settle")
            assert (letters.count(), open_tasks.count()) == (reminders, tasks)
        assert not OutgoingMessage.objects.filter(kind="commitments/contract_reminder").exists()
        client.force_login(world.member)
        path = reverse("commitments:path", args=[world.commitment.candidate.uid])
        assert "ou un agent tranche" in client.get(path).text
        again = client.get(reverse("commitments:declare", args=[world.commitment.pk]))
        assert again.context["form"].initial["starts_on"] == Contract.objects.get().starts_on
        assert "est contesté" in client.get(reverse("company_space")).text
        make_older(40)
        sweep_all()
        assert (Contract.objects.get().status, reread(world.commitment).status) == ("unsettled", "accepted")
        assert Commitment.objects.contested().exists()
        assert (
            not AgentTask.objects.open().filter(kind__in=("contract_disputed", "contract_to_settle")).exists()
        )
        assert OutgoingMessage.objects.filter(kind="commitments/contract_settled").count() == 3
        assert "Donnez le contrat de" in client.get(reverse("company_space")).text

    def test_an_answer_after_that_is_refused_and_a_new_declaration_is_not(self, world):
        make_older(60)
        sweep_all()
        contract = Contract.objects.get()
        for late in (
            lambda: declaring.confirm_contract(contract, by=world.candidate),
            lambda: dispute(world),
            lambda: settle(world, "company"),
        ):
            with pytest.raises(RuleBroken, match="n’est plus possible"):
                late()
        again = declaring.declare(reread(world.commitment), facts(), by=world.member)
        declaring.confirm_contract(again, by=world.candidate)
        assert Commitment.objects.kept().exists()


class TestAnAgentDecides:
    @pytest.mark.parametrize(("truth", "pay", "kept"), [("company", 1950, True), ("candidate", 1850, False)])
    def test_what_they_hold_for_true_is_its_own_row_and_is_judged(self, world, truth, pay, kept):
        decided = settle(world, truth)
        assert (decided.status, decided.pay_gross_monthly, decided.is_kept) == ("decided", pay, kept)
        declared = Contract.objects.get(pk=world.contract.pk)
        assert (declared.status, declared.pay_gross_monthly, declared.version.pay_gross_monthly) == (
            "replaced",
            1950,
            1850,
        )
        assert (reread(world.commitment).status, Commitment.objects.kept().exists()) == ("hired", kept)
        assert Commitment.objects.not_kept().exists() is not kept
        assert self.path_says_kept(world) is kept
        for letter in OutgoingMessage.objects.filter(kind="commitments/contract_settled"):
            written = render(letter)
            assert "Contrat lu" in written.text
            assert "None" not in written.html

    def path_says_kept(self, world):
        page = Client()
        page.force_login(world.candidate)
        text = page.get(reverse("commitments:path", args=[world.commitment.candidate.uid])).text
        assert "tranché par un agent" in text
        return "Promesse tenue" in text

    def test_no_contract_at_all_and_the_company_owes_it_again(self, world):
        make_older(12)
        assert settle(world, "none") is None
        it = reread(world.commitment)
        assert (Contract.objects.get().status, it.status) == ("no_contract", "accepted")
        assert timezone.localdate(it.waiting_since) == timezone.localdate()
        assert not Commitment.objects.contested().exists()

    def test_a_version_without_figures_cannot_be_held_for_true(self, declared):
        dispute(declared, Version(), "not_signed")
        declared.agent = agent_of(declared.offer.commune.department)
        for truth, words in (("candidate", "Lu"), ("made_up", "Lu"), ("company", " ")):
            with pytest.raises(RuleBroken):
                settle(declared, truth, words)
        assert Contract.objects.get().status == "disputed"

    def test_missions_go_along_unless_the_dates_differ(self):
        soon = timezone.localdate() + dt.timedelta(days=3)
        last = soon + dt.timedelta(days=200)
        world = an_accepted_contract(answers=MISSIONS)
        a_declared_contract(world=world, kind="interim", starts_on=soon, ends_on=last)
        dispute(world, Version(ends_on=soon), "dates")
        world.agent = agent_of(world.offer.commune.department)
        decided = settle(world, "candidate")
        assert [it.period for it in decided.missions.all()] == [(soon, soon)]
        assert decided.why_not_kept == ["too_short"]

    def test_outside_the_promise_it_moves_nothing(self):
        world = a_trained_project("not_certified")
        a_declared_contract(world=world)
        dispute(world)
        world.agent = agent_of(world.offer.commune.department)
        settle(world, "candidate")
        assert reread(world.commitment).status == "conditions_unmet"
        assert Commitment.objects.hired_outside_promise().count() == 1

    def test_they_do_it_in_the_admin_where_both_read_why(self, world, client):
        url = reverse("admin:commitments_contract_settle", args=[world.contract.pk])
        change = reverse("admin:commitments_contract_change", args=[world.contract.pk])
        client.force_login(world.agent)
        assert url in client.get(change).text
        assert "sur quoi vous vous fondez" in client.post(url, {"truth": "candidate"}).text
        client.post(url, {"truth": "candidate", "words": "Feuille de paie lue"})
        assert url not in client.get(change).text
        assert client.get(url).status_code == 302
        for user in (world.candidate, world.member):
            client.force_login(user)
            page = client.get(reverse("commitments:contract", args=[world.commitment.pk])).text
            assert "Feuille de paie lue" in page
            assert client.get(url).status_code == 302


class TestLaterThanPromised:
    def test_after_the_latest_date_it_is_below_the_promise_and_the_page_says_so(self, client):
        world = an_accepted_contract()
        latest = world.commitment.starts_by
        assert declaring.declare(world.commitment, facts(starts_on=latest), by=world.member).is_kept
        late = facts(starts_on=latest + dt.timedelta(days=1))
        contract = declaring.declare(reread(world.commitment), late, by=world.member)
        assert contract.why_not_kept == ["late"]
        client.force_login(world.member)
        page = client.get(reverse("commitments:declare", args=[world.commitment.pk])).text
        assert "enregistré au-dessous de la promesse" in page
        page = client.get(reverse("commitments:contract", args=[world.commitment.pk])).text
        assert "commence après la date promise" in page

    def test_unless_both_signed_a_later_start(self):
        world = an_accepted_contract()
        later = world.commitment.starts_by + dt.timedelta(days=30)
        Commitment.objects.update(starts_by=later)  # What a signed amendment writes.
        assert declaring.declare(reread(world.commitment), facts(starts_on=later), by=world.member).is_kept
