"""Addresses of seats; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.seats import advisor_pages, organisation_pages, pages

MINE = "candidat/places/"
REQUEST = "organisme/demandes/<int:pk>/"
PROJECT = "conseiller/projets-de-formation/<int:pk>/"

urlpatterns = [
    path(MINE, pages.my_seats, name="my_seats"),
    path(f"{MINE}demander/<int:pk>/", pages.ask, name="seat_ask"),
    path(f"{MINE}<int:pk>/", pages.my_seat, name="my_seat"),
    path(f"{MINE}<int:pk>/retirer/", pages.withdraw, name="seat_withdraw"),
    path("organisme/sessions/<int:pk>/personnes/", organisation_pages.people, name="session_people"),
    path(REQUEST, organisation_pages.seat_request, name="seat_request"),
    path(f"{REQUEST}admettre/", organisation_pages.admit, name="seat_admit"),
    path(f"{REQUEST}liste-d-attente/", organisation_pages.waitlist, name="seat_waitlist"),
    path(f"{REQUEST}refuser/", organisation_pages.refuse, name="seat_refuse"),
    path(f"{REQUEST}reunion/", organisation_pages.invite, name="seat_invite"),
    path(f"{REQUEST}reunion/<int:meeting>/", organisation_pages.attendance, name="seat_attendance"),
    path("projets/<int:pk>/sans-place/", pages.no_seat, name="no_seat"),
    path(PROJECT, advisor_pages.validation, name="project_validation"),
    path(f"{PROJECT}non/", advisor_pages.not_validate, name="project_not_validate"),
]
