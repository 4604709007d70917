"""Addresses of trainings under way; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.courses import (
    company_pages,
    correction_pages,
    internship_pages,
    link_pages,
    organisation_pages,
    pages,
)

COURSE = "organisme/demandes/<int:pk>/formation/"
INTERNSHIP = "stages/<int:pk>/"

urlpatterns = [
    path("organisme/sessions/<int:pk>/entrees/", organisation_pages.entries, name="session_entries"),
    path(COURSE, organisation_pages.course, name="course"),
    path(f"{COURSE}pas-venu/", organisation_pages.not_come, name="course_not_come"),
    path(f"{COURSE}resultat/", organisation_pages.finish, name="course_finish"),
    path(f"{COURSE}resultat/corriger/", correction_pages.result, name="course_result_correct"),
    path(f"{COURSE}entree/", correction_pages.entry, name="course_entry_correct"),
    path(f"{COURSE}arret/", organisation_pages.leave, name="course_leave"),
    path(f"{COURSE}arret/annuler/", correction_pages.leave, name="course_leave_correct"),
    path(f"{COURSE}mot/", organisation_pages.word, name="course_word"),
    path(f"{COURSE}absence/", organisation_pages.absence, name="course_absence"),
    path(f"{COURSE}absence/<int:absence>/", organisation_pages.absence, name="course_absence_correct"),
    path(f"{COURSE}absence/<int:absence>/annuler/", organisation_pages.cancel, name="course_absence_cancel"),
    path(f"{COURSE}stage/", internship_pages.plan, name="internship_plan"),
    path(f"{INTERNSHIP}modifier/", internship_pages.change, name="internship_change"),
    path(f"{INTERNSHIP}annuler/", internship_pages.cancel, name="internship_cancel"),
    path(f"{INTERNSHIP}convention/", internship_pages.document, name="internship_document"),
    path(f"{INTERNSHIP}convention/<int:document>/", internship_pages.read_document, name="internship_read"),
    path("candidat/ma-formation/<int:pk>/", pages.my_course, name="my_course"),
    path("entreprise/projets/", company_pages.company_projects, name="company_projects"),
    path("projets/<int:pk>/futur-salarie/", pages.future_employee, name="future_employee"),
    path("conseiller/formations/<int:pk>/", pages.followed_course, name="followed_course"),
    path("formations-suivies/<int:pk>/attestation/", pages.attestation, name="course_attestation"),
    path("point/<str:token>/", link_pages.check_in, name="check_in"),
]
