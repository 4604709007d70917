"""Addresses of follow-ups; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.followups import pages

urlpatterns = [
    path("suivi/<str:token>/", pages.follow_up_link, name="follow_up_link"),
    path("projets/<int:pk>/suivi/", pages.follow_ups, name="follow_ups"),
    path("projets/<int:pk>/suivi/<slug:moment>/", pages.follow_up, name="follow_up"),
]
