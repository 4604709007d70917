"""Addresses of the first appointments; `immersions.urls` includes them in its own namespace."""

from django.urls import path

from immersions.appointments import pages

COMPANY = "entreprise/rendez-vous/"
MINE = "candidat/rendez-vous/<int:pk>/"

urlpatterns = [
    path(COMPANY, pages.company_times, name="company_times"),
    path(f"{COMPANY}heures/<int:pk>/retirer/", pages.time_withdraw, name="time_withdraw"),
    path("entreprise/candidatures/<int:pk>/rendez-vous/", pages.appointment_offer, name="appointment_offer"),
    path(
        f"{COMPANY}<int:pk>/annuler/",
        pages.received_appointment_cancel,
        name="received_appointment_cancel",
    ),
    path(
        f"{COMPANY}<int:pk>/absence/",
        pages.received_appointment_missed,
        name="received_appointment_missed",
    ),
    path("candidat/candidatures/<int:pk>/rendez-vous/", pages.my_appointment, name="my_appointment"),
    path(f"{MINE}annuler/", pages.my_appointment_cancel, name="my_appointment_cancel"),
    path(f"{MINE}absence/", pages.my_appointment_missed, name="my_appointment_missed"),
]
