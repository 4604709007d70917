"""What an agent expects of `import_trainings`, night after night."""

import datetime as dt
import gzip
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django.asserts import assertContains

from accounts.factories import UserFactory
from territories.factories import OccupationFactory, RegionFactory
from trainings.actions import link_occupation
from trainings.factories import SessionFactory
from trainings.models import (
    CatalogueImport,
    Session,
    SessionStatus,
    Source,
    TargetPublic,
    Training,
    TrainingAction,
    TrainingOccupation,
    TrainingOrganisation,
)
from trainings.tests.lheo import action, catalogue, formation, in_days, session

MODELS = (Training, TrainingAction, Session, TrainingOrganisation, TrainingOccupation)


def ten(but: set[int] = frozenset()) -> list[str]:
    return [formation(f"AF_{n}") for n in range(10) if n not in but]


def versions() -> dict[str, list]:
    """Each row with the transaction that wrote it: an UPDATE, even of nothing, would show."""
    found = {}
    for model in MODELS:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, xmin::text FROM {model._meta.db_table} ORDER BY id")  # noqa: S608
            found[model.__name__] = cursor.fetchall()
    return found


def test_a_training_arrives_with_its_place_its_sessions_and_its_occupation(follow):
    report = follow(catalogue(formation(rome=("F1703",), content="<ul><li>Coffrer</li></ul>")))

    training = Training.objects.get()
    assert (training.title, training.external_id, training.source) == ("Maçon", "AF_1", Source.CATALOGUE)
    assert (training.rncp_code, training.certifinfo_code) == ("RNCP38511", "110153")
    assert (training.level_in, training.level_out, training.hours_total) == (None, 3, 490)
    assert training.content == "<ul><li>Coffrer</li></ul>"
    assert training.organisation.siret == "78334702400052"
    assert [link.occupation_id for link in training.links.all()] == ["F1703"]
    place = training.actions.get()
    assert (place.town, place.commune_id, place.is_approximate) == ("Metz", "57463", False)
    assert (place.funders, place.is_region_funded, place.phone) == (["2"], True, "03 53 01 83 41")
    group = place.sessions.get()
    assert group.starts_on == timezone.localdate() + dt.timedelta(days=30)
    assert group.status == SessionStatus.OPEN
    assert list(Session.objects.eligible()) == [group]
    assert {key: report[key] for key in ("formations", "actions", "sessions", "region", "refused")} == {
        "formations": 1,
        "actions": 1,
        "sessions": 1,
        "region": 1,
        "refused": 0,
    }


def test_for_whom_it_is_arrives_in_plain_words_and_twice_writes_nothing(follow, client):
    whom = """<code-public-vise ref="V14">80006</code-public-vise><code-public-vise>99001</code-public-vise>
        <code-public-vise>99001</code-public-vise><code-public-vise>jeunes</code-public-vise>
        <info-public-vise>&lt;p&gt;Jeunes de &lt;b&gt;moins de 26 ans&lt;/b&gt;&lt;/p&gt;</info-public-vise>
        <prise-en-charge-frais-possible>1</prise-en-charge-frais-possible>
        <acces-handicapes>Référent handicap, nous consulter</acces-handicapes>"""
    file = catalogue(formation("AF_1", action("AC_1", extra=whom)))
    follow(file)
    given = TrainingAction.objects.get()
    assert given.publics == ["80006", "99001"]
    assert (given.public_details, given.costs_may_be_covered) == ("Jeunes de moins de 26 ans", True)
    before = versions()
    follow(file)
    assert versions() == before
    TargetPublic.objects.filter(pk="99001").update(name="Personnes sans diplôme", is_priority=True)
    page = client.get(given.training.get_absolute_url())
    for words in (
        "Pour qui",
        "En priorité : Personnes sans diplôme",
        "Tous les publics",
        "Jeunes de moins de 26 ans",
        "Référent handicap, nous consulter",
        "Une prise en charge des frais est possible",
    ):
        assertContains(page, words)


def test_without_wet_run_nothing_is_written(follow):
    report = follow(catalogue(formation()), wet_run=False)
    assert (report["formations"], report["created"]["formations"], report["wet_run"]) == (1, 1, False)
    assert not Training.objects.exists()
    assert not CatalogueImport.objects.exists()


def test_a_gzipped_file_is_read_alike(follow):
    assert follow(catalogue(formation()), name="catalogue.xml.gz")["formations"] == 1


def test_each_import_written_for_good_leaves_its_report(follow):
    follow(catalogue(formation()))
    imported = CatalogueImport.objects.get()
    assert (imported.file_name, imported.report["formations"]) == ("catalogue.xml", 1)


def test_twice_writes_nothing_at_all(follow):
    xml = catalogue(*ten(), formation("AF_M", action("AC_1", session("SE_1", "20270300"), permanent=True)))
    follow(xml)
    before = versions()
    report = follow(xml)
    assert versions() == before
    for change in ("created", "updated", "closed", "reopened"):
        assert set(report[change].values()) == {0}


def test_what_changed_is_updated_and_the_rest_left_alone(follow):
    follow(catalogue(*ten(), formation("AF_A", title="Vieil intitulé")))
    before = versions()["Training"]
    report = follow(catalogue(*ten(), formation("AF_A", title="Intitulé du jour")))
    assert Training.objects.get(external_id="AF_A").title == "Intitulé du jour"
    assert report["updated"] == {"formations": 1, "actions": 0, "sessions": 0}
    changed = set(versions()["Training"]) - set(before)
    assert len(changed) == 1


def test_what_vanished_is_closed_and_what_came_back_reopened(follow):
    follow(catalogue(*ten()))
    report = follow(catalogue(*ten(but={0})))
    gone = Training.objects.get(external_id="AF_0")
    assert gone.closed_at
    assert gone.actions.get().closed_at
    assert Session.objects.get(action__training=gone).closed_at
    assert report["closed"] == {"formations": 1, "actions": 1, "sessions": 1}
    assert Session.objects.eligible().count() == 9

    again = follow(catalogue(*ten(but={0})))
    assert again["closed"] == {"formations": 0, "actions": 0, "sessions": 0}

    report = follow(catalogue(*ten()))
    gone.refresh_from_db()
    assert gone.closed_at is None
    assert report["reopened"] == {"formations": 1, "actions": 1, "sessions": 1}
    assert Session.objects.eligible().count() == 10


def test_a_session_that_vanished_is_closed_alone(follow):
    follow(catalogue(formation("AF_1", action("AC_1", session("SE_1"), session("SE_2")))))
    follow(catalogue(formation("AF_1", action("AC_1", session("SE_2")))))
    assert Session.objects.get(external_id="SE_1").closed_at
    assert Session.objects.get(external_id="SE_2").closed_at is None


def test_an_action_that_vanished_is_closed_with_its_sessions(follow):
    follow(catalogue(formation("AF_1", action("AC_1"), action("AC_2"))))
    follow(catalogue(formation("AF_1", action("AC_2"))))
    assert TrainingAction.objects.get(external_id="AC_1").closed_at
    assert Session.objects.get(action__external_id="AC_1").closed_at
    assert Session.objects.get(action__external_id="AC_2").closed_at is None


class TestHalfAFile:
    def test_more_than_a_fifth_gone_is_refused(self, follow):
        follow(catalogue(*ten()))
        before = versions()
        with pytest.raises(CommandError, match="3 formations sur 10 ont disparu"):
            follow(catalogue(*ten(but={0, 1, 2}), formation("AF_NEW")))
        assert versions() == before

    def test_a_fifth_gone_passes(self, follow):
        follow(catalogue(*ten()))
        assert follow(catalogue(*ten(but={0, 1})))["closed"]["formations"] == 2

    def test_a_few_newcomers_do_not_hide_those_who_left(self, follow):
        follow(catalogue(*ten()))
        with pytest.raises(CommandError, match="ont disparu"):
            follow(catalogue(*ten(but={0, 1, 2}), formation("AF_NEW_1"), formation("AF_NEW_2")))

    def test_a_file_that_grew_much_is_not_half_a_file(self, follow):
        follow(catalogue(formation("AF_1"), formation("AF_2")))
        report = follow(catalogue(*(formation(f"AF_NEW_{n}") for n in range(20))))
        assert (report["created"]["formations"], report["closed"]["formations"]) == (20, 2)

    def test_who_knows_why_may_say_so(self, follow):
        follow(catalogue(*ten()))
        follow(catalogue(*ten(but={0, 1, 2, 3})), vanished_at_most=50)
        assert Training.objects.current().count() == 6

    @pytest.mark.parametrize("name", ["catalogue.xml", "catalogue.xml.gz"])
    def test_a_file_cut_in_the_middle_is_refused_whole(self, follow, name):
        xml = catalogue(*ten())
        with pytest.raises(CommandError, match="coupé ou mal formé"):
            follow(xml[: len(xml) // 2], name=name)
        assert not Training.objects.exists()

    def test_a_download_cut_in_the_middle_is_refused_whole(self, world, tmp_path):
        path = tmp_path / "catalogue.xml.gz"
        packed = gzip.compress(catalogue(*ten()).encode())
        path.write_bytes(packed[: len(packed) // 2])
        with pytest.raises(CommandError, match="coupé ou abîmé"):
            call_command("import_trainings", path, wet_run=True)
        assert not Training.objects.exists()


class TestAgents:
    def test_an_agent_s_link_outlives_the_imports(self, follow):
        welder, by = OccupationFactory(welder=True), UserFactory(is_superuser=True)
        follow(catalogue(formation(rome=("F1703",))))
        training = Training.objects.get()
        link_occupation(training, welder, by=by)
        follow(catalogue(formation(rome=())))
        assert [(link.occupation_id, link.origin, link.by) for link in training.links.all()] == [
            ("H2913", "agent", by)
        ]

    def test_an_agent_s_word_on_a_link_of_the_catalogue_outlives_it(self, follow):
        follow(catalogue(formation(rome=("F1703",))))
        training = Training.objects.get()
        link_occupation(training, training.occupations.get(), by=UserFactory(is_superuser=True))
        follow(catalogue(formation(rome=())))
        assert training.links.get().origin == "agent"

    def test_what_an_agent_wrote_is_left_alone(self, follow):
        ours = SessionFactory(action__training__source=Source.MANUAL)
        follow(catalogue(*ten()))
        ours.refresh_from_db()
        assert ours.closed_at is None
        assert ours.action.training in Training.objects.current()

    def test_seats_left_are_the_organisation_s_own_words(self, follow):
        follow(catalogue(formation("AF_1", action("AC_1", session(seats="12")))))
        Session.objects.update(seats_left=9)
        follow(catalogue(formation("AF_1", action("AC_1", session(seats="12", status="3")))))
        assert (Session.objects.get().seats_left, Session.objects.get().status) == (9, "suspended")

    def test_a_catalogue_that_takes_seats_away_takes_them_from_those_left(self, follow):
        follow(catalogue(formation("AF_1", action("AC_1", session(seats="12")))))
        Session.objects.update(seats_left=9)
        follow(catalogue(formation("AF_1", action("AC_1", session(seats="8")))))
        assert (Session.objects.get().seats_total, Session.objects.get().seats_left) == (8, 8)

    def test_a_cancelled_session_is_not_revived(self, follow):
        follow(catalogue(formation()))
        Session.objects.update(cancelled_at=timezone.now())
        follow(catalogue(formation(title="Autre intitulé")))
        assert Session.objects.get().cancelled_at


class TestRegions:
    def test_two_regions_do_not_close_each_other_s_trainings(self, follow):
        RegionFactory()
        RegionFactory(code="27", name="Bourgogne-Franche-Comté", slug="bfc")
        follow(catalogue(*ten()), region="44")
        follow(catalogue(formation("BFC_1")), region="27")
        assert Training.objects.current().count() == 11
        follow(catalogue(*ten(but={0})), region="44")
        assert Training.objects.get(external_id="BFC_1").closed_at is None

    def test_the_only_open_region_need_not_be_named(self, follow):
        RegionFactory()
        follow(catalogue(formation()))
        assert Training.objects.get().region_id == "44"

    def test_an_unknown_region_is_refused(self, follow):
        with pytest.raises(CommandError, match="Aucune région ne porte le code « 99 »"):
            follow(catalogue(formation()), region="99")


def test_only_code_2_is_the_region(follow):
    funders = [("2",), ("3", "2"), ("02",), ("4",), ("12",), ("20",), ()]
    actions = [
        action(f"AC_{n}", session("SE_1"), session("SE_2"), funders=some) for n, some in enumerate(funders)
    ]
    report = follow(catalogue(formation("AF_1", *actions)))
    assert (report["actions"], report["region"], report["sessions_region"]) == (7, 3, 6)
    assert TrainingAction.objects.filter(is_region_funded=True).count() == 3


def test_dates_without_a_day_are_kept_with_their_doubt(follow):
    groups = [
        session("SE_P", "00000000", "99999999"),
        session("SE_M", "20270900", "20271200"),
        session("SE_D", in_days(3), in_days(9)),
    ]
    follow(catalogue(formation("AF_1", action("AC_1", *groups, permanent=True))))
    permanent = Session.objects.get(external_id="SE_P")
    assert (permanent.starts_on, permanent.ends_on) == (None, None)
    month = Session.objects.get(external_id="SE_M")
    assert (month.starts_on, month.ends_on) == (dt.date(2027, 9, 1), dt.date(2027, 12, 31))
    assert (month.is_start_in_month, month.is_end_in_month) == (True, True)


def test_the_report_alone_stands_on_stdout(world, tmp_path, capsys):
    path = tmp_path / "catalogue.xml"
    path.write_text(catalogue(formation(title="")), encoding="utf-8")
    call_command("import_trainings", path, json=True)
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert said.err == ""
    assert report["refused"] == 1
    assert report.keys() >= {"formations", "actions", "sessions", "region", "sessions_region", "refused"}


def test_an_agent_reads_it_in_french(world, tmp_path, capsys):
    path = tmp_path / "catalogue.xml"
    path.write_text(catalogue(formation(rome=("Z9999",)), formation("AF_2", title="")), encoding="utf-8")
    call_command("import_trainings", path)
    said = capsys.readouterr()
    assert "À blanc, rien n’est écrit" in said.out
    assert "1 formations, 1 actions (dont 1 financées par la Région)" in said.out
    assert "Codes ROME inconnus, mis de côté : Z9999." in said.out
    assert "formation AF_2 : l’intitulé est vide" in said.err
