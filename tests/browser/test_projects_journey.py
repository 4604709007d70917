"""From an immersion that went well to « I am still there »: five people, on a phone, by the keyboard alone. Axe
reads the pages that no other test reads.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.courses.models import CheckIn
from commitments.courses.sweeps import sweep_courses
from commitments.factories import a_session_for, first_words
from commitments.followups.actions import ask_due
from commitments.followups.models import FollowUp
from commitments.projects.models import Commitment
from commitments.seats.models import Income, Result, SeatRequest
from core.aging import make_older
from immersions.agreements.factories import an_agreement
from immersions.agreements.models import Agreement
from immersions.applications.models import Application
from immersions.stays.factories import a_report, a_stay
from territories.agents import make_agent
from tests.browser.axe import overflow, violations
from tests.browser.walking import Hands, path_of, sent
from trainings.factories import OpenOrganisationFactory
from trainings.models import Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Read by the tests of their own alcove, in the same state.
ELSEWHERE = frozenset(
    """advisor_space answer candidate_space check_in commitment company_space contract course course_finish
    declare end follow_up_link organisation_space pledge promise_step propose project_validation seat_request
    session_entries session_people sign immersions_application_change immersions_agreement_change
    commitments_commitment_change commitments_seatrequest_change commitments_contract_change
    commitments_followup_change""".split()
)
MANY = 5  # Pages that axe reads here: the path, as each of the five reads it.
LENGTH = 28  # Days of training: one question, in the middle.
HALF = LENGTH // 2 + 5  # The middle, then the next day at work.


@pytest.fixture
def world():
    """An immersion under agreement, completed; the company has said « on continue »."""
    first_words()
    application = a_stay("booked", begins_in=-5)
    parties = an_agreement(application=application)
    Agreement.objects.update(status="validated")
    Application.objects.update(status="completed")
    said = {"came": "yes", "fits": "yes", "goes_on": "yes"}
    a_report("company", application=application, status="given", given_at=timezone.now(), **said)
    organisation, starts_on = OpenOrganisationFactory(), timezone.localdate() + dt.timedelta(days=40)
    session = a_session_for(
        application.offer,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=LENGTH),
        action__training__organisation=organisation,
    )
    agent, _ = make_agent("agent@example.org", departments=[application.offer.commune.department])
    return SimpleNamespace(
        application=application,
        session=session.pk,
        candidate=parties.candidate,
        member=parties.member,
        advisor=parties.advisor,
        trainer=organisation.confirmed_members().get(),
        agent=agent,
    )


def project() -> Commitment:
    return Commitment.objects.get()


def seat() -> SeatRequest:
    return SeatRequest.objects.get()


def proposes_and_promises(company: Hands, world) -> None:
    company.arrive("/entreprise/", world.member)
    company.follow("Proposer un projet emploi-formation")
    company.push("Proposer un projet emploi-formation")
    company.follow("Le poste")
    company.push("Enregistrer et continuer")  # As the offer says.
    latest = Session.objects.get(pk=world.session).ends_on + dt.timedelta(days=30)
    company.write_day("L’embauche a lieu au plus tard le", latest)
    company.push("Enregistrer et continuer")
    company.tick("Suivre la formation jusqu’au bout")
    company.tick("Obtenir la certification")
    company.write(
        "Quelle certification ? Si vous cochez « Obtenir la certification »", "Titre professionnel maçon"
    )
    company.push("Enregistrer et continuer")
    company.write("Qui signe pour l’employeur ?", "Jeanne Muller")
    company.write("L’adresse e-mail de qui signe", world.member.email)
    company.write("Qui accompagne la personne sur tout le parcours ?", "Paul Weber")
    company.push("Enregistrer et continuer")
    company.sees("Votre promesse est écrite")


def chooses(lea: Hands, world) -> None:
    lea.arrive("/candidat/", world.candidate)
    lea.follow("Choisir : Choisissez votre formation")
    lea.tick("Greta Lorraine", exact=False)
    lea.push("Choisir cette session")
    lea.sees("Votre formation est choisie")


def both_sign(lea: Hands, company: Hands, world) -> None:
    """Logged in: two clicks."""
    for who, user in ((lea, world.candidate), (company, world.member)):
        who.arrive(reverse("commitments:commitment", args=[project().pk]), user)
        who.presses = 0
        who.follow("Lire et signer")
        if who is company:
            who.tick("Je suis habilité·e à engager l’entreprise.")
        who.push("Je signe")
        assert who.presses == 2
    company.sees("La promesse est signée par les deux")
    assert project().status == "sealed"
    assert seat().holds_seat


def both_say_yes_to_the_seat(advisor: Hands, trainer: Hands, world) -> None:
    advisor.arrive("/conseiller/", world.advisor)
    advisor.follow("Lire et valider : Valider le projet de formation")
    advisor.tick(Income.REGION.label)
    advisor.push("Valider le projet")
    advisor.sees("Le projet est validé")
    trainer.arrive("/organisme/", world.trainer)
    trainer.follow("Répondre : Une demande de place")
    trainer.push("Admettre")
    trainer.sees("La personne est admise")


def next_step_for(reader: Hands, user, world) -> str:
    """« Prochaine étape », on the one page that everybody reads."""
    reader.arrive(reverse("commitments:path", args=[world.application.candidate.uid]), user)
    box = reader.page.locator(".todo", has_text="Prochaine étape").locator("p")
    return box.inner_text() if box.count() else ""


def all_five_read_the_same_next_step(reader: Hands, world) -> None:
    everybody = (world.candidate, world.member, world.trainer, world.advisor, world.agent)
    sentences = {user.email: next_step_for(reader, user, world) for user in everybody}
    assert len(sentences) == len(everybody)
    assert set(sentences.values()) != {""}
    assert len(set(sentences.values())) == 1, sentences


def is_trained(lea: Hands, company: Hands, trainer: Hands, world) -> None:
    make_older((Session.objects.get(pk=world.session).starts_on - timezone.localdate()).days)
    trainer.arrive("/organisme/", world.trainer)
    trainer.follow("Dire qui est entré")
    trainer.tick(world.candidate.get_full_name())
    trainer.push("Confirmer les entrées")
    assert project().status == "in_training"
    make_older(HALF)
    sweep_courses()
    for who, side in ((lea, "candidate"), (company, "company")):
        who.arrive(f"/point/{CheckIn.objects.get(side=side, status='asked').token}/")
        who.presses = 0
        who.push("Tout va bien")
        assert who.presses == 1
        who.sees("Vous avez répondu")
    make_older(LENGTH - HALF)
    trainer.arrive("/organisme/", world.trainer)
    trainer.follow("Donner le résultat")
    trainer.tick(Result.CERTIFIED.label)
    trainer.push("Donner le résultat")
    assert project().status == "to_confirm"  # Nothing is missing: concluded at once.


def is_hired(lea: Hands, company: Hands, world) -> None:
    lea.arrive("/candidat/", world.candidate)
    lea.follow("Répondre : Dites oui ou non")
    lea.push("Oui, je veux ce contrat")
    lea.sees("C’est oui")
    company.arrive("/entreprise/", world.member)
    company.follow("Donner le contrat")
    company.push("Enregistrer le contrat")  # As promised.
    lea.arrive("/candidat/", world.candidate)
    lea.follow("Lire et répondre : Confirmez le contrat")
    lea.push("Oui, c’est mon contrat")
    lea.sees("Merci, et bravo")
    assert project().status == "hired"


def says_where_she_is(lea: Hands) -> None:
    """The link shows; the button answers."""
    make_older(1)
    ask_due()
    lea.arrive(f"{path_of(sent('commitments/followup_asked'))}?situation=there")
    row = FollowUp.objects.get(moment="end")
    assert row.status == "asked"
    lea.push("C’est ma réponse")
    lea.sees("Vous avez répondu")
    row.refresh_from_db()
    assert (row.status, row.situation, row.said_by) == ("answered", "there", "candidate")


def the_end_is_read_by_who_may(reader: Hands, world) -> None:
    """What comes is the follow-up: the person's own, then; not the company's, nor the organisation's."""
    own = next_step_for(reader, world.candidate, world)
    assert own.startswith("Vous répondez à «\u00a0Où en êtes-vous")
    others = {next_step_for(reader, user, world) for user in (world.advisor, world.agent)}
    assert others == {own.replace("Vous répondez", f"{world.candidate.first_name} répond")}
    assert {next_step_for(reader, user, world) for user in (world.member, world.trainer)} == {""}


def finds_everything_on_one_page(agent: Hands, world) -> None:
    """And each line leads to its own page."""
    agent.arrive(reverse("admin:immersions_application_change", args=[world.application.pk]), world.agent)
    lines = agent.page.locator(".field-whole_path p")
    said = [
        line.rsplit(" : ", 1)[1] for line in lines.all_inner_texts()[2:7]
    ]  # After the whole path, and itself.
    assert said == ["Validée", "Embauche", "Formation terminée", "Confirmé par les deux", "Répondu"]
    # Django's own tables have empty headings; the rest of the page is ours.
    assert [it for it in violations(agent.page) if not it.startswith("empty-table-header")] == []
    assert overflow(agent.page) <= 0
    links = lines.get_by_role("link").evaluate_all("them => them.map(it => it.getAttribute('href'))")
    for link, words in zip(links[1:6], said, strict=True):
        agent.arrive(link, world.agent)
        agent.sees(words)


def test_from_a_completed_immersion_to_still_there(visit, world):
    read: set[str] = set()
    lea, company, trainer, advisor, agent = (Hands(visit, read, elsewhere=ELSEWHERE) for _ in range(5))
    proposes_and_promises(company, world)
    chooses(lea, world)
    both_sign(lea, company, world)
    both_say_yes_to_the_seat(advisor, trainer, world)
    all_five_read_the_same_next_step(agent, world)
    is_trained(lea, company, trainer, world)
    is_hired(lea, company, world)
    says_where_she_is(lea)
    the_end_is_read_by_who_may(agent, world)
    finds_everything_on_one_page(agent, world)
    assert len(read) >= MANY, sorted(read)
