import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territories import geo
from territories.factories import CommuneFactory
from territories.geo import Place, communes_within, distance_km, great_circle_km, lambert93
from territories.models import Commune


def test_the_origin_of_the_map_is_where_ign_puts_it():
    assert lambert93(46.5, 3) == pytest.approx((700_000, 6_600_000), abs=0.01)


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (49.435419, 5.755811, 899_916.71, 6_929_708.93),
        (48.750386, 6.166931, 932_780.82, 6_854_699.05),
    ],
)
def test_degrees_become_the_metres_of_the_national_geocoder(latitude, longitude, x, y):
    assert lambert93(latitude, longitude) == pytest.approx((x, y), abs=1)


@pytest.mark.reference_data
def test_every_recorded_address_falls_on_its_own_metres(reference_data):
    answers = json.loads((reference_data / "adresse/reponses_ban.json").read_text())
    features = [feature for answer in answers.values() for feature in answer["features"]]
    assert len(features) > 100
    worst = max(
        math.dist(
            lambert93(*reversed(feature["geometry"]["coordinates"])),
            (feature["properties"]["x"], feature["properties"]["y"]),
        )
        for feature in features
    )
    assert worst < 1


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_of_the_earth_has_metres(latitude, longitude):
    assert all(map(math.isfinite, lambert93(latitude, longitude)))


def test_metz_and_nancy_are_47_km_apart_on_the_map_and_on_the_globe():
    metz, nancy = (49.1193, 6.1757), (48.6921, 6.1844)
    flat = distance_km(lambert93(*metz), lambert93(*nancy))
    assert flat == pytest.approx(47.5, abs=0.3)
    assert great_circle_km(metz, nancy) == pytest.approx(flat, rel=0.002)


@pytest.mark.django_db
class TestCommunesWithin:
    def test_the_centre_decides_without_a_margin(self):
        metz, thionville = CommuneFactory(), CommuneFactory(thionville=True)
        origin = metz.x, metz.y
        apart = distance_km(origin, (thionville.x, thionville.y))
        assert communes_within(origin, apart - 1, margin=False) == ["57463"]
        assert communes_within(origin, apart + 1, margin=False) == ["57463", "57672"]

    def test_the_margin_leaves_out_no_address_of_a_commune(self):
        metz, thionville = CommuneFactory(), CommuneFactory(thionville=True)
        assert "57672" in communes_within((metz.x, metz.y), 20)
        assert distance_km((metz.x, metz.y), (thionville.x, thionville.y)) > 20

    def test_a_borrowed_position_has_a_wider_margin(self):
        metz = CommuneFactory()
        CommuneFactory(nancy=True, is_approximate=True)
        assert "54395" in communes_within((metz.x, metz.y), 20)
        assert "54395" not in communes_within((metz.x, metz.y), 20, margin=False)

    def test_communes_are_read_once(self, django_assert_num_queries):
        metz = CommuneFactory()
        with django_assert_num_queries(1):
            communes_within((metz.x, metz.y), 30)
            communes_within((metz.x, metz.y), 10)

    def test_what_another_process_changed_is_seen_in_the_end(self, monkeypatch):
        metz = CommuneFactory()
        communes_within((metz.x, metz.y), 30)
        Commune.objects.filter(pk="57463").update(x=0, y=0)
        assert communes_within((metz.x, metz.y), 30) == ["57463"]
        monkeypatch.setattr(geo, "FRESH_FOR", -1)
        assert communes_within((metz.x, metz.y), 30) == []


@pytest.mark.django_db
def test_a_place_says_when_it_is_approximate():
    place = Place.of_commune(CommuneFactory(approximate=True))
    assert (place.label, place.code, place.approximate) == ("Metz (57)", "57463", True)
