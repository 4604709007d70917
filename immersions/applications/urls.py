"""Addresses of applications; `immersions.urls` includes them in its own namespace."""

from django.urls import path

from immersions.applications import candidate_pages as candidate
from immersions.applications import company_pages as company

MINE = "candidat/candidatures/"
RECEIVED = "entreprise/candidatures/"

urlpatterns = [
    path("offres/<int:pk>-<slug:slug>/demander/", candidate.apply, name="apply"),
    path(MINE, candidate.my_applications, name="my_applications"),
    path(f"{MINE}<int:pk>/", candidate.my_application, name="my_application"),
    path(f"{MINE}<int:pk>/envoyee/", candidate.application_sent, name="application_sent"),
    path(f"{MINE}<int:pk>/repondre/", candidate.application_answer, name="application_answer"),
    path(f"{MINE}<int:pk>/retirer/", candidate.application_withdraw, name="application_withdraw"),
    path(f"{MINE}<int:pk>/agenda.ics", candidate.application_calendar, name="application_calendar"),
    path(RECEIVED, company.received_applications, name="received_applications"),
    path(f"{RECEIVED}<int:pk>/", company.received_application, name="received_application"),
    path(f"{RECEIVED}<int:pk>/place/", company.application_book, name="application_book"),
    path(f"{RECEIVED}<int:pk>/question/", company.application_ask, name="application_ask"),
    path(f"{RECEIVED}<int:pk>/refus/", company.application_decline, name="application_decline"),
    path(f"{RECEIVED}<int:pk>/annulation/", company.application_cancel, name="application_cancel"),
    path(f"{RECEIVED}<int:pk>/agenda.ics", company.received_calendar, name="received_calendar"),
]
