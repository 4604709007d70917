import pytest

from territories import reference
from territories.factories import CommuneFactory, RegionFactory
from territories.models import Commune, Region


@pytest.mark.django_db
def test_it_completes_what_is_already_there():
    RegionFactory(is_open=False)
    CommuneFactory(name="Metz à nous")
    reference.load()
    assert Commune.objects.count() == 5115
    assert Commune.objects.get(pk="57463").name == "Metz à nous"
    assert not Region.objects.get().is_open
