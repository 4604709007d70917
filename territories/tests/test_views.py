import pytest
from django.urls import reverse

from territories import lexicon
from territories.factories import CommuneFactory, OccupationFactory

pytestmark = pytest.mark.django_db


def test_places_are_suggested_to_anybody(client):
    CommuneFactory()
    response = client.get("/recherche/lieux/", {"q": "metz"})
    assert response.json() == {
        "results": [
            {
                "code": "57463",
                "label": "Metz (57)",
                "department": "57",
                "postcodes": ["57000", "57050", "57070"],
            }
        ]
    }


def test_occupations_are_suggested_to_anybody(client):
    OccupationFactory()
    OccupationFactory(welder=True, parent_code="H2913")
    lexicon.rebuild()
    response = client.get("/recherche/metiers/", {"q": "soudur"})
    assert response.json() == {
        "results": [
            {
                "code": "H2913",
                "parent": "H2913",
                "label": "Soudeur / Soudeuse",
                "title": "Soudeur / Soudeuse",
            }
        ]
    }


@pytest.mark.parametrize("name", ["territories:places", "territories:occupations"])
class TestBoth:
    @pytest.mark.parametrize("typed", [None, "", "😀", "%00", "'\"<>&:;%_", "a" * 10_000, "1" * 10_000])
    def test_anything_typed_has_an_answer(self, client, name, typed):
        response = client.get(reverse(name), {} if typed is None else {"q": typed})
        assert response.status_code == 200
        assert response.json() == {"results": []}

    def test_an_answer_may_be_kept_for_a_while_and_is_nobodys(self, client, name):
        response = client.get(reverse(name), {"q": "metz"})
        assert response["Cache-Control"] == "public, max-age=300"
        assert not response.cookies

    def test_one_only_reads(self, client, name):
        assert client.post(reverse(name), {"q": "metz"}).status_code == 405

    def test_the_number_of_queries_does_not_grow(self, client, name, django_assert_max_num_queries):
        CommuneFactory()
        CommuneFactory(thionville=True, name="Metzervisse")
        for code in ("F1703", "F1704", "F1705"):
            OccupationFactory(code=code, label="Metteur / Metteuse")
        lexicon.rebuild()
        with django_assert_max_num_queries(2):
            assert len(client.get(reverse(name), {"q": "met"}).json()["results"]) >= 2
