"""An application never waits in silence: what its table of waits does, day after day."""

from django.conf import settings
from django.urls import reverse

from core.outbox import post
from core.waits import Watch
from immersions.applications import emails
from immersions.applications.actions import expire_application
from immersions.applications.models import Application
from immersions.applications.words import day_words
from immersions.applications.workflow import APPLICATION_WORKFLOW
from territories.actions import open_agent_task
from territories.delays import waits_of


def remind(application: Application, *, number: int) -> None:
    """Who must act is reminded: the candidate when a question waits, else the company."""
    question = application.questions.open().first()
    if question is not None:
        post(emails.question_reminder(application, question, number=number))
        return
    for message in emails.company_reminder(application, number=number):
        post(message)


def escalate(application: Application) -> None:
    offer = application.offer
    open_agent_task(
        "silent_company",
        f"Relancer {offer.company.name} : une candidature attend une réponse",
        key=f"application/{application.pk}/silent/{application.waiting_since:%Y%m%d}",
        url=settings.SITE_URL + reverse("admin:immersions_application_change", args=[application.pk]),
        detail=f"Offre « {offer.title} ». Sans réponse, la candidature se clôt le {day_words(application.answer_due_on)}.",
        department=offer.commune.department if offer.commune else None,
        due_on=application.answer_due_on,
    )


WATCH = Watch(
    model=Application,
    workflow=APPLICATION_WORKFLOW,
    remind=remind,
    escalate=escalate,
    end=expire_application,
    wait_of=waits_of("application", lambda application: application.offer.department_code),
)
