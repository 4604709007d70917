"""The advisors' space, and the jobseeker's question « Qui vous accompagne ? »."""

from django.urls import path

from candidates.structures import candidate_pages, joining_pages, pages
from candidates.structures.mine import FIELD
from candidates.structures.models import SupportStructure
from territories.member_pages import MemberPages

app_name = "structures"
PEOPLE = "conseiller/personnes/"

MEMBERS = MemberPages(
    entities=SupportStructure.objects.all,
    room=app_name,
    space="advisor_space",
    base="spaces/advisor_base.html",
    field=FIELD,
    name="la structure",
    sees="les personnes qui s’adressent à vous",
    may="Répondre aux personnes et les accompagner",
    lead="Pour voir les personnes, il faut d’abord vérifier que vous travaillez pour",
)

urlpatterns = [
    path("candidat/accompagnement/", candidate_pages.mine, name="mine"),
    path(PEOPLE, pages.people, name="people"),
    path(f"{PEOPLE}<int:pk>/", pages.person, name="person"),
    path(f"{PEOPLE}<int:pk>/suivre/", pages.follow, name="follow"),
    path(f"{PEOPLE}<int:pk>/confier/", pages.pass_on, name="pass_on"),
    path(f"{PEOPLE}<int:pk>/transmettre/", pages.transfer, name="transfer"),
    path(f"{PEOPLE}<int:pk>/ne-pas-suivre/", pages.not_follow, name="not_follow"),
    path(f"{PEOPLE}<int:pk>/terminer/", pages.end, name="end"),
    path("conseiller/inscription/", joining_pages.choose, name="choose"),
    path("conseiller/inscription/<int:pk>/", joining_pages.register, name="register"),
    *MEMBERS.urls(team="conseiller/equipe/", verification="conseiller/verification/"),
]
