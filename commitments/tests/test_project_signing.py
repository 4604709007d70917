"""From « on continue » to a promise signed by both: what each step does, what it refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.factories import valid_siret
from commitments.factories import (
    HALF,
    MISSIONS,
    a_frozen_project,
    a_proposal,
    a_sealed_project,
    a_session_for,
    choose,
    reread,
    sign,
    sign_from_link,
    write,
)
from commitments.projects import actions, showing, sign_actions, steps
from commitments.projects.halves import HiringPromise, TrainingPledge
from commitments.projects.models import Commitment
from commitments.projects.pdf import pdf_of
from commitments.projects.texts import CommitmentSignature, CommitmentVersion, PromiseWording
from core import verification
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from immersions.factories import ApplicationFactory, OfferFactory
from immersions.stays.factories import a_stay
from tests.worlds import made_once
from trainings.models import Session

pytestmark = pytest.mark.django_db
_made, proposed = made_once(a_proposal)


@pytest.fixture
def frozen(proposed):
    return a_frozen_project(world=proposed)


@pytest.fixture
def sealed(proposed):
    return a_sealed_project(world=proposed)


def sent(kind):
    return OutgoingMessage.objects.filter(kind=f"commitments/{kind}")


def test_two_halves_two_signatures_and_the_promise_is_sealed(frozen):
    assert frozen.commitment.versions.count() == 1
    sign(frozen, "candidate")
    assert frozen.commitment.status == "proposed"
    sign(frozen, "company")
    commitment = frozen.commitment
    assert (commitment.status, commitment.post_number, commitment.posts) == ("sealed", 1, 1)
    assert commitment.sealed_on == timezone.localdate()
    told = set(sent("sealed").values_list("context__to_role", flat=True))
    assert told == {"candidate", "company", "organisation", "advisor"}
    assert sent("half_signed").count() == 4
    page = reverse("commitments:commitment", args=[commitment.pk])
    links = sent("half_signed").values_list("context__link", flat=True)
    assert all(link.endswith(page) for link in links), "who has an account is led to the project, not to sign"


def test_who_signs_twice_is_brought_back_to_the_project(client, sealed):
    client.force_login(sealed.candidate)
    page = reverse("commitments:sign", args=[sealed.commitment.pk])
    assert client.post(page, {"seen": 1}).url == reverse(
        "commitments:commitment", args=[sealed.commitment.pk]
    )


def test_a_page_to_end_a_project_opens_while_it_can_be_ended_only(client, sealed):
    client.force_login(sealed.candidate)
    page = reverse("commitments:withdraw", args=[sealed.commitment.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"reason": "travel", "situation": "looking"})
    assert Commitment.objects.get().status == "withdrawn_by_candidate"
    assert client.get(page).url == reverse("commitments:commitment", args=[sealed.commitment.pk])


def test_each_message_leaves_with_its_words_and_the_promise_with_its_pdf(commit, mailoutbox):
    with commit():
        a_sealed_project()
    assert {mail.subject.split(" :")[0] for mail in mailoutbox} >= {
        "Signature enregistrée",
        "Promesse d’embauche signée",
    }
    promise = next(mail for mail in mailoutbox if mail.subject.startswith("Promesse"))
    assert promise.attachments[0][1].startswith(b"%PDF-")


def test_the_verification_page_knows_the_text_and_when_it_no_longer_binds(frozen):
    version = frozen.commitment.versions.get()
    assert not verification.find(version.code).is_valid
    sign(frozen, "candidate")
    sign(frozen, "company")
    assert verification.find(version.code).is_valid
    assert pdf_of(version) == pdf_of(version)
    from commitments.projects.ending import withdraw_from

    withdraw_from(reread(frozen.commitment), by=frozen.candidate, reason="income")
    assert not verification.find(version.code).is_valid


@pytest.mark.parametrize("status", ["booked", "declined"])
def test_a_project_is_proposed_after_a_completed_immersion_only(status):
    application = ApplicationFactory(**{status: True})
    with pytest.raises(RuleBroken, match="après une immersion terminée"):
        actions.propose_commitment(application, by=application.candidate.user)


def test_a_visit_leads_to_no_project():
    application = a_stay("completed", begins_in=-3, days=1, visit=True)
    with pytest.raises(RuleBroken, match="sous convention"):
        actions.propose_commitment(application, by=application.candidate.user)


def test_one_open_project_after_an_immersion(proposed):
    with pytest.raises(RuleBroken, match="Un projet est déjà ouvert"):
        actions.propose_commitment(proposed.application, by=proposed.member)


@pytest.mark.parametrize("days", [0, 6, 61])
def test_the_date_limit_has_bounds(days):
    application = a_stay("completed", begins_in=-5)
    on = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(RuleBroken, match="dans 7 à 60 jours"):
        actions.propose_commitment(application, by=application.candidate.user, expires_on=on)


# --- The company's half ---------------------------------------------------------------------------
REFUSED = [
    ({"contract": "cdd", "months": 5, "fixed_term_reason": "increase"}, "dure au moins 6 mois"),
    ({"contract": "cdd", "months": 6, "fixed_term_reason": ""}, "motif prévu par la loi"),
    (
        {"contract": "interim", "months": 6, "within_months": 10, "fixed_term_reason": "increase"},
        "sur 9 mois au plus",
    ),
    (MISSIONS | {"carrier": ""}, "promises par une agence d’intérim"),
    (MISSIONS | {"contract": "cdd"}, "promet des missions ou un CDI"),
    ({"pay_gross_monthly": Decimal("1823.02")}, "sous le minimum légal : 1 823,03 €"),
    ({"starts_by": dt.date(2020, 1, 1)}, "L’embauche vient après la fin de la formation"),
    ({"conditions": ["completed", "certified"], "certification": ""}, "quelle certification"),
    ({"carrier": "geiq", "carrier_name": "GEIQ BTP", "carrier_siret": "123"}, "14 chiffres"),
    ({"carrier": "geiq", "carrier_name": "", "carrier_siret": valid_siret(5)}, "Dites qui est l’employeur"),
]


@pytest.mark.parametrize(("answers", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_a_promise_that_the_law_refuses_gets_its_sentence(answers, sentence, proposed):
    choose(proposed)
    with pytest.raises(RuleBroken) as refusal:
        write(proposed, **answers)
    assert sentence in refusal.value.message.replace("\xa0", " ").replace("\u202f", " ")
    assert not CommitmentVersion.objects.exists()


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (HiringPromise, {"contract": "cdd", "months": 5, "fixed_term_reason": "increase"}),
        (HiringPromise, {"contract": "cdd", "months": 6, "fixed_term_reason": ""}),
        (HiringPromise, {"contract": "alternance", "months": 5}),
        (HiringPromise, {"contract": "alternance", "months": None}),
        (HiringPromise, MISSIONS | {"within_months": None}),
        (HiringPromise, {"pay_gross_monthly": Decimal("1800")}),
        (HiringPromise, {"conditions": ["pleases_us"]}),
        (HiringPromise, {"carrier": "geiq"}),
        (Commitment, {"starts_by": dt.date(2020, 1, 1)}),
        (Commitment, {"sealed_on": timezone.localdate() + dt.timedelta(days=90)}),
        (TrainingPledge, {"starts_on": dt.date(2020, 1, 1)}),
    ],
)
def test_the_database_refuses_it_too(model, values, frozen):
    one = {"pk": frozen.commitment.pk} if model is Commitment else {"commitment": frozen.commitment}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(**one).update(**values)


def test_the_legal_minimum_follows_the_hours_and_the_date(proposed):
    write(proposed, hours_weekly=Decimal(20), pay_gross_monthly=Decimal("1041.73"))
    assert reread(proposed.commitment).promise.legal_minimum_monthly == Decimal("1041.73")


# --- The candidate's half -------------------------------------------------------------------------
def a_session(offer, **options):
    return a_session_for(offer, **options)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"starts_on": timezone.localdate()}, "déjà commencé"),
        ({"seats_left": 0}, "complète"),
        ({"status": "closed"}, "plus ouverte"),
        ({"action__unfunded": True}, "plus ouverte"),
        ({"ends_on": None}, "quand elle finit"),
    ],
)
def test_a_session_that_cannot_be_promised_gets_its_sentence(options, sentence, proposed):
    proposed.session = a_session(proposed.offer, **options)
    with pytest.raises(RuleBroken, match=sentence):
        choose(proposed)


def test_sessions_are_sorted_by_distance_and_those_that_end_too_late_are_not_offered(proposed):
    from commitments.projects.choice import sessions_for

    far = a_session(proposed.offer, action__in_nancy=True)
    commitment = reread(proposed.commitment)
    assert list(sessions_for(commitment)) == [proposed.session, far]
    commitment.starts_by = proposed.session.ends_on
    assert list(sessions_for(commitment)) == []


# --- Signing --------------------------------------------------------------------------------------
def test_a_promise_signed_late_is_refused(frozen):
    sign(frozen, "candidate")
    past = timezone.localdate() - dt.timedelta(days=1)
    Commitment.objects.filter(pk=frozen.commitment.pk).update(
        expires_on=past, proposed_on=past - dt.timedelta(days=20)
    )
    with pytest.raises(RuleBroken, match="La date limite pour signer est passée"):
        sign(frozen, "company")
    assert CommitmentSignature.objects.count() == 1


def test_the_company_says_that_it_may_be_bound(frozen):
    with pytest.raises(RuleBroken, match="habilitée à l’engager"):
        sign_actions.sign_commitment(frozen.commitment, by=frozen.member, seen=1, evidence=Evidence())


def test_one_live_project_per_person_and_the_others_stop_with_a_word(client, frozen):
    first = frozen
    person = first.application.candidate
    second = a_frozen_project(application=a_stay("completed", begins_in=-9, candidate=person))
    third = a_proposal(application=a_stay("completed", begins_in=-15, candidate=person))
    sign(first, "candidate")
    sign(first, "company")
    for other in (second, third):
        commitment = reread(other.commitment)
        assert (commitment.status, commitment.end_reason) == ("expired", "other_project")
        assert sent("set_aside").filter(to=other.member.email).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=second.commitment.pk).update(
            status="sealed", sealed_on=timezone.localdate(), post_number=1, posts=1
        )
    stay = a_stay("completed", begins_in=-20, candidate=person)
    with pytest.raises(RuleBroken, match="déjà un projet signé"):
        a_proposal(application=stay)
    url = reverse("commitments:propose", args=[stay.pk])
    client.force_login(person.user)
    assert reverse("commitments:commitment", args=[first.commitment.pk]) in client.get(url).text
    client.force_login(stay.offer.company.confirmed_members().first())
    page = client.get(url).text
    assert "a déjà un projet signé" in page
    assert first.offer.company.name not in page


def test_posts_are_never_exceeded():
    offer = OfferFactory(posts=2)
    session = a_session_for(offer)
    worlds = [
        a_frozen_project(application=a_stay("completed", begins_in=-5, offer=offer), session=session)
        for _ in range(3)
    ]
    for world in worlds[:2]:
        sign(world, "candidate")
        sign(world, "company")
    assert [world.commitment.post_number for world in worlds[:2]] == [1, 2]
    with pytest.raises(RuleBroken, match="Tous les postes de cette offre sont déjà promis"):
        sign(worlds[2], "candidate")
    late = reread(worlds[2].commitment)
    assert late.status == "proposed"
    assert showing.overview_of(late, worlds[2].member)["no_post_left"], "its page says what to do"


def test_a_promise_counts_the_posts_that_are_promised_already():
    offer = OfferFactory(weight="discovery", posts=None)
    first = a_sealed_project(application=a_stay("completed", begins_in=-9, offer=offer))
    second = a_proposal(application=a_stay("completed", begins_in=-5, offer=offer))
    assert (offer.posts, first.commitment.post_number) == (None, 1)
    with pytest.raises(RuleBroken, match="1 poste de cette offre est déjà promis : écrivez 2 au moins"):
        actions.write_promise(second.commitment, steps.JOB, HALF[steps.JOB] | {"posts": 1}, by=second.member)


def test_a_session_that_filled_up_meanwhile_refuses_the_last_signature(frozen):
    sign(frozen, "candidate")
    Session.objects.filter(pk=frozen.session.pk).update(seats_left=0)
    with pytest.raises(RuleBroken, match="complète"):
        sign(frozen, "company")
    assert CommitmentSignature.objects.count() == 1


def test_changing_a_half_makes_a_new_text_that_both_sign_again(frozen):
    sign(frozen, "candidate")
    said = HALF[steps.JOB] | {"pay_gross_monthly": Decimal(2100)}
    actions.write_promise(reread(frozen.commitment), steps.JOB, said, by=frozen.member)
    assert CommitmentVersion.objects.count() == 2
    with pytest.raises(RuleBroken, match="Le texte a changé"):
        sign_actions.sign_commitment(
            reread(frozen.commitment), by=frozen.member, seen=1, evidence=Evidence(), is_entitled=True
        )
    sign(frozen, "company")
    assert frozen.commitment.status == "proposed"
    sign(frozen, "candidate")
    assert frozen.commitment.status == "sealed"


def test_a_carrier_signs_by_its_mailed_code_and_the_company_does_not():
    carrier = {
        "carrier": "geiq",
        "carrier_name": "GEIQ BTP",
        "carrier_siret": valid_siret(5),
        "signatory_name": "Anne Roth",
        "signatory_email": "anne@geiq.example.org",
    }
    world = a_frozen_project(answers=carrier)
    with pytest.raises(RuleBroken, match="C’est Anne Roth qui signe"):
        sign(world, "company")
    sign_from_link(world)
    sign(world, "candidate")
    assert world.commitment.status == "sealed"
    assert "GEIQ BTP" in world.commitment.versions.get().text
    assert sent("seat_asked").filter(context__company="GEIQ BTP").exists(), "who promises, not who welcomes"


# --- Words ----------------------------------------------------------------------------------------
def test_a_new_wording_never_changes_an_old_text(frozen):
    version = frozen.commitment.versions.get()
    region = frozen.offer.commune.department.region
    first = PromiseWording.objects.in_force(region)
    PromiseWording.objects.create(
        region=region,
        number=1,
        published_at=timezone.now(),
        title="Autre",
        means="Autre",
        does_not_mean="Autre",
        company_says="Autre",
        candidate_says="Autre",
        if_it_stops="Autre",
        breaking="Autre",
    )
    assert PromiseWording.objects.in_force(region).title == "Autre"
    choose(frozen)  # The same answers: the same text goes on.
    assert CommitmentVersion.objects.get() == version
    assert version.wording == first
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        PromiseWording.objects.filter(pk=first.pk).update(title="Forgé")
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        CommitmentVersion.objects.filter(pk=version.pk).update(text="{}")
