"""The pages of jobseekers that belong to no offer."""

from django.urls import path

from candidates import views

urlpatterns = [
    path("candidat/profil/", views.profile, name="candidate_profile"),
]
