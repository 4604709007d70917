"""The life of an offer, read top to bottom (domain.md, "What moves")."""

from django.db.models import TextChoices

from accounts.roles import AGENT, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class OfferStatus(TextChoices):
    DRAFT = "draft", "Brouillon"
    IN_MODERATION = "in_moderation", "En relecture"
    PUBLISHED = "published", "Publiée"
    AWAITING_TRAINING = "awaiting_training", "En attente de formation"
    PAUSED = "paused", "En pause"
    CLOSED = "closed", "Fermée"


S = OfferStatus  # Short, so that each transition is one line of a table.
LIVE = (S.PUBLISHED, S.AWAITING_TRAINING, S.PAUSED)

SUBMIT = Transition(
    name="submit",
    label="Envoyer l’offre",
    sources=(S.DRAFT,),
    target=S.IN_MODERATION,
    who=(COMPANY, AGENT),
)
ACCEPT = Transition(
    name="accept",
    label="Accepter l’offre",
    sources=(S.IN_MODERATION,),
    target=S.PUBLISHED,
    who=(AGENT, SYSTEM),
    owes=("immersions/offer_published",),
)
HOLD = Transition(
    name="hold",
    label="Mettre en attente de formation",
    sources=(S.IN_MODERATION, S.PUBLISHED, S.PAUSED),
    target=S.AWAITING_TRAINING,
    who=(SYSTEM, AGENT, COMPANY),
    owes=("immersions/offer_awaiting_training",),
)
SEND_BACK = Transition(
    name="send_back",
    label="Renvoyer à l’entreprise",
    sources=(S.IN_MODERATION,),
    target=S.DRAFT,
    who=(AGENT,),
    needs_reason=True,
    owes=("immersions/offer_sent_back",),
)
PUBLISH_AGAIN = Transition(
    name="publish_again",
    label="Republier l’offre",
    sources=(S.AWAITING_TRAINING, S.PAUSED),
    target=S.PUBLISHED,
    who=(COMPANY, AGENT, SYSTEM),
)
REVISE = Transition(
    # An offer read by an agent says something else now: it is read again (docs/decisions).
    name="revise",
    label="Modifier l’offre",
    sources=LIVE,
    target=S.IN_MODERATION,
    who=(COMPANY,),
)
PAUSE = Transition(
    name="pause",
    label="Mettre l’offre en pause",
    sources=(S.PUBLISHED, S.AWAITING_TRAINING),
    target=S.PAUSED,
    who=(COMPANY, AGENT),
)
CLOSE = Transition(
    name="close",
    label="Fermer l’offre",
    sources=(S.DRAFT, S.IN_MODERATION, S.PUBLISHED, S.AWAITING_TRAINING, S.PAUSED),
    target=S.CLOSED,
    who=(COMPANY, AGENT),
)

OFFER_WORKFLOW = Workflow(
    transitions=(SUBMIT, ACCEPT, HOLD, SEND_BACK, PUBLISH_AGAIN, REVISE, PAUSE, CLOSE),
    waits=(Wait(status=S.IN_MODERATION, owner=AGENT, escalation=2),),  # 48 h target (C-05).
)
