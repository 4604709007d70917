"""The advisors' space, and the jobseeker's question « Qui vous accompagne ? »."""

from django.urls import path

from candidates.structures import candidate_pages, joining_pages, member_pages, pages

app_name = "structures"
PEOPLE = "conseiller/personnes/"
TEAM = "conseiller/equipe/"

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
    path("conseiller/verification/", joining_pages.verify, name="verify"),
    path("conseiller/verification/code/", joining_pages.verify_code, name="verify_code"),
    path(TEAM, member_pages.members, name="members"),
    path(f"{TEAM}<int:pk>/accepter/", member_pages.accept, name="member_accept"),
    path(f"{TEAM}<int:pk>/refuser/", member_pages.refuse, name="member_refuse"),
    path(f"{TEAM}<int:pk>/retirer/", member_pages.remove, name="member_remove"),
    path(
        f"{TEAM}invitations/<int:pk>/retirer/",
        member_pages.withdraw_invitation,
        name="invitation_withdraw",
    ),
]
