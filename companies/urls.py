"""The company's space: its own sheet and its members."""

from django.urls import path

from companies import views
from companies.mine import FIELD
from companies.models import Company
from territories.member_pages import MemberPages

app_name = "companies"

MEMBERS = MemberPages(
    entities=Company.objects.all,
    room=app_name,
    space="company_space",
    base="spaces/company_base.html",
    field=FIELD,
    name="l’entreprise",
    sees="les candidatures",
    may="Écrire les offres et répondre aux candidatures",
    lead=(
        "Vous pouvez déjà écrire une offre. Pour voir les personnes qui répondent, il faut d’abord "
        "vérifier que vous travaillez chez"
    ),
)

urlpatterns = [
    path("entreprise/creer/", views.create, name="create"),
    path("entreprise/creer/<str:siret>/", views.create_details, name="create_details"),
    path("entreprise/fiche/", views.sheet, name="sheet"),
    path("entreprise/fiche/lieux/", views.workplace_new, name="workplace_new"),
    path("entreprise/fiche/lieux/<int:pk>/", views.workplace_edit, name="workplace_edit"),
    *MEMBERS.urls(team="entreprise/membres/", verification="entreprise/verification/"),
]
