"""Files that are wrong, hostile, or merely odd."""

import tracemalloc

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from territories.factories import OccupationFactory
from trainings.catalogue.follower import LOCK
from trainings.models import Session, Training, TrainingAction, TrainingOrganisation
from trainings.tests.lheo import action, catalogue, degrees, formation, in_days, place, session


class TestNotACatalogue:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "vide"),
            (b"   \n", "vide"),
            (b"PK\x03\x04rest", "archive ZIP ou un classeur"),
            (b"%PDF-1.7", "un PDF"),
            (b"numero;intitule\n1;Macon", "n’est pas du XML"),
            (b'{"formations": []}', "n’est pas du XML"),
            (b"<!DOCTYPE html><html></html>", "page web"),
            (b"<html><body>503</body></html>", "page web"),
            (b"<rss><channel/></rss>", "commence par « rss »"),
            (b"<lheo><offres/></lheo>", "aucun espace de noms"),
            (b"<?xml version='1.0' encoding='klingon'?><lheo/>", "mal formé"),
            (b"<lheo xmlns='http://lheo.gouv.fr/2.3'><offres></lheo>", "mal formé"),
            (b"<lheo xmlns='http://lheo.gouv.fr/2.3'><offres>\xe9</offres></lheo>", "mal formé"),
            (b"<lheo xmlns='http://lheo.gouv.fr/2.3'><offres/></lheo>", "aucune formation"),
        ],
    )
    def test_is_refused_with_a_sentence(self, follow, data, sentence):
        with pytest.raises(CommandError, match=sentence):
            follow(data)

    @pytest.mark.parametrize(
        "namespace", ["http://www.lheo.org/2.2", "http://www.lheo.org/2.0", "http://lheo.gouv.fr/2.4"]
    )
    def test_another_version_is_refused_by_name(self, follow, namespace):
        with pytest.raises(CommandError, match=r"seule la version 2\.3") as refused:
            follow(catalogue(formation(), namespace=namespace))
        assert namespace in str(refused.value)

    def test_a_missing_file_or_a_folder_is_told(self, world, tmp_path):
        with pytest.raises(CommandError, match="n’existe pas"):
            call_command("import_trainings", tmp_path / "nowhere.xml")
        with pytest.raises(CommandError, match="est un dossier"):
            call_command("import_trainings", tmp_path)

    def test_other_encodings_of_xml_are_read(self, follow):
        xml = catalogue(formation(title="Maçon", content="")).replace("'UTF-8'", "'ISO-8859-1'")
        follow(xml.encode("iso-8859-1"))
        assert Training.objects.get().title == "Maçon"
        follow(catalogue(formation(title="Maçonne")).replace("'UTF-8'", "'UTF-16'").encode("utf-16"))
        assert Training.objects.get().title == "Maçonne"


class TestHostile:
    def test_no_outside_entity_is_read(self, follow, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("le mot de passe")
        xml = catalogue(formation(title="X")).replace(
            "<lheo", f"<!DOCTYPE lheo [<!ENTITY secret SYSTEM 'file://{secret}'>]><lheo", 1
        )
        with pytest.raises(CommandError, match="DOCTYPE") as refused:
            follow(xml.replace(">X<", ">&secret;<"))
        assert "mot de passe" not in str(refused.value)
        assert not Training.objects.exists()

    def test_an_outside_document_type_is_not_fetched(self, follow):
        xml = catalogue(formation()).replace(
            "<lheo", "<!DOCTYPE lheo SYSTEM 'http://example.org/x.dtd'><lheo", 1
        )
        with pytest.raises(CommandError, match="DOCTYPE"):
            follow(xml)

    def test_an_entity_bomb_does_not_explode(self, follow):
        laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
        bomb = f"<!DOCTYPE lheo [<!ENTITY l0 'ha'>{laughs}]>"
        xml = catalogue(formation(title="X")).replace("<lheo", f"{bomb}<lheo", 1).replace(">X<", ">&l11;<")
        tracemalloc.start()
        with pytest.raises(CommandError, match="DOCTYPE"):
            follow(xml)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 20_000_000

    def test_a_gzip_bomb_stops_early(self, follow):
        huge = catalogue(formation(content="x" * 60_000_000))
        with pytest.raises(CommandError, match="plus de 20 Mo"):
            follow(huge, name="bomb.xml.gz")

    def test_no_active_html_is_kept(self, follow):
        nasty = "<p onclick='x()'>Oui</p><script>alert(1)</script><img src=x onerror=y()>"
        follow(catalogue(formation(content=nasty, title=f"Maçon{nasty}", objective=nasty)))
        training = Training.objects.get()
        assert (training.content, training.title, training.objective) == ("<p>Oui</p>", "MaçonOui", "Oui")

    def test_a_link_that_acts_is_dropped(self, follow):
        url = "<url-formation><urlweb>javascript:alert(1)</urlweb></url-formation>"
        follow(catalogue(formation(extra=url)))
        assert Training.objects.get().url == ""


class TestRows:
    """A row that makes no sense is told, counted and skipped; the others pass."""

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            (formation("AF_2", title=""), "formation AF_2 : l’intitulé est vide"),
            (formation("AF_2", title="-"), "formation AF_2 : l’intitulé est vide"),
            (formation(""), "formation n° 2 du fichier : elle n’a pas de numéro"),
            (formation("AF_1"), "formation AF_1 : ce numéro est déjà pris dans le fichier"),
            (formation("X" * 90), "son numéro compte plus de 80 caractères"),
            (formation("AF_2", organisation="-"), "l’organisme responsable n’a pas de nom"),
        ],
    )
    def test_a_training_is_skipped(self, follow, wrong, sentence):
        report = follow(catalogue(formation("AF_1"), wrong, formation("AF_3")))
        assert (report["formations"], report["refused"]) == (2, 1)
        assert sentence in report["refusals"][0]
        assert set(Training.objects.values_list("external_id", flat=True)) == {"AF_1", "AF_3"}

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            (session("SE_2", "20261345"), "« 20261345 » n’est pas une date"),
            (session("SE_2", "20270301", "20270228"), "le dernier jour (28/02/2027) précède le premier"),
            (session("SE_2", status="9"), "état du recrutement inconnu : « 9 »"),
            (session(""), "session sans numéro : elle n’a pas de numéro"),
            (session("SE_1"), "session SE_1 : ce numéro est déjà pris dans le fichier"),
        ],
    )
    def test_a_session_is_skipped(self, follow, wrong, sentence):
        report = follow(catalogue(formation("AF_1", action("AC_1", session("SE_1"), wrong, session("SE_3")))))
        assert (report["sessions"], report["refused"]) == (2, 1)
        assert report["refusals"][0].startswith("formation AF_1, action AC_1, session")
        assert sentence in report["refusals"][0]
        assert Session.objects.count() == 2

    def test_an_action_is_skipped(self, follow):
        report = follow(catalogue(formation("AF_1", action("AC_1"), action(""), action("AC_1"))))
        assert (report["actions"], report["refused"]) == (1, 2)

    def test_what_cannot_be_read_today_is_not_closed(self, follow):
        groups = action("AC_1", session("SE_1"), session("SE_2"))
        follow(catalogue(formation("AF_1", groups), formation("AF_2")))
        broken = action("AC_1", session("SE_1"), session("SE_2", "demain"))
        report = follow(catalogue(formation("AF_1", broken), formation("AF_2", title="")))
        assert report["refused"] == 2
        assert Training.objects.current().count() == 2
        assert Session.objects.current().count() == 3

    def test_a_month_s_end_may_not_precede_its_beginning(self, follow):
        follow(catalogue(formation("AF_1", action("AC_1", session("SE_1", "20270315", "20270300")))))
        assert Session.objects.get().ends_on.isoformat() == "2027-03-31"

    def test_registration_dates_that_make_no_sense_are_left_out(self, follow):
        wrong = "<debut>20270301</debut><fin>20270101</fin>"
        wrong = f"<periode-inscription><periode>{wrong}</periode></periode-inscription>"
        follow(catalogue(formation("AF_1", action("AC_1", session(extra=wrong)))))
        assert (Session.objects.get().registration_starts_on, Session.objects.get().registration_ends_on) == (
            None,
            None,
        )

    @pytest.mark.parametrize(("written", "seats"), [("12", 12), ("0", None), ("-4", None), ("douze", None)])
    def test_seats_that_make_no_sense_are_unknown(self, follow, written, seats):
        follow(catalogue(formation("AF_1", action("AC_1", session(seats=written)))))
        assert Session.objects.get().seats_total == seats
        assert Session.objects.eligible().exists()

    def test_a_recruitment_that_is_not_told_is_open(self, follow):
        follow(catalogue(formation("AF_1", action("AC_1", session(status="")))))
        assert Session.objects.eligible().exists()


class TestOccupations:
    def test_an_unknown_code_is_kept_aside_and_told_once(self, follow):
        report = follow(catalogue(*(formation(f"AF_{n}", rome=("F1703", "Z9999")) for n in range(3))))
        assert report["unknown_occupations"] == {"Z9999": 3}
        assert report["refused"] == 0
        training = Training.objects.get(external_id="AF_0")
        assert training.rome_codes == ["F1703", "Z9999"]
        assert [link.occupation_id for link in training.links.all()] == ["F1703"]

    def test_a_code_of_yesterday_leads_to_its_heirs(self, follow):
        OccupationFactory(code="F1801", label="Coffreur", parent_code="F1799")
        OccupationFactory(code="F1802", label="Bancheur", parent_code="F1799")
        follow(catalogue(formation(rome=("F1799",))))
        assert {link.occupation_id for link in Training.objects.get().links.all()} == {"F1801", "F1802"}

    def test_a_code_learnt_later_is_linked_by_the_next_import(self, follow):
        follow(catalogue(formation(rome=("H2913",))))
        assert not Training.objects.get().links.exists()
        OccupationFactory(welder=True)
        follow(catalogue(formation(rome=("H2913",))))
        assert Training.objects.get().links.get().occupation_id == "H2913"


class TestPlaces:
    def test_without_a_position_the_commune_s_stands_and_says_so(self, follow):
        where = place("57045", "METZ CEDEX 1", "", "")
        report = follow(catalogue(formation("AF_1", action(places=(where,)))))
        found = TrainingAction.objects.get()
        assert (found.commune_id, found.town, found.is_approximate) == ("57463", "Metz", True)
        assert (report["approximate_places"], report["unknown_places"]) == (1, 0)

    def test_an_action_without_a_place_is_kept_and_counted(self, follow):
        report = follow(catalogue(formation("AF_1", action(places=()))))
        assert report["unknown_places"] == 1
        assert TrainingAction.objects.get().x is None

    def test_swapped_degrees_are_put_right(self, follow):
        follow(catalogue(formation("AF_1", action(places=(place(where=degrees("6,17", "49,12")),)))))
        found = TrainingAction.objects.get()
        assert (found.latitude, found.longitude, found.is_approximate) == (49.12, 6.17, False)


class TestOrganisations:
    def test_one_organisation_however_many_trainings(self, follow):
        follow(catalogue(*(formation(f"AF_{n}", organisation=f"Nom {n}") for n in range(3))))
        assert TrainingOrganisation.objects.get().name == "Nom 0"

    def test_a_wrong_siret_does_not_lose_the_training(self, follow):
        follow(catalogue(formation(siret="123")))
        organisation = TrainingOrganisation.objects.get()
        assert (organisation.siret, organisation.external_id) == ("", "NDA-44544223454")


def test_two_imports_at_once_are_one_too_many(follow):
    """The other one holds the lock from its own connection."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="Un autre import est en cours"):
            follow(catalogue(formation()))
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        assert follow(catalogue(formation()))["formations"] == 1
    finally:
        other.close()


def test_an_import_costs_queries_per_batch_not_per_row(follow, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        follow(catalogue(*(formation(f"AF_{n}", action("A", session("S1", in_days(9)))) for n in range(90))))
