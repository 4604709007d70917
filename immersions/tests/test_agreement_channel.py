"""Here, or on Immersion Facilitée: one agreement at a time, and the first signature settles it."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from candidates.factories import SupportStructureFactory
from candidates.structures.actions import follow_person, transfer_person
from candidates.structures.channel import tell_channel
from candidates.structures.models import Channel, Following, SupportStructure
from core.delivery import render
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from immersions.agreements import steps
from immersions.agreements.actions import ask_tutor, fingerprint, save_step
from immersions.agreements.factories import ABOUT, WELCOME, a_frozen_agreement, an_agreement, reread
from immersions.agreements.sign_actions import send_code, sign_agreement
from immersions.agreements.tutor_links import token_for
from immersions.facilitee.actions import record_external, refresh_external
from immersions.facilitee.client import Found
from immersions.facilitee.models import ExternalAgreement
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)
NUMBER = "aaaaaaaa-1111-4111-8111-111111111111"
THERE, HERE = Channel.IMMERSION_FACILITEE, Channel.HERE


def moves_to(world, channel):
    SupportStructure.objects.filter(pk=world.structure.pk).update(agreement_channel=channel)


def sign(world, seen=1):
    sign_agreement(reread(world.agreement), by=world.candidate, seen=seen, evidence=Evidence())


def fill(world):
    save_step(reread(world.agreement), steps.ABOUT_YOU, ABOUT, by=world.candidate, seen="")


def transfer(world, channel):
    other = SupportStructureFactory(name="Cap emploi des Deux Rives", agreement_channel=channel)
    following = Following.objects.live().get(candidate=world.application.candidate)
    asked = transfer_person(following, to=other, by=world.advisor)
    world.new_advisor = other.confirmed_members().first()
    follow_person(asked, by=world.new_advisor)
    return other


def test_made_there_nothing_is_filled_nor_signed_here(world):
    moves_to(world, THERE)
    signatory = reread(world.agreement).needed_signatories[0]
    deeds = [
        lambda: sign(world),
        lambda: send_code(signatory, seen=1),
        lambda: save_step(
            reread(world.agreement),
            steps.ABOUT_YOU,
            ABOUT | {"city": "54000 Nancy"},
            by=world.candidate,
            seen=fingerprint(reread(world.agreement)),
        ),
        lambda: ask_tutor(reread(world.agreement), by=world.member),
    ]
    for deed in deeds:
        with pytest.raises(RuleBroken, match="sur Immersion Facilitée"):
            deed()
    assert reread(world.agreement).status == "to_sign"


def test_made_here_nothing_is_recorded_from_there():
    world = an_agreement()
    with pytest.raises(RuleBroken, match="se fait ici"):
        record_external(world.application, NUMBER, by=world.advisor, is_confirmed=True)
    moves_to(world, THERE)
    record_external(world.application, NUMBER, by=world.advisor, is_confirmed=True)
    assert reread(world.agreement).status == "void"


def test_the_first_signature_settles_it_here(world):
    sign(world)
    moves_to(world, THERE)
    sign_agreement(reread(world.agreement), by=world.member, seen=1, evidence=Evidence(), is_entitled=True)
    with pytest.raises(RuleBroken, match="se fait ici"):
        record_external(world.application, NUMBER, by=world.advisor, is_confirmed=True)
    transfer(world, THERE)
    assert reread(world.agreement).structure == world.structure


def found(world, status):
    [slot] = world.application.slots
    siret = world.application.offer.company.organisation.siret
    days = slot.first_day.isoformat(), slot.last_day.isoformat()
    return Found(NUMBER, status, siret, *days)


def test_the_first_signature_settles_it_there():
    world = an_agreement()
    moves_to(world, THERE)
    record_external(world.application, NUMBER, by=world.advisor, found=found(world, "READY_TO_SIGN"))
    moves_to(world, HERE)
    fill(world)  # Nobody has signed there: it is made here again.
    refresh_external(ExternalAgreement.objects.get(), found(world, "PARTIALLY_SIGNED"))
    with pytest.raises(RuleBroken, match="sur Immersion Facilitée"):
        fill(world)


def test_what_is_signed_here_is_not_confirmed_by_what_was_begun_there(world):
    moves_to(world, THERE)
    record_external(world.application, NUMBER, by=world.advisor, found=found(world, "READY_TO_SIGN"))
    moves_to(world, HERE)
    sign(world)
    with pytest.raises(RuleBroken, match="se fait ici"):
        refresh_external(ExternalAgreement.objects.get(), found(world, "ACCEPTED_BY_VALIDATOR"))


def test_transferred_to_a_structure_of_the_other_channel_it_opens_there(client, world):
    transfer(world, THERE)
    agreement = reread(world.agreement)
    assert (agreement.status, agreement.structure, agreement.made_there) == ("draft", None, True)
    told = OutgoingMessage.objects.filter(kind="immersions/agreement_channel")
    assert {it.to for it in told} == {world.candidate.email, world.member.email}
    assert all(it.context["is_there"] for it in told)
    client.force_login(world.new_advisor)
    assertContains(client.get(reverse("advisor_space")), "sur Immersion Facilitée")
    record_external(world.application, NUMBER, by=world.new_advisor, is_confirmed=True)


def test_transferred_back_before_any_signature_it_opens_here(client):
    world = an_agreement()
    moves_to(world, THERE)
    transfer(world, HERE)
    [told, _] = OutgoingMessage.objects.filter(kind="immersions/agreement_channel")
    assert not told.context["is_there"]
    fill(world)
    client.force_login(world.candidate)
    assertNotContains(client.get(reverse("candidate_space")), "Immersion Facilitée")


def test_another_structure_here_too_prescribes_the_next_text(world):
    other = transfer(world, HERE)
    agreement = reread(world.agreement)
    assert (agreement.status, agreement.data_of("advisor")) == ("draft", {})
    known = {**dict.fromkeys(steps.STRUCTURE.needs, "x"), "structure_name": other.name}
    save_step(agreement, steps.STRUCTURE, known, by=world.new_advisor, seen="")
    agreement = reread(world.agreement)
    assert (agreement.structure, agreement.version.number) == (other, 2)
    assert not OutgoingMessage.objects.filter(kind="immersions/agreement_channel").exists()


def test_each_one_reads_where_it_is_made(client):
    world = an_agreement()
    moves_to(world, THERE)
    page = reverse("immersions:agreement", args=[world.agreement.pk])
    fill_page = reverse("immersions:agreement_fill", args=[world.agreement.pk, "vous"])
    client.force_login(world.candidate)
    assertContains(client.get(page), "rien à remplir ni à signer ici")
    assertContains(client.get(fill_page, follow=True), "rien à remplir ni à signer ici")
    assertNotContains(client.get(reverse("candidate_space")), "Remplissez votre partie")
    mine = reverse("immersions:my_application", args=[world.application.pk])
    assertContains(client.get(mine), "Elle se fait sur Immersion Facilitée")
    client.force_login(world.advisor)
    assertContains(client.get(page), "Ouvrir et confirmer")


def test_a_link_says_it_too(client, world):
    moves_to(world, THERE)
    signatory = reread(world.agreement).needed_signatories[0]
    answer = client.get(reverse("immersions:sign_link", args=[signatory.token]))
    assertContains(answer, "vous la signez là-bas")
    tutor = reverse("immersions:tutor_link", args=[token_for(world.agreement, WELCOME["tutor_email"])])
    assertContains(client.get(tutor), "sur Immersion Facilitée")


def test_a_structure_that_changes_its_way_tells_whoever_has_not_signed(client):
    world, signed = an_agreement(), a_frozen_agreement()
    signed.structure.followings.update(structure=world.structure)
    sign(signed)
    structure = SupportStructure.objects.get(pk=world.structure.pk)
    structure.agreement_channel = THERE
    structure.save()
    tell_channel(structure, by=world.advisor)
    told = OutgoingMessage.objects.filter(kind="immersions/agreement_channel")
    assert {it.to for it in told} == {world.candidate.email, world.member.email, world.advisor.email}
    for it in told:
        words = render(it).text
        assert "change de façon de faire" in words
        assert ("donnez ici son numéro" in words) == (it.to == world.advisor.email)
