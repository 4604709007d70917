import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from territories import lexicon
from territories.factories import CommuneFactory, OccupationFactory, RegionFactory
from territories.models import Commune, Department, Epci, Occupation, OccupationTitle
from territories.occupations import find_occupations

pytestmark = pytest.mark.django_db
COMMUNES = (
    "code_insee,nom,codes_postaux,code_departement,nom_departement,code_region,"
    "code_epci,nom_epci,population,lat,lon"
)
METZ = "57463,Metz,57000|57050|57070,57,Moselle,44,200039865,Metz Métropole,122023,49.11911,6.17269"
WOIPPY = "57751,Woippy,57140,57,Moselle,44,200039865,Metz Métropole,13500,49.15,6.15"


@pytest.fixture
def follow(tmp_path, capsys):
    """Run an import on those lines; gives back what it said."""

    def follow(command: str, *lines: str, wet_run: bool = True, **options) -> str:
        path: Path = tmp_path / "fichier.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
        call_command(command, path, wet_run=wet_run, **options)
        return "".join(capsys.readouterr())

    return follow


class TestCommunes:
    @pytest.fixture(autouse=True)
    def _metz(self):
        self.metz = CommuneFactory(approximate=True, latitude=49.2, population=3)

    def test_adds_and_corrects(self, follow):
        said = follow("import_communes", COMMUNES, METZ, WOIPPY)
        assert "1 créées, 1 modifiées" in said
        self.metz.refresh_from_db()
        assert (self.metz.latitude, self.metz.is_approximate) == (49.11911, False)
        assert self.metz.population == 122023
        assert self.metz.epci == Epci.objects.get(name="Metz Métropole")
        woippy = Commune.objects.get(pk="57751")
        assert woippy.search_name == "woippy"
        assert [each.postcode for each in woippy.postcodes.all()] == ["57140"]

    def test_twice_changes_nothing(self, follow):
        follow("import_communes", COMMUNES, METZ, WOIPPY)
        before = list(Commune.objects.values()), list(Commune.objects.values("postcodes"))
        assert "0 créées, 0 modifiées, 2 inchangées" in follow("import_communes", COMMUNES, METZ, WOIPPY)
        assert (list(Commune.objects.values()), list(Commune.objects.values("postcodes"))) == before

    def test_without_wet_run_writes_nothing(self, follow):
        said = follow("import_communes", COMMUNES, METZ, WOIPPY, wet_run=False)
        assert "À blanc" in said
        assert "1 créées" in said
        assert not Commune.objects.filter(pk="57751").exists()

    def test_the_report_stands_alone_in_json(self, follow):
        report = json.loads(follow("import_communes", COMMUNES, METZ, "57,x,,,,44,,,,1,1", json=True))
        assert (report["read"], report["changed"], report["refused"]) == (2, 1, 1)
        assert report["errors"] == ["ligne 3 : « 57 » n’est pas un code INSEE"]

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("5775X1,Woippy,57140,57,Moselle,44,,,1,49,6", "n’est pas un code INSEE"),
            ("57751,,57140,57,Moselle,44,,,1,49,6", "« nom » est vide"),
            ("57751,Woippy,5714,57,Moselle,44,,,1,49,6", "n’est pas un code postal"),
            ("57751,Woippy,57140,57,Moselle,44,,,beaucoup,49,6", "n’est pas une population"),
            ("57751,Woippy,57140,57,Moselle,44,,,1,quarante,6", "n’est pas un nombre"),
            ("57751,Woippy,57140,57,Moselle,44,,,1,149,6", "hors de la Terre"),
            ("57751,Woippy,57140,57,Moselle,44,,,1,nan,6", "hors de la Terre"),
            ("57751,Woippy,57140,57,Moselle,44,,,1,,", "sans position"),
        ],
    )
    def test_a_bad_line_is_named_and_does_not_stop_the_others(self, follow, line, why):
        said = follow("import_communes", COMMUNES, line, METZ)
        assert why in said
        assert "1 modifiées" in said
        assert "1 refusées" in said

    def test_a_known_commune_without_a_position_keeps_its_own(self, follow):
        follow("import_communes", COMMUNES, METZ.replace("49.11911,6.17269", ","))
        self.metz.refresh_from_db()
        assert (self.metz.latitude, self.metz.is_approximate) == (49.2, True)

    def test_half_a_file_is_refused(self, follow):
        CommuneFactory(thionville=True)
        with pytest.raises(CommandError, match="est-il entier"):
            follow("import_communes", COMMUNES, METZ)
        self.metz.refresh_from_db()
        assert self.metz.latitude == 49.2

    def test_other_regions_are_counted_and_left(self, follow):
        paris = "75056,Paris,75001,75,Paris,11,,,2000000,48.85,2.35"
        assert "1 hors de nos régions" in follow("import_communes", COMMUNES, METZ, paris)
        assert not Department.objects.filter(pk="75").exists()

    def test_a_region_opened_in_the_admin_receives_its_departments(self, follow):
        RegionFactory(code="11", name="Île-de-France", slug="ile-de-france")
        follow("import_communes", COMMUNES, METZ, "75056,Paris,75001,75,Paris,11,,,9,48.85,2.35")
        assert Department.objects.get(pk="75").region_id == "11"

    @pytest.mark.parametrize(
        ("lines", "why"),
        [
            ([""], "vide"),
            (["a,b,c", "1,2,3"], "Il manque des colonnes : code_insee"),
            ([COMMUNES], "Aucune ligne"),
        ],
    )
    def test_a_file_that_is_something_else_is_refused(self, follow, lines, why):
        with pytest.raises(CommandError, match=why):
            follow("import_communes", *lines)

    @pytest.mark.parametrize(
        "content", [b"\xff\xfe\x00\x01", b"\x1f\x8bnonsense", b"\x00\x00", "é".encode("latin-1")]
    )
    def test_bytes_that_are_not_text_are_refused(self, tmp_path, content):
        path = tmp_path / "fichier.csv"
        path.write_bytes(content)
        with pytest.raises(CommandError):
            call_command("import_communes", path)

    def test_a_packed_file_with_semicolons_is_read_alike(self, tmp_path, capsys):
        path = tmp_path / "fichier.csv.gz"
        path.write_bytes(gzip.compress(f"{COMMUNES}\n{METZ}\n".replace(",", ";").encode()))
        call_command("import_communes", path, wet_run=True)
        assert "1 modifiées" in capsys.readouterr().out

    def test_a_missing_file_is_said(self):
        with pytest.raises(CommandError, match="ne se lit pas"):
            call_command("import_communes", "/nowhere.csv")


OCCUPATIONS = "code_rome,libelle,code_parent,niveau,code_ogr"
TITLES = "code_ogr,libelle,libelle_court,code_rome,code_parent,classification"


class TestOccupations:
    @pytest.fixture(autouse=True)
    def _mason(self):
        self.mason = OccupationFactory()
        lexicon.rebuild()

    def test_parents_tell_which_trades_are_the_same(self, follow):
        said = follow(
            "import_occupations",
            OCCUPATIONS,
            "F1703,Maçon / Maçonne,F1703,v3,1",
            "F1707,Maçon / Maçonne du paysage,F1703,v4_2024,2",
        )
        assert "1 créées, 1 modifiées" in said
        self.mason.refresh_from_db()
        assert {o.code for o in Occupation.objects.same_trade(self.mason)} == {"F1703", "F1707"}
        assert [o.code for o in find_occupations("maconne du paysage")] == ["F1707"]

    def test_the_title_that_an_agent_chose_stays(self, follow):
        Occupation.objects.update(title="Maçonne / Maçon")
        follow("import_occupations", OCCUPATIONS, "F1703,Maçon / Maçonne,F1703,v3,1")
        self.mason.refresh_from_db()
        assert (self.mason.title, self.mason.parent_code) == ("Maçonne / Maçon", "F1703")

    def test_other_names_lead_to_the_occupation_and_ours_stay(self, follow):
        OccupationTitle.objects.create(occupation=self.mason, label="À nous", search="a nous")
        lines = [TITLES, "9,Limousinant / Limousinante d'art,x,F1703,F1703,SYNONYME"]
        assert "1 créées" in follow("import_occupations", *lines)
        assert find_occupations("limousinante") == [self.mason]
        assert set(self.mason.titles.values_list("label", flat=True)) == {
            "À nous",
            "Limousinant / Limousinante d’art",
        }
        assert "0 créées, 0 modifiées, 1 inchangées" in follow("import_occupations", *lines)

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("F17,Maçon,F1703,v3,1", "n’est pas un code ROME"),
            ("F1707,,F1703,v3,1", "« libelle » est vide"),
            ("A1101,Agriculteur,,v3,1", "la famille « A » n’existe pas"),
            ("F1707,Maçon,rien,v3,1", "n’est pas un code ROME"),
        ],
    )
    def test_a_bad_line_is_named_and_does_not_stop_the_others(self, follow, line, why):
        said = follow("import_occupations", OCCUPATIONS, line, "F1703,Maçon / Maçonne,F1703,v3,1")
        assert why in said
        assert "1 modifiées" in said

    def test_half_a_file_is_refused(self, follow):
        OccupationFactory(code="F1707", label="Autre")
        with pytest.raises(CommandError, match="est-il entier"):
            follow("import_occupations", OCCUPATIONS, "F1703,Maçon / Maçonne,F1703,v3,1")
        self.mason.refresh_from_db()
        assert self.mason.parent_code == ""

    def test_without_wet_run_writes_nothing(self, follow):
        lines = [OCCUPATIONS, "F1703,Maçon / Maçonne,F1703,v3,1"]
        assert "À blanc" in follow("import_occupations", *lines, wet_run=False)
        self.mason.refresh_from_db()
        assert self.mason.parent_code == ""
