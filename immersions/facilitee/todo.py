"""What an advisor must do on Immersion Facilitée."""

from django.urls import reverse

from accounts.models import User
from core import french
from core.todo import Todo
from immersions.agreements.models import Agreement
from immersions.agreements.period import first_day_of
from immersions.applications.words import day_words

SHOWN = 20


def todos_of_advisor(user: User) -> list[Todo]:
    """Bookings whose agreement is made there, by the structure's own choice."""
    mine = Agreement.objects.of_structures(user).live().filter(application__status="booked")
    there = mine.order_by("pk").for_page().filter(made_there=True)
    return [_todo(it) for it in there[:SHOWN]]


def _todo(agreement: Agreement) -> Todo:
    application = agreement.application
    return Todo(
        what=f"Convention {french.of(application.candidate.user.get_full_name())} sur Immersion Facilitée",
        why=f"Chez {application.offer.company.name} : ouvrez-la là-bas, puis donnez son numéro ici.",
        by=f"avant le {day_words(first_day_of(agreement))}, sinon l’immersion ne peut pas commencer",
        url=reverse("immersions:external_agreement", args=[application.pk]),
        label="Ouvrir et confirmer",
        due_on=first_day_of(agreement),
    )
