"""The pages of one's own account."""

from django.urls import path

from accounts import pages

app_name = "accounts"
urlpatterns = [
    path("bienvenue/", pages.welcome, name="welcome"),
    path("compte/", pages.account, name="account"),
]
