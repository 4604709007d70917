import datetime as dt

import pytest
import time_machine
from django.template import Context, Template

from core import french


class TestDates:
    @pytest.fixture(autouse=True)
    def _in_november(self):
        with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
            yield

    def test_the_first_of_a_month_is_an_ordinal(self):
        assert french.day(dt.date(2027, 2, 1)) == "1ᵉʳ février"

    def test_a_far_date_says_its_year(self):
        assert french.day(dt.date(2028, 2, 1)) == "1ᵉʳ février 2028"

    def test_every_date_of_a_template_says_the_first_as_an_ordinal(self):
        page = Template('{{ day|date:"l j F Y" }}, {{ other|date:"j F" }}')
        context = Context({"day": dt.date(2027, 2, 1), "other": dt.date(2027, 2, 21)})
        assert page.render(context) == "lundi 1ᵉʳ février 2027, 21 février"

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            (dt.date(2026, 12, 7), dt.date(2026, 12, 7), "lundi 7 décembre"),
            (dt.date(2026, 12, 7), dt.date(2026, 12, 9), "lundi 7 au mercredi 9 décembre"),
            (dt.date(2026, 11, 30), dt.date(2026, 12, 2), "lundi 30 novembre au mercredi 2 décembre"),
        ],
    )
    def test_a_period_is_said_as_short_as_it_can(self, first, last, said):
        assert french.period(first, last) == said
        assert french.dated(said) == f"{'le' if first == last else 'du'} {said}"


@pytest.mark.parametrize(
    ("time", "said"),
    [(dt.time(8), "8\N{NO-BREAK SPACE}h"), (dt.time(9, 5), "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05")],
)
def test_an_hour_stays_on_its_line(time, said):
    assert french.hour(time) == said


def test_a_siret_is_read_in_groups():
    assert french.siret("73282932000074").split("\N{NO-BREAK SPACE}") == ["732", "829", "320", "00074"]


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 jour"), (5, "5 jours"), (42, "6 semaines"), (243, "8 mois")]
)
def test_a_length_is_said_in_the_unit_one_would_choose(days, said):
    first = dt.date(2027, 2, 1)
    assert french.length(first, first + dt.timedelta(days=days - 1)) == said


def test_a_pay_is_never_rounded():
    said = [french.euros(pay).replace("\N{NO-BREAK SPACE}", " ") for pay in (1950, "1823.03")]
    assert said == ["1 950 €", "1 823,03 €"]


def test_zero_and_one_are_singular_and_thousands_stand_apart():
    assert french.counted(0, "immersion") == "0 immersion"
    assert french.counted(1, "immersion") == "1 immersion"
    assert french.counted(12000, "immersion") == "12\N{NO-BREAK SPACE}000 immersions"


@pytest.mark.parametrize(
    ("km", "said"), [(0.2, "moins de 1 km"), (4.04, "4 km"), (4.26, "4,3 km"), (25.6, "26 km")]
)
def test_a_distance_says_no_more_than_it_knows(km, said):
    assert french.kilometres(km).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Metz", "de Metz"),
        ("Épinal", "d’Épinal"),
        ("Le Ban-Saint-Martin", "du Ban-Saint-Martin"),
        ("Les Islettes", "des Islettes"),
        ("La Bresse", "de La Bresse"),
        ("Yutz", "de Yutz"),
        ("Yves", "d’Yves"),
    ],
)
def test_a_town_is_said_with_its_preposition(name, said):
    assert french.of(name) == said


@pytest.mark.parametrize(("count", "said"), [(1, "1 offre renvoyée"), (2, "2 offres renvoyées")])
def test_words_agree_with_how_many(count, said):
    assert french.agreed(count, "offre(s) renvoyée(s)") == said


def test_a_verb_agrees_too():
    assert french.agreed(1, "message(s) qui n’(a|ont) pas pu partir") == "1 message qui n’a pas pu partir"
    assert french.agreed(3, "message(s) qui n’(a|ont) pas pu partir") == "3 messages qui n’ont pas pu partir"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("lundi 14 au mercredi 16 décembre, 8\xa0h", "14 au 16 décembre"),
        ("jeudi 26 novembre à 10\xa0h, 15 minutes, au téléphone", "jeudi 26 novembre à 10\xa0h"),
    ],
)
def test_a_subject_says_the_days_in_brief(when, said):
    assert french.in_brief(when) == said


def test_no_line_of_a_letter_begins_with_a_sign():
    words = "Vous dites « oui » : c’est ça ? Au 06 12, à 8 h : 018 409."
    html = f'<style>a :hover {{}}</style></head><p style="top: 0 !important">{words}</p>'
    said = french.kept_together(html)
    assert "«\xa0oui\xa0»\xa0: c’est ça\xa0? Au 06\xa012, à 8\xa0h\xa0: 018 409." in said
    assert said.startswith('<style>a :hover {}</style></head><p style="top: 0 !important">')
    typed = "</head><p>ici :</p><textarea>là :\n« b »</textarea><pre>a : b</pre><p>ici :</p>"
    assert french.kept_together(typed) == typed.replace("ici :", "ici\xa0:")
