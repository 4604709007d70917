"""The pages of one's own account."""

from django.urls import path

from accounts import pages

app_name = "accounts"
urlpatterns = [
    path("bienvenue/", pages.welcome, name="welcome"),
    path("invitation/<str:token>/", pages.invitation, name="invitation"),
    path("compte/", pages.account, name="account"),
    path("compte/nom/", pages.name, name="name"),
    path("compte/adresse/", pages.new_address, name="new_address"),
    path("compte/adresse/code/", pages.new_address_code, name="new_address_code"),
    path("compte/mes-donnees.json", pages.my_data, name="my_data"),
    path("compte/supprimer/", pages.erase, name="erase"),
]
