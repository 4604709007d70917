"""The company's space: its own sheet and its members."""

from django.urls import path

from companies import member_views, views

app_name = "companies"
urlpatterns = [
    path("entreprise/creer/", views.create, name="create"),
    path("entreprise/creer/<str:siret>/", views.create_details, name="create_details"),
    path("entreprise/fiche/", views.sheet, name="sheet"),
    path("entreprise/fiche/lieux/", views.workplace_new, name="workplace_new"),
    path("entreprise/fiche/lieux/<int:pk>/", views.workplace_edit, name="workplace_edit"),
    path("entreprise/verification/", member_views.verify, name="verify"),
    path("entreprise/verification/code/", member_views.verify_code, name="verify_code"),
    path("entreprise/membres/", member_views.members, name="members"),
    path("entreprise/membres/<int:pk>/accepter/", member_views.accept, name="member_accept"),
    path("entreprise/membres/<int:pk>/refuser/", member_views.refuse, name="member_refuse"),
    path("entreprise/membres/<int:pk>/retirer/", member_views.remove, name="member_remove"),
    path(
        "entreprise/membres/invitations/<int:pk>/retirer/",
        member_views.withdraw_invitation,
        name="invitation_withdraw",
    ),
]
