"""The text of an agreement: every mention of D.5135-2, in the order of the official model.

`content_of()` gathers the words; `core.signing.canonical` writes them in one way only. The page, the
PDF and the hash all come from that one text.
"""

import datetime as dt
from itertools import groupby
from typing import Any

from core import french
from core.signing.canonical import Line, section
from immersions.agreements import renewing
from immersions.agreements.facts import Presence
from immersions.agreements.models import Agreement, Party
from immersions.agreements.period import first_day_of, last_day_of, presences_of
from immersions.agreements.reading import findings_of, is_employed, is_minor, signalled
from immersions.agreements.wording import (
    ACCIDENT,
    COMMITMENTS,
    HAZARDS,
    PURPOSES,
    SITUATIONS_SAID,
    TITLE,
)

FORMAT = "traitdunion/convention/1"


def content_of(agreement: Agreement, *, number: int) -> dict[str, Any]:
    """All that is signed, as data: sections of (label, value) lines and of paragraphs."""
    candidate, company, advisor = (agreement.data_of(party) for party in Party.values)
    return {
        "format": FORMAT,
        "title": TITLE,
        "law": "Articles L.5135-1 à L.5135-8 et D.5135-1 à D.5135-8 du code du travail",
        "reference": str(agreement.application.uid),
        "version": number,
        "sections": [
            _prescriber(advisor),
            _beneficiary(agreement, candidate),
            _host(agreement, company),
            *_accompanying(advisor),
            _period(agreement, company),
            _work(company),
            _safety(company),
            section("Ce que chacun s’engage à faire", "L.5135-3 à L.5135-8", paragraphs=COMMITMENTS),
            section("En cas d’accident", "", paragraphs=[ACCIDENT]),
        ],
    }


def _prescriber(data: dict[str, Any]) -> dict[str, Any]:
    lines = [
        ["Dénomination", data.get("structure_name")],
        ["Forme juridique", data.get("structure_legal_form")],
        ["Adresse", data.get("structure_address")],
        ["Conseiller", _with(data.get("advisor_name"), data.get("advisor_job"))],
        ["Contact", _with(data.get("advisor_email"), data.get("advisor_phone"))],
    ]
    return section("L’organisme prescripteur", "D.5135-2, 1°", lines)


def _beneficiary(agreement: Agreement, data: dict[str, Any]) -> dict[str, Any]:
    user = agreement.application.candidate.user
    lines = [
        ["Nom et prénom", f"{user.last_name} {user.first_name}"],
        ["Date de naissance", french.day(dt.date.fromisoformat(data["birth_date"]), year=True)],
        ["Adresse", _with(data.get("address"), data.get("city"))],
        ["Contact", _with(user.email, user.phone)],
        ["Situation", SITUATIONS_SAID[data["situation"]]],
        ["Bénéficiaire du RSA", "oui" if data.get("has_rsa") else "non"],
        ["À prévenir en cas d’urgence", _with(data.get("emergency_name"), data.get("emergency_phone"))],
    ]
    if is_minor(agreement):
        lines.append(
            ["Représentant légal", _with(data.get("representative"), data.get("representative_email"))]
        )
    if is_employed(agreement):
        lines += [
            ["Employeur actuel", _with(data.get("employer"), data.get("employer_address"))],
            ["Signe pour l’employeur", _with(data.get("employer_person"), data.get("employer_email"))],
        ]
    return section("La personne accueillie", "D.5135-2, 2°", lines)


def _host(agreement: Agreement, data: dict[str, Any]) -> dict[str, Any]:
    offer = agreement.application.offer
    organisation = offer.company.organisation
    lines = [
        ["Dénomination", _with(organisation.name, offer.company.name)],
        ["SIRET", organisation.siret],
        ["Date d’immatriculation", data.get("registered_on")],
        ["Forme juridique", data.get("legal_form")],
        [
            "Adresse",
            f"{offer.workplace.address}, {offer.workplace.postcode} {offer.workplace.commune.name}".strip(
                ", "
            ),
        ],
        ["Activité principale", data.get("activity")],
        ["Convention collective", data.get("collective_agreement")],
        ["Signe pour la structure", _with(data.get("signatory_name"), data.get("signatory_job"))],
        [
            "Tuteur, qui accueille et donne les consignes de sécurité",
            _with(data.get("tutor_name"), data.get("tutor_job")),
        ],
        ["Joindre le tuteur", _with(data.get("tutor_email"), data.get("tutor_phone"))],
    ]
    return section("La structure d’accueil", "D.5135-2, 3°", lines)


def _accompanying(data: dict[str, Any]) -> list[dict[str, Any]]:
    """When it is the prescriber itself, the text says so."""
    if not data.get("other_name"):
        lines = [["Structure", f"{data.get('structure_name')}, qui est aussi l’organisme prescripteur"]]
        lines.append(["Conseiller référent", _with(data.get("advisor_name"), data.get("advisor_job"))])
    else:
        lines = [
            ["Dénomination", data["other_name"]],
            ["Forme juridique", data.get("other_legal_form")],
            ["Adresse", data.get("other_address")],
            ["Conseiller référent", _with(data.get("other_advisor"), data.get("other_email"))],
        ]
    return [section("La structure d’accompagnement", "D.5135-2, 4°", lines)]


def _period(agreement: Agreement, data: dict[str, Any]) -> dict[str, Any]:
    presences = presences_of(agreement, data)
    total = sum((presence.length for presence in presences), dt.timedelta())
    lines = [
        *renewing.lines_of(agreement.application),
        ["Du", french.day(first_day_of(agreement), weekday=True, year=True)],
        ["Au", french.day(last_day_of(agreement), weekday=True, year=True)],
        ["Heures de présence", _hours(total)],
        ["Lieu", data.get("place")],
        ["Métier", str(agreement.application.offer.occupation or agreement.application.offer.title)],
        ["Objet", dict(PURPOSES)[data["purpose"]]],
        ["Objectifs", data.get("objectives")],
        ["Évaluation", data.get("evaluation")],
    ]
    return section("L’immersion", "D.5135-2, 5°", lines, table=_table(presences), **_why(agreement, data))


def _why(agreement: Agreement, data: dict[str, Any]) -> dict[str, Any]:
    """What is out of the ordinary, and why the company says that it is needed."""
    unusual = [finding.sentence for finding in signalled(findings_of(agreement))]
    if not unusual:
        return {}
    return {"paragraphs": [f"Horaires particuliers : {' '.join(unusual)} La raison : {data.get('why', '')}"]}


def _work(data: dict[str, Any]) -> dict[str, Any]:
    return section("Les tâches", "D.5135-2, 6°", [["Tâches confiées", data.get("tasks")]])


def _safety(data: dict[str, Any]) -> dict[str, Any]:
    hazards = dict(HAZARDS)
    exposed = "\n".join(hazards[it] for it in data.get("hazards", []) if it in hazards)
    lines = [
        ["Matériel et équipements", data.get("equipment")],
        ["Risques et prévention", data.get("prevention")],
        ["Consignes de sécurité", data.get("safety")],
        ["Expositions déclarées", exposed or "aucune"],
    ]
    return section("La sécurité", "D.5135-2, 3°", lines)


def _table(presences: tuple[Presence, ...]) -> list[Line]:
    """One row per day: the day, its hours, how long."""
    rows = []
    for day, group in groupby(presences, key=lambda presence: presence.start.date()):
        stretches = list(group)
        said = " et ".join(
            f"de {french.hour(it.start.time())} à {french.hour(it.end.time())}" for it in stretches
        )
        length = sum((it.length for it in stretches), dt.timedelta())
        rows.append([french.day(day, weekday=True, year=True), said, _hours(length)])
    return rows


def _hours(length: dt.timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes % 60 else f"{minutes // 60} h"


def _with(*values: Any) -> str:
    """« Jeanne Muller, gérante »: what there is, each thing once."""
    return ", ".join(dict.fromkeys(str(value) for value in values if value))
