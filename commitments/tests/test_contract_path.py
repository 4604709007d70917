"""From the training's end to the contract, and each end in its own rows."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from commitments.contracts import actions, declaring, disputing
from commitments.contracts.ends import ENDS
from commitments.contracts.factories import (
    a_declared_contract,
    a_hired_person,
    a_trained_project,
    an_accepted_contract,
    facts,
    finish_training,
)
from commitments.contracts.models import Contract, ContractEvent
from commitments.contracts.versions import Version
from commitments.factories import MISSIONS, a_sealed_project, reread
from commitments.projects import ending
from commitments.projects.exits import ENDED
from commitments.projects.models import Commitment
from commitments.tasks import follow_contracts
from core.aging import make_older
from core.delivery import render
from core.models import OutgoingMessage
from core.personal_data import erase_all, export_all
from core.rules import RuleBroken
from core.waits import sweep_all
from territories.models import AgentTask
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, sealed = made_once(a_sealed_project)


@pytest.fixture
def trained(sealed):
    return a_trained_project(world=sealed)


@pytest.fixture
def accepted(sealed):
    return an_accepted_contract(world=sealed)


@pytest.fixture
def declared(accepted):
    return a_declared_contract(world=accepted)


def kinds():
    return set(OutgoingMessage.objects.values_list("kind", flat=True))


class TestConclusion:
    @pytest.mark.parametrize(
        ("result", "status"),
        [
            ("certified", "to_confirm"),
            ("partly", "conditions_unmet"),
            ("none_expected", "trained"),  # Nothing in the result says it: somebody does.
        ],
    )
    def test_the_result_decides(self, result, status, sealed):
        world = a_trained_project(result, world=sealed)
        assert world.commitment.status == status
        if status == "conditions_unmet":
            assert (world.commitment.exit_type, world.commitment.exit_said_by) == ("looking", "system")
            assert "commitments/conditions_unmet" in kinds()

    def test_a_training_followed_to_its_end_is_enough_when_nothing_else_is_asked(self):
        world = a_trained_project("not_certified", answers={"conditions": ["completed"]})
        assert world.commitment.status == "to_confirm"

    def test_the_sweep_concludes_what_was_left_and_twice_changes_nothing(self, sealed):
        finish_training(sealed)
        assert (actions.conclude_trained(), actions.conclude_trained()) == (1, 0)
        assert reread(sealed.commitment).status == "to_confirm"


class TestSilence:
    def test_the_person_is_reminded_called_and_the_promise_ends_on_day_fifteen(self, trained, client):
        letters = OutgoingMessage.objects.filter(kind="commitments/answer_reminder")
        for days, reminders, tasks in ((5, 1, 0), (5, 2, 0), (3, 2, 1)):
            make_older(days)
            sweep_all()
            assert (letters.count(), AgentTask.objects.filter(kind="commitment_to_confirm").count()) == (
                reminders,
                tasks,
            )
        assert reread(trained.commitment).status == "to_confirm"
        make_older(2)
        sweep_all()
        it = reread(trained.commitment)
        assert (it.status, it.end_reason, it.ended_by) == ("declined", "no_answer", "system")
        assert "commitments/declined" in kinds()
        client.force_login(trained.candidate)
        page = client.post(reverse("commitments:accept", args=[it.pk]), follow=True).text
        assert "Le délai pour répondre est passé" in page
        assert "Vous n’avez pas répondu à temps" in page
        assert it.get_status_display() == "Sans réponse de la personne"
        assert it.status_for("company") == "Sans réponse de la personne"
        assert "Vous avez dit non" not in page
        assert "vous n’avez pas répondu à temps" in client.get(reverse("commitments:my_path")).text
        assert "de la personne" not in page

    def test_the_company_s_silence_ends_nothing(self, accepted):
        make_older(60)
        sweep_all()
        assert reread(accepted.commitment).status == "accepted"
        assert AgentTask.objects.filter(kind="commitment_accepted").count() == 1

    def test_a_company_that_gave_its_contract_is_not_chased(self, declared):
        make_older(20)
        sweep_all()
        assert "commitments/contract_reminder" not in kinds()

    def test_unconfirmed_for_thirty_days_it_is_said_by_one_side(self, client, declared):
        make_older(29)
        sweep_all()
        assert reread(declared.commitment).status == "accepted"
        make_older(1)
        sweep_all()
        it = reread(declared.commitment)
        assert (it.status, Contract.objects.get().status) == ("hired", "one_sided")
        counted = Commitment.objects
        assert (counted.declared_by_one_side().count(), counted.kept().count()) == (1, 0)
        assert OutgoingMessage.objects.filter(
            kind="commitments/hired", to=declared.candidate.email, context__is_one_sided=True
        ).exists()
        client.force_login(declared.candidate)
        for page in ("contract", "end"):
            read = client.get(reverse(f"commitments:{page}", args=[it.pk])).text
            main = read.split("<main")[1].split("</main")[0]
            assert f'href="{reverse("contact")}"' in main, "too late to answer, never too late to say it"


class TestContract:
    def test_confirmed_and_as_promised_it_is_kept(self, accepted):
        world = a_hired_person(world=accepted)
        assert (world.commitment.status, world.commitment.exit_type) == ("hired", "there")
        assert Commitment.objects.kept().get() == world.commitment
        assert not Commitment.objects.not_kept().exists()

    def test_six_months_less_a_day_is_recorded_not_kept_never_refused(self, client, accepted):
        first = timezone.localdate() + dt.timedelta(days=3)
        world = a_hired_person(
            world=accepted, kind="cdd", starts_on=first, ends_on=first + dt.timedelta(days=150)
        )
        contract = Contract.objects.get()
        assert (contract.is_kept, contract.why_not_kept) == (False, ["too_short", "kind"])
        assert Commitment.objects.not_kept().get() == world.commitment
        why = "Il dure moins de 6 mois ; ce n’est pas la sorte de contrat promise"
        for user in (world.candidate, world.member, world.advisor):
            client.force_login(user)
            for name in ("commitment", "end"):
                page = client.get(reverse(f"commitments:{name}", args=[world.commitment.pk])).text
                assert why in page
                assert "bravo" not in page

    def test_disputed_both_versions_are_kept_and_the_correction_too(self, accepted):
        world = a_declared_contract(world=accepted, pay_gross_monthly=Decimal(2000))
        said = Version(pay_gross_monthly=Decimal(1950))
        disputing.dispute_contract(
            world.contract, by=world.candidate, reason="pay", words="1 950 €", said=said
        )
        assert AgentTask.objects.open().filter(kind="contract_disputed").exists()
        again = declaring.declare(reread(world.commitment), facts(), by=world.member)
        assert not AgentTask.objects.open().filter(kind="contract_disputed").exists()
        declaring.confirm_contract(again, by=world.candidate)
        first, last = Contract.objects.order_by("pk")
        assert (first.status, first.dispute_words, last.status) == ("replaced", "1 950 €", "confirmed")

    def test_broken_while_it_waits_nothing_waits_any_more(self, declared):
        ending.break_promise(reread(declared.commitment), by=declared.member, reason="activity")
        make_older(40)
        sweep_all()
        assert (Contract.objects.get().status, reread(declared.commitment).status) == (
            "dropped",
            "broken_by_company",
        )

    @pytest.mark.parametrize(("reason", "words"), [("", "Non"), ("made_up", "Non"), ("pay", " ")])
    def test_a_dispute_says_what_is_wrong(self, reason, words, declared):
        with pytest.raises(RuleBroken):
            disputing.dispute_contract(declared.contract, by=declared.candidate, reason=reason, words=words)

    def test_missions_are_added_until_the_promise_is_kept(self):
        world = an_accepted_contract(answers=MISSIONS)
        first = dt.date(timezone.localdate().year + 1, 1, 1)
        march, june = first.replace(month=3, day=31), first.replace(month=6, day=1)
        a_declared_contract(world=world, kind="interim", starts_on=first, ends_on=march)
        declaring.confirm_contract(world.contract, by=world.candidate)
        assert Contract.objects.get().why_not_kept == ["too_short"]
        until = first.replace(month=8, day=31)
        declaring.add_mission(world.contract, starts_on=june, ends_on=until, by=world.member)
        contract = Contract.objects.get()
        assert (contract.is_kept, contract.ends_on, contract.missions.count()) == (True, until, 2)
        assert Commitment.objects.kept().exists()
        with pytest.raises(RuleBroken, match="déjà déclarée"):
            declaring.add_mission(world.contract, starts_on=june, ends_on=until, by=world.member)

    def test_hired_all_the_same_it_is_counted_outside_the_promise(self, sealed):
        world = a_trained_project("not_certified", world=sealed)
        a_declared_contract(world=world)
        declaring.confirm_contract(world.contract, by=world.candidate)
        counted = Commitment.objects
        assert reread(world.commitment).status == "conditions_unmet"
        assert (counted.conditions_unmet().count(), counted.hired_outside_promise().count()) == (1, 1)
        assert (counted.kept().count(), Contract.objects.outside_promise().count()) == (0, 1)


class TestEnds:
    def test_no_path_is_closed_without_an_exit(self, sealed):
        for status in ENDED:
            with pytest.raises(IntegrityError, match="commitment_end_has_its_exit"), transaction.atomic():
                Commitment.objects.filter(pk=sealed.commitment.pk).update(
                    status=status, end_reason="other", ended_by="system"
                )

    def test_who_leaves_says_where_they_are(self, client, sealed):
        client.force_login(sealed.candidate)
        url = reverse("commitments:withdraw", args=[sealed.commitment.pk])
        assert "un parcours ne se clôt pas sans cela" in client.post(url, {"reason": "travel"}).text
        client.post(url, {"reason": "travel", "situation": "training"})
        it = reread(sealed.commitment)
        assert (it.status, it.exit_type, it.exit_said_by) == (
            "withdrawn_by_candidate",
            "training",
            "candidate",
        )

    def test_a_situation_outside_the_list_is_refused(self, sealed):
        with pytest.raises(RuleBroken, match="situation dans la liste"):
            ending.withdraw_from(sealed.commitment, by=sealed.candidate, reason="travel", situation="rich")

    def test_each_end_has_its_own_page_and_its_own_rows(self, client, sealed):
        rows = {
            "hired_early": Commitment.objects.hired_early,
            "conditions_unmet": Commitment.objects.conditions_unmet,
            "declined": Commitment.objects.declined,
            "dropped_out": Commitment.objects.dropped_out,
            "broken_by_company": Commitment.objects.broken,
            "withdrawn_by_candidate": Commitment.objects.withdrawn,
            "no_seat": Commitment.objects.without_seat,
        }
        url = reverse("commitments:end", args=[sealed.commitment.pk])
        client.force_login(sealed.candidate)
        assert client.get(url).status_code == 302
        for status, ended in rows.items():
            Commitment.objects.update(
                status=status,
                end_reason="other",
                ended_by="system",
                exit_type="looking",
                exit_said_by="system",
            )
            assert ended().count() == Commitment.objects.ended().count() == 1
            assert sum(each().count() for each in rows.values()) == 1
            for user in (sealed.candidate, sealed.member, sealed.advisor):
                client.force_login(user)
                page = client.get(url).text
                assert any(it and it in page for it in (ENDS[status].title, ENDS[status].your_title)), status
                keeps = reverse("commitments:seat_ask", args=[sealed.session.pk]) in page
                assert keeps == (status == "broken_by_company" and user == sealed.candidate), status


class TestPages:
    def test_the_person_says_yes_the_company_gives_the_contract_the_person_confirms(self, client, trained):
        pk = trained.commitment.pk
        client.force_login(trained.candidate)
        assert "Dites oui ou non" in client.get(reverse("candidate_space")).text
        assert "Oui, je veux ce contrat" in client.get(reverse("commitments:answer", args=[pk])).text
        client.post(reverse("commitments:accept", args=[pk]))
        client.force_login(trained.member)
        assert "Donnez le contrat de" in client.get(reverse("company_space")).text
        url = reverse("commitments:declare", args=[pk])
        assert 'value="35' in client.get(url).text
        said = {"kind": "cdd", "starts_on": "2027-01-04", "hours_weekly": "35", "pay_gross_monthly": "1950"}
        assert "dernier jour du contrat" in client.post(url, said).text
        client.post(url, {**said, "kind": "cdi"})
        client.force_login(trained.candidate)
        assert "Confirmez le contrat" in client.get(reverse("candidate_space")).text
        page = client.get(reverse("commitments:contract", args=[pk])).text
        assert "Oui, c’est mon contrat" in page
        assert "Répondez au plus tard le" in page
        read = {"contract": Contract.objects.get().pk}
        page = client.post(reverse("commitments:contract_confirm", args=[pk]), read, follow=True).text
        assert "Une promesse tenue" in page
        assert reread(trained.commitment).status == "hired"

    def test_saying_no_has_a_reason_a_situation_and_a_way_on(self, client, trained):
        client.force_login(trained.candidate)
        url = reverse("commitments:decline", args=[trained.commitment.pk])
        page = client.post(url, {}).text
        assert "Choisissez une réponse" in page
        page = client.post(url, {"reason": "travel", "situation": "looking"}, follow=True).text
        assert "Voir d’autres immersions du même métier" in page
        assert reread(trained.commitment).exit_said_by == "candidate"

    def test_a_dispute_is_read_by_both(self, client, declared):
        client.force_login(declared.candidate)
        url = reverse("commitments:contract_dispute", args=[declared.commitment.pk])
        last = declared.contract.pk
        later = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
        client.post(
            url,
            {"contract": last, "reason": "dates", "words": "Je commence plus tard", "starts_on": later},
        )
        client.force_login(declared.member)
        assert (
            "Je commence plus tard"
            in client.get(reverse("commitments:contract", args=[declared.commitment.pk])).text
        )

    def test_a_missing_document_is_confirmed_on_one_page(self, client):
        world = a_trained_project(answers={"conditions": ["completed", "fitness"]})
        client.force_login(world.member)
        assert "Un document à confirmer" in client.get(reverse("company_space")).text
        url = reverse("commitments:conditions", args=[world.commitment.pk])
        assert "Être apte" in client.get(url).text
        assert "Dites quel document" in client.post(url, {"condition": "fitness"}).text
        day = timezone.localdate().isoformat()
        client.post(url, {"condition": "fitness", "document": "Avis d’aptitude", "dated": day})
        assert reread(world.commitment).status == "to_confirm"


def test_a_person_exports_their_contracts_and_leaves_with_their_words(declared):
    own = Version(pay_gross_monthly=Decimal(1850))
    disputing.dispute_contract(
        declared.contract, by=declared.candidate, reason="pay", words="1 950 €", said=own
    )
    said = export_all(declared.candidate)["Contrats"]
    assert "1 850 €" in said["contrats déclarés"][0]["mes chiffres"].replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert said["contrats déclarés"][0]["ma version"] == "1 950 €"
    erase_all(declared.candidate)
    assert Contract.objects.get().dispute_words == ""
    assert not ContractEvent.objects.filter(note__contains="1 950").exists()


def test_every_letter_is_written_whole():
    """Each kind of these alcoves, as it leaves: subject, text, HTML, for each reader."""
    world = a_trained_project(answers={"conditions": ["completed", "fitness"]})
    today = timezone.localdate()
    said = {"is_met": True, "document": "Avis", "dated": today}
    actions.confirm_condition(world.commitment, "fitness", by=world.candidate, **said)
    make_older(5)
    sweep_all()
    actions.accept(reread(world.commitment), by=world.candidate)
    make_older(5)
    sweep_all()
    soon = today + dt.timedelta(days=3)
    a_declared_contract(world=world, kind="interim", starts_on=soon, ends_on=soon)
    disputing.dispute_contract(world.contract, by=world.candidate, reason="not_started", words="Plus tard")
    world.commitment = reread(world.commitment)
    a_declared_contract(world=world, kind="interim", starts_on=soon, ends_on=soon)
    declaring.add_mission(
        world.contract, starts_on=soon, ends_on=soon + dt.timedelta(days=9), by=world.member
    )
    make_older(30)
    sweep_all()
    follow_contracts()
    make_older(21)
    sweep_all()
    a_trained_project("partly")
    declined = a_trained_project()
    actions.decline(declined.commitment, by=declined.candidate, reason="other", words="Je pars")
    ours = {
        "condition_to_confirm", "to_confirm", "answer_reminder", "accepted", "contract_reminder",
        "contract_declared", "contract_disputed", "mission_added", "hired", "followup_asked",
        "followup_advisor", "conditions_unmet", "declined",
    }  # fmt: skip
    letters = OutgoingMessage.objects.filter(kind__in=[f"commitments/{name}" for name in ours])
    assert {it.kind.removeprefix("commitments/") for it in letters} == ours
    for letter in letters:
        written = render(letter)
        for words in (written.subject, written.text, written.html):
            assert words.strip()
            assert "{{" not in words
            assert "None" not in words
