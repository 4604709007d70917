"""The roles of the domain, as they stand in the tables of transitions."""

from core.workflow import SYSTEM

CANDIDATE = "candidate"
COMPANY = "company"
ORGANISATION = "organisation"
ADVISOR = "advisor"
AGENT = "agent"

LABELS = {
    CANDIDATE: "demandeur d’emploi",
    COMPANY: "entreprise",
    ORGANISATION: "organisme de formation",
    ADVISOR: "conseiller",
    AGENT: "agent de la Région",
    SYSTEM: "le service",
}
