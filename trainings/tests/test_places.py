import pytest

from territories.factories import CommuneFactory
from territories.models import FormerCommune
from trainings.catalogue.places import Gazetteer, placed, position, town_name
from trainings.catalogue.rows import PlaceRow

METZ_CENTRE = (49.11911, 6.17269)
NEAR_METZ = {"latitude": 49.12, "longitude": 6.18}


@pytest.fixture
def metz(db):
    return CommuneFactory()


def where(place: PlaceRow):
    return position(place, Gazetteer([place]).commune(place))


def test_the_position_of_the_file_is_kept_when_it_is_sane(metz):
    found = where(PlaceRow(insee="57463", **NEAR_METZ))
    assert (found.latitude, found.longitude, found.commune_id) == (49.12, 6.18, "57463")
    assert not found.is_approximate
    assert found.x == pytest.approx(metz.x, abs=1500)


def test_a_swapped_position_is_put_right(metz):
    found = where(PlaceRow(insee="57463", latitude=6.18, longitude=49.12))
    assert (found.latitude, found.longitude, found.is_approximate) == (49.12, 6.18, False)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0.0, 0.0), (40.7, -74.0), (-20.9, 55.5), (None, 6.18), (49.12, None), (48.5734, 7.7521)],
    ids=["zero", "new york", "réunion", "no latitude", "no longitude", "strasbourg"],
)
def test_a_position_that_is_not_in_its_commune_gives_way_to_it(metz, latitude, longitude):
    found = where(PlaceRow(insee="57463", latitude=latitude, longitude=longitude))
    assert (found.latitude, found.longitude) == METZ_CENTRE
    assert found.is_approximate


def test_a_commune_of_yesterday_is_the_one_of_today(metz):
    FormerCommune.objects.create(code="57999", commune=metz)
    assert where(PlaceRow(insee="57999")).commune_id == "57463"


@pytest.mark.parametrize(
    ("postcode", "town", "found"),
    [
        ("57000", "Metz", "57463"),
        ("57000", "METZ", "57463"),
        ("57045", "METZ CEDEX 1", "57463"),
        ("57045", "Metz Cédex", "57463"),
        ("57000", "Un lieu-dit", "57463"),
        ("54999", "Metz", None),
        ("99999", "Ailleurs", None),
        ("", "Metz", None),
        ("", "", None),
    ],
)
def test_without_an_insee_code_the_postcode_and_the_town_speak(metz, postcode, town, found):
    assert where(PlaceRow(postcode=postcode, town=town)).commune_id == found


def test_a_postcode_shared_by_several_communes_needs_the_name(metz):
    other = CommuneFactory(code="57616", name="Saint-Julien-lès-Metz", postcodes=["57070"])
    assert where(PlaceRow(postcode="57070", town="ST JULIEN LES METZ")).commune_id == other.code
    assert where(PlaceRow(postcode="57070", town="Ailleurs")).commune_id is None


def test_two_communes_of_the_same_name_are_told_apart_by_their_department(metz):
    CommuneFactory(nancy=True, code="54999", name="Metz", postcodes=["54999"])
    assert where(PlaceRow(postcode="57045", town="METZ CEDEX")).commune_id == "57463"
    assert where(PlaceRow(postcode="54998", town="METZ CEDEX")).commune_id == "54999"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ST-DIE-DES-VOSGES CEDEX 9", "saint die des vosges"),
        ("Vandœuvre-lès-Nancy", "vandoeuvre les nancy"),
        ("PARIS 12e arrondissement", "paris"),
    ],
)
def test_a_town_has_one_spelling(written, name):
    assert town_name(written) == name


def test_of_two_places_the_first_that_can_be_located_is_the_action_s(metz):
    nowhere = PlaceRow(place_name="Sur demande", town="À préciser")
    here = PlaceRow(place_name="CFA", town="METZ CEDEX", postcode="57045")
    columns = placed([nowhere, here], Gazetteer([nowhere, here]))
    assert (columns["place_name"], columns["town"], columns["commune_id"]) == ("CFA", "Metz", "57463")
    assert columns["other_places"] == "Sur demande, À préciser"


def test_an_action_without_any_place_is_nowhere(db):
    columns = placed([], Gazetteer([]))
    assert (columns["x"], columns["commune_id"], columns["is_approximate"]) == (None, None, False)
