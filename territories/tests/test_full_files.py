import json

import pytest
from django.core.management import call_command

from territories.models import Commune, Occupation, OccupationTitle


@pytest.mark.deep
@pytest.mark.reference_data
@pytest.mark.django_db
@pytest.mark.usefixtures("full_reference")
class TestFullFiles:
    def test_all_communes_find_their_true_position(self, reference_data, capsys):
        path = reference_data / "geo/communes_grand_est.csv"
        call_command("import_communes", path, wet_run=True, json=True)
        report = json.loads(capsys.readouterr().out)
        assert (report["read"], report["created"], report["refused"], report["missing"]) == (5115, 0, 0, 0)
        assert not Commune.objects.filter(is_approximate=True).exists()
        call_command("import_communes", path, wet_run=True, json=True)
        assert json.loads(capsys.readouterr().out)["unchanged"] == 5115

    def test_the_whole_country_adds_nothing_to_an_open_region(self, reference_data, capsys):
        call_command("import_communes", reference_data / "geo/communes_france.csv.gz", json=True)
        report = json.loads(capsys.readouterr().out)
        assert (report["created"], report["refused"], report["missing"]) == (0, 0, 0)
        assert report["outside"] > 29_000

    def test_all_occupations_receive_their_parent_and_names(self, reference_data, capsys):
        call_command("import_occupations", reference_data / "rome/rome_metiers.csv", wet_run=True, json=True)
        report = json.loads(capsys.readouterr().out)
        assert (report["read"], report["created"], report["refused"]) == (1584, 0, 0)
        assert not Occupation.objects.filter(parent_code="").exists()
        tig = Occupation.objects.get(pk="H2916")
        assert Occupation.objects.same_trade(tig).filter(pk="H2913").exists()

        path = reference_data / "rome/rome_appellations.csv"
        call_command("import_occupations", path, wet_run=True, json=True)
        assert json.loads(capsys.readouterr().out)["read"] == 11_522
        assert OccupationTitle.objects.count() > 11_500
        call_command("import_occupations", path, wet_run=True, json=True)
        assert json.loads(capsys.readouterr().out)["unchanged"] == 11_522
