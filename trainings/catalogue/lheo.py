"""Read one « formation » of LHÉO 2.3. The only place that knows the catalogue's words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from territories.text import plain
from trainings.catalogue import values
from trainings.catalogue.files import Counted
from trainings.catalogue.refusals import RowRefused
from trainings.catalogue.report import Report
from trainings.catalogue.rows import ActionRow, BlockRow, OrganisationRow, PlaceRow, SessionRow, TrainingRow
from trainings.catalogue.stream import all_of, formations, one, text, texts
from trainings.models import SessionStatus
from trainings.models.actions import REGION, TeachingMode

LONGEST_NUMBER = 80
MODES = {"0": TeachingMode.ON_SITE, "1": TeachingMode.MIXED, "2": TeachingMode.REMOTE}
STATUSES = {
    "": SessionStatus.OPEN,  # Not said: the rule treats what is unknown as open.
    "1": SessionStatus.OPEN,
    "2": SessionStatus.CLOSED,
    "3": SessionStatus.SUSPENDED,
}
PERMANENT = "1"
YES_OR_NO = {"0": False, "1": True}
BLOCK = r"(?:RNCP|RS)[0-9]{1,6}BC[0-9]{2}[A-Z]?"

Row = TypeVar("Row", ActionRow, SessionRow)


@dataclass(frozen=True, slots=True)
class RefusedTraining:
    """It is in the file, but cannot be read: what we know of it stays as it is."""

    external_id: str


def read(file: Counted, report: Report) -> Iterator[TrainingRow | RefusedTraining]:
    for position, element in enumerate(formations(file), start=1):
        number = element.get("numero", "").strip()
        where = f"formation {number or f'n° {position} du fichier'}"
        try:
            yield _training(element, where, report)
        except RowRefused as reason:
            report.refuse(f"{where} : {reason}")
            yield RefusedTraining(number)


def _training(element: Element, where: str, report: Report) -> TrainingRow:
    number = _number(element)
    title = values.line(text(element, "intitule-formation"))
    if not title:
        raise RowRefused("l’intitulé est vide")
    actions, refused = _each(
        all_of(element, "action"), lambda found, name: _action(found, element, name, report), where, report
    )
    hours = next((action for action in actions if action.hours_total is not None), None)
    rncp, rs = _certification(one(element, "certification"))
    return TrainingRow(
        external_id=number,
        title=title,
        organisation=_organisation(one(element, "organisme-formation-responsable")),
        certification_title="",  # LHÉO only gives its codes.
        rncp_code=rncp,
        rs_code=rs,
        certifinfo_code=values.code(text(element, "certification/code-CERTIFINFO"), r"[0-9]{1,12}"),
        level_in=values.LEVELS.get(text(element, "code-niveau-entree")),
        level_out=values.LEVELS.get(text(element, "code-niveau-sortie")),
        objective=values.paragraphs(text(element, "objectif-formation")),
        content=values.rich_text(text(element, "contenu-formation")),
        hours_total=hours.hours_total if hours else None,
        hours_in_centre=hours.hours_in_centre if hours else None,
        hours_in_company=hours.hours_in_company if hours else None,
        formacodes=_codes(texts(element, "domaine-formation/code-FORMACODE"), r"[0-9]{5}"),
        rome_codes=_codes(texts(element, "domaine-formation/code-ROME"), r"[A-Z][0-9]{4}"),
        url=values.url(text(element, "url-formation/urlweb")),
        blocks=_blocks(element),
        actions=actions,
        refused_actions=refused,
    )


def _blocks(element: Element) -> list[BlockRow]:
    """The blocks that any of its sessions names, each once. A code that is none is left out."""
    found: dict[str, BlockRow] = {}
    for block in all_of(element, "action/session/blocs-competences/bloc-competences"):
        code = values.code(text(block, "code-bloc"), BLOCK)
        title = values.line(text(block, "libelle-bloc"), longest=500)
        if code and title:
            found.setdefault(code, BlockRow(code=code, title=title, certification=code.partition("BC")[0]))
    return list(found.values())


def _action(element: Element, training: Element, where: str, report: Report) -> ActionRow:
    places = [_place(found) for found in all_of(element, "lieu-de-formation/coordonnees")]
    sessions, refused = _each(
        all_of(element, "session"), lambda found, name: _session(found, places), where, report
    )
    funders = [code.lstrip("0") or "0" for code in texts(element, "organisme-financeur/code-financeur")]
    contact = one(training, "contact-formation/coordonnees")
    return ActionRow(
        external_id=_number(element),
        funders=list(dict.fromkeys(values.code(code, r"[0-9]{1,2}") for code in funders)),
        is_region_funded=REGION in funders,
        funded_seats=_region_seats(element),
        has_permanent_entry=text(element, "modalites-entrees-sorties") == PERMANENT,
        teaching_mode=MODES.get(text(element, "modalites-enseignement"), TeachingMode.ON_SITE),
        pace=values.paragraphs(text(element, "rythme-formation")),
        conditions=values.paragraphs(text(element, "conditions-specifiques")),
        **_for_whom(element),
        hours_total=values.count(text(element, "nombre-heures-total")),
        hours_in_centre=values.count(text(element, "nombre-heures-centre")),
        hours_in_company=values.count(text(element, "nombre-heures-entreprise")),
        url=values.url(text(element, "url-action/urlweb")),
        phone=values.phone(text(contact, "telfixe/numtel") or text(contact, "portable/numtel")),
        email=values.email(text(contact, "courriel")),
        places=places,
        sessions=sessions,
        refused_sessions=refused,
    )


def _for_whom(element: Element) -> dict[str, Any]:
    """Who is meant to come, and on what terms."""
    return {
        "publics": _codes(texts(element, "code-public-vise"), r"[0-9]{5}"),
        "public_details": values.paragraphs(text(element, "info-public-vise")),
        "costs_may_be_covered": YES_OR_NO.get(text(element, "prise-en-charge-frais-possible")),
        "costs_details": values.paragraphs(text(element, "detail-conditions-prise-en-charge")),
        "disability_access": values.line(text(element, "acces-handicapes"), longest=250),
    }


def _session(element: Element, places: list[PlaceRow]) -> SessionRow:
    starts_on, is_start_in_month = values.day(text(element, "periode/debut"))
    ends_on, is_end_in_month = values.day(text(element, "periode/fin"), is_end=True)
    if starts_on and ends_on and ends_on < starts_on:
        raise RowRefused(f"le dernier jour ({ends_on:%d/%m/%Y}) précède le premier ({starts_on:%d/%m/%Y})")
    status = text(element, "etat-recrutement")
    if status not in STATUSES:
        raise RowRefused(f"état du recrutement inconnu : « {status[:20]} »")
    opens_on, closes_on = _registration(element)
    return SessionRow(
        external_id=_number(element),
        starts_on=starts_on,
        ends_on=ends_on,
        is_start_in_month=is_start_in_month,
        is_end_in_month=is_end_in_month,
        status=STATUSES[status],
        seats_total=max(
            (seats for found in texts(element, "recrutement/nb-places") if (seats := _seats(found))),
            default=None,
        ),
        registration_starts_on=opens_on,
        registration_ends_on=closes_on,
        address=_other_address(one(element, "adresse-inscription"), places),
        url=values.url(text(element, "url-session/urlweb")),
    )


def _registration(element: Element):
    """When one may register. It is information only: what makes no sense is left out."""
    try:
        opens_on, _ = values.day(text(element, "periode-inscription/periode/debut"))
        closes_on, _ = values.day(text(element, "periode-inscription/periode/fin"), is_end=True)
    except RowRefused:
        return None, None
    return (None, None) if opens_on and closes_on and closes_on < opens_on else (opens_on, closes_on)


def _organisation(element: Element | None) -> OrganisationRow:
    name = values.line(text(element, "nom-organisme")) or values.line(text(element, "raison-sociale"))
    siret = values.siret(text(element, "SIRET-organisme-formation/SIRET"))
    activity = values.code(text(element, "numero-activite"), r"[0-9A-Z]{11}")
    if not name:
        raise RowRefused("l’organisme responsable n’a pas de nom")
    number = siret or (f"NDA-{activity}" if activity else plain(name)[:LONGEST_NUMBER])
    ways = [one(element, "coordonnees-organisme/coordonnees"), one(element, "contact-organisme/coordonnees")]
    return OrganisationRow(
        external_id=number,
        name=name,
        siret=siret,
        activity_number=activity,
        email=_first(values.email(text(way, "courriel")) for way in ways),
        phone=_first(values.phone(text(way, "telfixe/numtel")) for way in ways),
        website=_first(values.url(text(way, "web/urlweb")) for way in ways),
    )


def _place(element: Element) -> PlaceRow:
    address = one(element, "adresse")
    return PlaceRow(
        place_name=values.line(text(address, "denomination") or text(element, "nom")),
        address="\n".join(filter(None, map(values.line, texts(address, "ligne")))),
        postcode=values.line(text(address, "codepostal"), longest=10),
        town=values.line(text(address, "ville"), longest=100),
        insee=values.code(text(address, "code-INSEE-commune"), r"[0-9][0-9AB][0-9]{3}"),
        latitude=values.degrees(text(address, "geolocalisation/latitude")),
        longitude=values.degrees(text(address, "geolocalisation/longitude")),
    )


def _other_address(element: Element | None, places: list[PlaceRow]) -> str:
    """Where to register, when it is not where the training is given."""
    if element is None:
        return ""
    there = _place(element)
    if any((there.address, there.postcode) == (place.address, place.postcode) for place in places):
        return ""
    parts = [there.place_name, there.address, f"{there.postcode} {there.town}".strip()]
    return "\n".join(part for part in parts if part)


def _certification(element: Element | None) -> tuple[str, str]:
    written = text(element, "code-RNCP"), text(element, "code-RS")
    rncp = _first(values.certification("RNCP", code) for code in written[:1])
    rs = values.certification("RS", written[1])
    if not rncp and written[0].upper().startswith("RS"):  # Often written in the wrong place.
        rs = rs or values.certification("RS", written[0])
    return rncp, rs


def _region_seats(element: Element) -> int | None:
    for funder in all_of(element, "organisme-financeur"):
        if (text(funder, "code-financeur").lstrip("0") or "0") == REGION:
            return _seats(text(funder, "nb-places-financees"))
    return None


def _seats(written: str) -> int | None:
    """Catalogues write 0 where they do not know: a full session says so by its status."""
    return values.count(written, zero=False)


def _codes(written: Iterable[str], pattern: str) -> list[str]:
    known = (values.code(code, pattern) for code in written)
    return list(dict.fromkeys(code for code in known if code))


def _number(element: Element) -> str:
    number = element.get("numero", "").strip()
    if not number:
        raise RowRefused("elle n’a pas de numéro")
    if len(number) > LONGEST_NUMBER:
        raise RowRefused(f"son numéro compte plus de {LONGEST_NUMBER} caractères")
    return number


def _each(
    elements: list[Element], parse: Callable[[Element, str], Row], where: str, report: Report
) -> tuple[list[Row], set[str]]:
    """What could be read, and the numbers of what could not. A number counts once."""
    rows: dict[str, Row] = {}
    refused: set[str] = set()
    for element in elements:
        kind, number = element.tag.rpartition("}")[2], element.get("numero", "").strip()
        name = f"{where}, {kind} {number or 'sans numéro'}"
        try:
            row = parse(element, name)
        except RowRefused as reason:
            report.refuse(f"{name} : {reason}")
            refused.add(number)
        else:
            if row.external_id in rows:
                report.refuse(f"{name} : ce numéro est déjà pris dans le fichier")
            rows.setdefault(row.external_id, row)
    return list(rows.values()), refused


def _first(found: Iterable[str]) -> str:
    return next((value for value in found if value), "")
