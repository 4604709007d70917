"""The PDF: accessible, archivable, the same bytes each time; what people type stays text."""

import re
import time
import zlib

import pytest

from core.signing.evidence import Evidence
from immersions.agreements.factories import a_frozen_agreement, an_agreement, fill, reread
from immersions.agreements.pdf import pdf_of
from immersions.agreements.sign_actions import sign_agreement
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)


def make(world):
    agreement = reread(world.agreement)
    return pdf_of(agreement, agreement.version)


def test_it_is_made_to_pdf_ua_1_and_pdf_a_2a_in_french_with_its_fonts(world):
    content = make(world)
    assert content.startswith(b"%PDF-")
    for mark in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<"):
        assert mark in content
    assert b"fr-FR" in content or b"/Lang (fr" in content
    assert b"/FontFile" in content or b"/ObjStm" in content


def test_the_same_facts_give_the_same_bytes(world):
    assert make(world) == make(world)
    before = make(world)
    sign_agreement(reread(world.agreement), by=world.candidate, seen=1, evidence=Evidence())
    assert make(world) != before


def test_it_is_fast(world):
    make(world)  # The first one loads the library.
    start = time.perf_counter()
    make(world)
    assert time.perf_counter() - start < 1


def test_what_people_type_is_never_markup():
    world = an_agreement()
    nasty = '#panic("x") *gras* $x^2$ <balise> \\ "guillemets" // fin #import "secret.typ" @ref `code`'
    fill(world, objectives=nasty, tasks=nasty + "\n= Titre", tutor_name='#read("/etc/passwd")')
    assert make(world).startswith(b"%PDF-")


def streams(content: bytes) -> bytes:
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    out = b""
    for part in parts:
        try:
            out += zlib.decompress(part)
        except zlib.error:
            continue
    return out


def test_a_text_that_is_not_signed_by_all_says_so_on_its_first_page(world):
    from immersions.agreements.pdf import data_of

    agreement = reread(world.agreement)
    data = data_of(agreement, agreement.version)
    assert "Pas encore valable" in data["warning"]
    assert data["missing"] == ["personne accueillie", "entreprise", "structure qui accompagne"]
