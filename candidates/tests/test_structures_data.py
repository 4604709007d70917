"""Structures as data: what the database refuses, the import, the admin, the demo."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Organisation
from candidates.factories import AdvisorFactory, FollowingFactory, SupportStructureFactory
from candidates.structures.demo import ADVISOR, STRUCTURES, seed_structures
from candidates.structures.models import BasinDefault, Channel, SupportStructure, usual_channel
from territories.agents import make_agent
from territories.factories import (
    CommuneFactory,
    DepartmentFactory,
    EmploymentBasinFactory,
    EpciFactory,
)
from territories.geo import lambert93

pytestmark = pytest.mark.django_db

HEAD = "type,code,nom,code_postal,commune,code_insee,code_departement,lat,lon,precision_geo"
METZ = "mission_locale,57463S00,ML DES TROIS CLOCHERS,,Metz,57463,57,49.12,6.18,commune"
AGENCY = "france_travail,57001,Agence du Pont,57000,Metz,57463,57,,,adresse"


@pytest.fixture
def follow(tmp_path, capsys):
    def follow(*lines: str, wet_run: bool = True, **options) -> str:
        path = tmp_path / "structures.csv"
        path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
        call_command("import_structures", path, wet_run=wet_run, **options)
        return "".join(capsys.readouterr())

    return follow


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"may_prescribe": True, "prescribes_by": ""},
            {"may_prescribe": False, "prescribes_by": "law"},
            {"may_prescribe": True, "prescribes_by": "delegation", "delegation_until": None},
            {"may_prescribe": True, "prescribes_by": "law", "delegation_until": dt.date(2027, 1, 1)},
            {"may_prescribe": True, "prescribes_by": "habit"},
            {"kind": "bakery"},
            {"agreement_channel": "by_pigeon"},
        ],
    )
    def test_the_database_refuses(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            SupportStructureFactory(member=False, search_name="", **wrong)

    def test_one_code_per_kind_and_as_many_without(self):
        SupportStructureFactory(external_code="A1")
        SupportStructureFactory(external_code="A1", kind="siae")
        SupportStructureFactory(external_code="")
        SupportStructureFactory(external_code="")
        with pytest.raises(IntegrityError), transaction.atomic():
            SupportStructureFactory(external_code="A1")

    def test_a_delegation_ends(self):
        structure = SupportStructureFactory(delegated=True)
        last = structure.delegation_until
        assert structure.prescribes_on(last)
        assert not structure.prescribes_on(last + dt.timedelta(days=1))
        assert SupportStructureFactory().prescribes_on(timezone.localdate())

    def test_agreements_are_made_where_such_structures_make_them(self):
        assert usual_channel("france_travail") == Channel.IMMERSION_FACILITEE
        assert usual_channel("mission_locale") == Channel.IMMERSION_FACILITEE
        assert usual_channel("cap_emploi") == Channel.HERE


class TestImport:
    @pytest.fixture(autouse=True)
    def _metz(self):
        self.metz = CommuneFactory()

    def test_adds_structures_without_a_legal_entity(self, follow):
        assert "2 créées" in follow(METZ, AGENCY)
        ours = SupportStructure.objects.get(external_code="57463S00")
        assert (ours.organisation, ours.commune, ours.kind) == (None, self.metz, "mission_locale")
        assert (ours.x, ours.y) == lambert93(49.12, 6.18)
        assert (ours.may_prescribe, ours.prescribes_by) == (True, "law")
        agency = SupportStructure.objects.get(external_code="57001")
        assert (agency.x, agency.postcode) == (self.metz.x, "57000")
        assert agency.agreement_channel == Channel.IMMERSION_FACILITEE

    def test_twice_changes_nothing(self, follow):
        follow(METZ, AGENCY)
        before = list(SupportStructure.objects.values())
        assert "0 créées, 0 modifiées, 2 inchangées" in follow(METZ, AGENCY)
        assert list(SupportStructure.objects.values()) == before

    def test_without_wet_run_writes_nothing(self, follow):
        assert "À blanc" in follow(METZ, wet_run=False)
        assert not SupportStructure.objects.exists()

    def test_json_is_the_report_alone(self, follow):
        told = json.loads(follow(METZ, "x,1,y,,,57463,57,,,", AGENCY, json=True))
        assert (told["created"], told["refused"], told["wet_run"]) == (2, 1, True)

    def test_keeps_what_agents_and_members_decided(self, follow):
        follow(METZ)
        ours = SupportStructure.objects.get()
        AdvisorFactory(structure=SupportStructureFactory())
        organisation = Organisation.objects.first()
        SupportStructure.objects.filter(pk=ours.pk).update(
            name="Mission locale des Trois Clochers",
            organisation=organisation,
            may_prescribe=False,
            prescribes_by="",
            agreement_channel=Channel.HERE,
        )
        follow(METZ.replace("49.12", "49.13"))
        ours.refresh_from_db()
        assert ours.name == "Mission locale des Trois Clochers"
        assert (ours.organisation, ours.may_prescribe, ours.agreement_channel) == (
            organisation,
            False,
            "here",
        )
        assert ours.y == lambert93(49.13, 6.18)[1]

    @pytest.mark.parametrize(
        "line",
        [
            "boulangerie,1,Nom,,Metz,57463,57,,,",
            "mission_locale,,Nom,,Metz,57463,57,,,",
            "mission_locale,1,,,Metz,57463,57,,,",
            "mission_locale,1,Nom,,Metz,57999,57,,,",
            "mission_locale,1,Nom,,Metz,57463,57,abc,6,",
            "mission_locale,1,Nom,,Metz,57463,57,6.18,49.12,",
            "mission_locale,1,Nom,5700,Metz,57463,57,,,",
            f"mission_locale,1,{'x' * 201},,Metz,57463,57,,,",
            METZ,
        ],
    )
    def test_refuses_a_wrong_line_and_goes_on(self, follow, line):
        assert "1 refusées" in follow(METZ, AGENCY, line)
        assert SupportStructure.objects.count() == 2

    def test_leaves_out_the_departments_that_we_do_not_serve(self, follow):
        assert "1 hors de nos régions" in follow(METZ, "mission_locale,1,Nom,,Lyon,69123,69,,,")

    def test_refuses_another_file(self, follow, tmp_path):
        with pytest.raises(CommandError, match="est-ce le bon fichier"):
            follow("a,b,c,,,,,,,", "d,e,f,,,,,,,", METZ)
        with pytest.raises(CommandError, match="Il manque des colonnes"):
            call_command("import_structures", _file(tmp_path, "a,b\n1,2\n"))
        assert not SupportStructure.objects.exists()

    @pytest.mark.reference_data
    def test_follows_the_full_file(self, reference_data, capsys):
        path = reference_data / "entreprises" / "prescripteurs_grand_est.csv"
        for code in ("57", "54"):
            DepartmentFactory(code=code, name=code)
        call_command("import_structures", path, wet_run=True, json=True)
        told = json.loads(capsys.readouterr().out)
        assert told["read"] == told["created"] + told["outside"] + told["refused"]


def _file(folder, text):
    path = folder / "autre.csv"
    path.write_text(text)
    return path


class TestAdmin:
    @pytest.fixture
    def agent(self, client):
        user, _ = make_agent("agent@grandest.example", departments=[DepartmentFactory()])
        client.force_login(user)
        return user

    def typed(self, **changes):
        formset = {"basin_defaults-TOTAL_FORMS": 0, "basin_defaults-INITIAL_FORMS": 0}
        data = {"name": "Cap vers l’emploi", "kind": "france_travail", "commune": "57463", "is_open": "on"}
        return data | formset | changes

    def test_shows_the_structures_and_followings_of_the_territory(self, client, agent):
        here, elsewhere = CommuneFactory(), CommuneFactory(nancy=True)
        FollowingFactory(structure=SupportStructureFactory(name="Ici", commune=here))
        other = FollowingFactory(structure=SupportStructureFactory(name="Ailleurs", commune=elsewhere))
        for page in ("supportstructure", "following"):
            response = client.get(reverse(f"admin:candidates_{page}_changelist"))
            assertContains(response, "Ici")
            assertNotContains(response, "Ailleurs")
        assert client.get(reverse("admin:candidates_following_change", args=[other.pk])).status_code == 302

    def test_pages_open(self, client, agent):
        following = FollowingFactory(followed=True)
        for page, row in (("following", following), ("supportstructure", following.structure)):
            assert client.get(reverse(f"admin:candidates_{page}_change", args=[row.pk])).status_code == 200

    def test_an_agent_adds_one_where_its_commune_is(self, client, agent):
        metz = CommuneFactory()
        client.post(reverse("admin:candidates_supportstructure_add"), self.typed())
        ours = SupportStructure.objects.get()
        assert (ours.x, ours.agreement_channel) == (metz.x, Channel.IMMERSION_FACILITEE)
        assert SupportStructure.objects.named("cap metz").get() == ours

    def test_a_ground_is_asked_in_a_sentence(self, client, agent):
        CommuneFactory()
        url = reverse("admin:candidates_supportstructure_add")
        response = client.post(url, self.typed(may_prescribe="on", prescribes_by="delegation"))
        assertContains(response, "une délégation avec sa date de fin")

    def test_lists_do_not_grow(self, client, agent, django_assert_max_num_queries):
        for _ in range(10):
            FollowingFactory()
        for page in ("supportstructure", "following"):
            with django_assert_max_num_queries(14):
                client.get(reverse(f"admin:candidates_{page}_changelist"))


class TestDemo:
    @pytest.fixture(autouse=True)
    def _places(self):
        for trait in ({}, {"nancy": True}, {"thionville": True}):
            commune = CommuneFactory(**trait)
            commune.epci = EpciFactory(code=f"20000000{len(trait)}", name=commune.name)
            commune.save()

    def test_adds_structures_members_and_defaults_once(self):
        EmploymentBasinFactory(epcis=[])
        seed_structures()
        before = list(SupportStructure.objects.values()), BasinDefault.objects.count()
        seed_structures()
        assert (list(SupportStructure.objects.values()), BasinDefault.objects.count()) == before
        assert (len(before[0]), before[1]) == (len(STRUCTURES), 2)
        here = SupportStructure.objects.filter(agreement_channel=Channel.HERE)
        assert here.count() == len(STRUCTURES) - 1
        assert SupportStructure.objects.filter(organisation__memberships__user__email=ADVISOR).exists()

    def test_says_nothing_where_there_is_no_commune(self):
        BasinDefault.objects.all().delete()
        assert seed_structures()
