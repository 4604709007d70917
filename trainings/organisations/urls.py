"""The training organisations' space."""

from django.urls import path

from territories.member_pages import MemberPages
from trainings.models import TrainingOrganisation
from trainings.organisations import joining_pages, pages
from trainings.organisations.mine import FIELD

app_name = "organisations"
SESSION = "organisme/sessions/<int:pk>/"

MEMBERS = MemberPages(
    entities=TrainingOrganisation.objects.all,
    room=app_name,
    space="organisation_space",
    base="spaces/organisation_base.html",
    field=FIELD,
    name="l’organisme",
    sees="les personnes qui s’adressent à vous",
    may="Tenir les sessions à jour et répondre aux demandes de place",
    lead=(
        "Pour tenir vos sessions à jour et voir les personnes, il faut d’abord vérifier que vous "
        "travaillez pour"
    ),
)

urlpatterns = [
    path("organisme/inscription/", joining_pages.choose, name="choose"),
    path("organisme/inscription/<int:pk>/", joining_pages.register, name="register"),
    path("organisme/sessions/", pages.sessions, name="sessions"),
    path(SESSION, pages.session, name="session"),
    path(f"{SESSION}places/", pages.seats, name="seats"),
    path(f"{SESSION}periodes/", pages.periods, name="periods"),
    path(f"{SESSION}rendez-vous/", pages.meetings, name="meetings"),
    path(f"{SESSION}contact/", pages.contact, name="contact"),
    path("organisme/fiche/", pages.sheet, name="sheet"),
    *MEMBERS.urls(team="organisme/equipe/", verification="organisme/verification/"),
]
