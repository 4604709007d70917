import datetime as dt

import pytest

from trainings.catalogue import values
from trainings.catalogue.refusals import RowRefused


@pytest.mark.parametrize(
    ("written", "is_end", "meant"),
    [
        ("20260928", False, (dt.date(2026, 9, 28), False)),
        ("00000000", False, (None, False)),
        ("99999999", True, (None, False)),
        ("99991231", True, (None, False)),
        ("20260900", False, (dt.date(2026, 9, 1), True)),
        ("20260900", True, (dt.date(2026, 9, 30), True)),
        ("20280200", True, (dt.date(2028, 2, 29), True)),
        ("20260000", False, (None, False)),
        ("", False, (None, False)),
        ("-", False, (None, False)),
        (" 20260928 ", False, (dt.date(2026, 9, 28), False)),
    ],
)
def test_a_lheo_date_is_understood(written, is_end, meant):
    assert values.day(written, is_end=is_end) == meant


@pytest.mark.parametrize(
    "written", ["20261345", "20260230", "20261300", "demain", "2026", "00010101", "²0260101"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(RowRefused, match="n’est pas une date"):
        values.day(written)


@pytest.mark.parametrize(
    ("code", "level"),
    [("0", None), ("", None), ("1", 0), ("4", 3), ("8", 7), ("11", 1), ("13", 3), ("18", 8), ("99", None)],
)
def test_both_frames_of_levels_are_read_as_one(code, level):
    assert values.LEVELS.get(code) == level


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<ul><li>Gros œuvre</li></ul>", "<ul><li>Gros œuvre</li></ul>"),
        ("&lt;p&gt;Deux fois échappé&lt;/p&gt;", "<p>Deux fois échappé</p>"),
        ("<p onclick='x()' style='color:red'>Oui</p>", "<p>Oui</p>"),
        ("<script>alert(1)</script>Bonjour", "Bonjour"),
        ("<a href='javascript:x()'>lien</a>", "lien"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<iframe src='https://example.org'></iframe>", ""),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", ""),
        ("<h1>Titre</h1><svg/onload=alert(1)>", "Titre"),
        ("<p>Sans fin", "<p>Sans fin</p>"),
        ("Tarif < 10 & fini", "Tarif &lt; 10 &amp; fini"),
        ("-", ""),
    ],
)
def test_a_programme_keeps_its_lists_and_nothing_that_acts(written, kept):
    assert values.rich_text(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Soudeur   TIG ", "Soudeur TIG"),
        ("R&D <b>avancée</b>", "R&D avancée"),
        ("-", ""),
        ("x" * 300, "x" * 254 + "…"),
        ("Ma<script>alert(1)</script>çon", "Maçon"),
    ],
)
def test_a_line_is_plain_text(written, kept):
    assert values.line(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://www.example.org/a?b=1", "https://www.example.org/a?b=1"),
        ("www.example.org/formation", "https://www.example.org/formation"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("-", ""),
        ("n’importe quoi", ""),
        ("https://example.org/" + "x" * 400, ""),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(written, kept):
    assert values.url(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("12", 12), ("0", 0), ("490.00", 490), ("-3", None), ("", None), ("beaucoup", None), ("999999", None)],
)
def test_a_count_that_makes_no_sense_is_unknown(written, kept):
    assert values.count(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("49,1", 49.1), ("49.1", 49.1), ("", None), ("nan", None), ("inf", None), ("N 49", None)],
)
def test_degrees_may_be_written_with_a_comma(written, kept):
    assert values.degrees(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("38511", "RNCP38511"), ("RNCP 38511", "RNCP38511"), ("rncp38511", "RNCP38511"), ("x", "")],
)
def test_a_certification_has_one_spelling(written, kept):
    assert values.certification("RNCP", written) == kept
