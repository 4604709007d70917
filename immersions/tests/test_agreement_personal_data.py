"""What one wrote goes with the account; what one signed is kept, and said."""

import pytest

from core import personal_data
from core.signing.evidence import Evidence
from immersions.agreements.actions import refuse_agreement
from immersions.agreements.factories import a_frozen_agreement, reread
from immersions.agreements.models import AgreementEvent, AgreementVersion, Part
from immersions.agreements.personal_data import erase_agreements, export_agreements, obstacle_of
from immersions.agreements.sign_actions import sign_agreement

pytestmark = pytest.mark.django_db


def test_a_person_reads_what_they_wrote_and_signed():
    world = a_frozen_agreement()
    sign_agreement(reread(world.agreement), by=world.candidate, seen=1, evidence=Evidence())
    told = export_agreements(world.candidate)
    assert told["ce que j’ai écrit"][0]["réponses"]["birth_date"] == "1996-04-12"
    assert told["ce que j’ai signé"][0]["empreinte"] == AgreementVersion.objects.get().sha256


def test_the_account_waits_while_signatures_are_awaited():
    world = a_frozen_agreement()
    assert "attend des signatures" in obstacle_of(world.candidate)
    refuse_agreement(reread(world.agreement), by=world.advisor, words="Dates impossibles")
    assert obstacle_of(world.candidate) == ""


def test_what_binds_nobody_is_erased():
    world = a_frozen_agreement()
    erase_agreements(world.candidate)
    assert Part.objects.get(party="candidate").data
    refuse_agreement(reread(world.agreement), by=world.advisor, words="Dates impossibles")
    erase_agreements(world.candidate)
    assert Part.objects.get(party="candidate").data == {}
    assert not AgreementEvent.objects.exclude(note="").exists()


def test_it_is_part_of_the_export():
    assert "Conventions" in personal_data.export_all(a_frozen_agreement().candidate)
