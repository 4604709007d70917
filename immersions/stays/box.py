"""What an application's page says of the stay: the next thing to do, then what is possible."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from immersions.applications.models import Application
from immersions.applications.workflow import (
    HOLDS_PLACES,
    INTERRUPT,
    NO_SHOW,
    TELL_ABSENCE,
    ApplicationStatus,
)
from immersions.stays.dates import period_of
from immersions.stays.incident_actions import may_report_incident
from immersions.stays.models import Attestation, Incident, Report, Side
from immersions.stays.renewals import why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    url: str
    label: str


@dataclass(slots=True, kw_only=True)
class Box:
    """`templates/immersions/stays/box.html` shows it."""

    title: str = ""
    text: str = ""
    main: Link | None = None
    links: list[Link] = field(default_factory=list)
    incident: Link | None = None
    told: list[Incident] = field(default_factory=list)
    """The incidents that this side has told: never those of the other side."""


def box_of(application: Application, side: str) -> Box:
    prefix = "" if side == Side.CANDIDATE else "received_"

    def link(name: str, label: str) -> Link:
        return Link(url=reverse(f"immersions:{prefix}{name}", args=[application.pk]), label=label)

    box = Box()
    is_candidate, status = side == Side.CANDIDATE, application.status
    period = period_of(application) if status != ApplicationStatus.SUBMITTED else None
    reports = {it.side: it for it in Report.objects.filter(application=application)}
    own = reports.get(side)
    if own and own.is_open:
        box.title, box.text = "Votre bilan", "Trois questions, une minute."
        box.main = link("stay_report", "Répondre")
    elif own:
        box.links.append(link("stay_reports", "Lire les bilans"))
        if own.is_given and not own.observations.exists():
            box.links.append(link("stay_grid", "Dire ce qui a été observé"))
    if status in HOLDS_PLACES:
        box.links.append(link("stay_sheet", "La fiche pratique"))
    if INTERRUPT.is_possible_from(status):
        box.links.append(link("stay_interrupt", "Arrêter l’immersion"))
    if period and not why_not(application):
        box.links.append(link("stay_renew", "Prolonger l’immersion"))
    has_begun = period is not None and period.has_begun
    if NO_SHOW.is_possible_from(status) and has_begun:
        box.links.append(link("stay_absence", "Signaler une absence"))
    if TELL_ABSENCE.is_possible_from(status) and not application.absences.filter(side=side).exists():
        box.title, box.text = "Une absence est signalée", "Dites ce qui s’est passé de votre côté."
        box.main = link("stay_absence", "Donner ma version")
    if status == ApplicationStatus.NO_SHOW:
        _about_settling(box, application, link("settlement_ask", "Demander à un agent de trancher"), side)
    if is_candidate and Attestation.objects.filter(application=application).exists():
        url = reverse("immersions:stay_attestation", args=[application.pk])
        box.links.insert(0, Link(url=url, label="Mon attestation de compétences observées (PDF)"))
    if status != ApplicationStatus.SUBMITTED:
        box.told = list(application.incidents.filter(side=side))
    if may_report_incident(application):
        box.incident = link("stay_incident", "Signaler un malaise ou un accident")
    return box


def _about_settling(box: Box, application: Application, ask: Link, side: str) -> None:
    """On request only, by who has told their version: asked, then settled, in words."""
    asked = getattr(application, "settlement", None)
    versions = {version.side for version in application.absences.all()}
    if asked is None and side in versions and not application.ended_by:
        box.links.append(ask)
    elif asked is not None and not box.main:
        box.title, box.text = "L’absence", said_of(asked)


def said_of(settlement: Any) -> str:
    """Where a request to an agent is: for both sides and the advisor."""
    match settlement.status:
        case "asked":
            return "Un agent de la Région lit les deux versions. Sa décision arrive par e-mail."
        case "settled":
            whose = settlement.get_whose_display().lower()
            return f"Un agent a tranché, du fait de qui : {whose}. Sa raison : « {settlement.reason} »"
    return "Personne n’a tranché : l’absence reste non déterminée."
