import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territories.models import Occupation
from territories.occupations import find_occupations, occupation_of, related

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_reference")]

FIRST = [
    ("soudur", "H2913"),
    ("soudeuse", "H2913"),
    ("boulengere", "D1102"),
    ("BOULANGÈRE", "D1102"),
    ("macon", "F1703"),
    ("maçonne", "F1703"),
    ("masson", "F1703"),
    ("kuisinié", "G1609"),
    ("electrisien", "F1602"),
    ("électricienne du bâtiment", "F1602"),
    ("plombière", "F1603"),
    ("infirmière", "J1506"),
    ("aide soignante", "J1501"),
    ("serveuse", "G1803"),
    ("cuisto", "G1609"),
    ("routier", "N4101"),
    ("femme de ménage", "K1304"),
    ("nounou", "K1303"),
    ("agent d’entretien", "K2205"),
    ("couvreur zingueur", "F1619"),
    ("développeuse web", "M1855"),
    ("paysagiste", "A1208"),
    ("f1703", "F1703"),
    ("F1703", "F1703"),
]


@pytest.mark.parametrize(("typed", "code"), FIRST)
def test_the_best_answer_comes_first(typed, code):
    assert find_occupations(typed)[0].code == code


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("aide soignante", {"J1501"}), ("technicien de maintenance industrielle", {"I1304"})],
)
def test_an_answer_to_some_of_the_words_only_is_left_out(typed, codes):
    assert {occupation.code for occupation in find_occupations(typed)} == codes


@pytest.mark.parametrize("typed", ["", "a", "😀", "\x00", "%", "_", "x" * 10_000, "Z9999", "'; --"])
def test_what_is_no_occupation_gives_nothing(typed):
    assert find_occupations(typed) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_nothing_typed_is_an_error(typed):
    assert len(find_occupations(typed)) <= 10
    occupation_of(typed)


def test_finding_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        find_occupations("technicien de maintenance")


class TestRelated:
    def test_without_parents_the_same_domain_is_close(self):
        mason = Occupation.objects.get(pk="F1703")
        near = related(mason)
        assert near
        assert {occupation.domain for occupation in near} == {"F17"}
        assert mason not in near

    def test_the_same_trade_comes_first_where_parents_are_known(self):
        mason = Occupation.objects.get(pk="F1703")
        mason.parent_code = "F1703"
        Occupation.objects.filter(pk__in=["F1703", "F1708", "N1101"]).update(parent_code="F1703")
        assert {occupation.code for occupation in related(mason)[:2]} == {"F1708", "N1101"}

    def test_a_trade_is_the_code_or_the_parent(self):
        mason = Occupation.objects.get(pk="F1703")
        assert [o.code for o in Occupation.objects.same_trade(mason)] == ["F1703"]
        Occupation.objects.filter(pk__in=["F1703", "F1708"]).update(parent_code="F1703")
        mason.refresh_from_db()
        assert {o.code for o in Occupation.objects.same_trade(mason)} == {"F1703", "F1708"}
