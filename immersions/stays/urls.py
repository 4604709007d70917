"""Addresses from the start on; `immersions.urls` includes them in its own namespace."""

from django.urls import path

from accounts.roles import CANDIDATE, COMPANY
from immersions.applications.urls import MINE, RECEIVED
from immersions.stays import advisor_pages, attestation_pages, pages, renewal_pages, report_pages

# (what follows the application's number, the page, its name); the company's is « received_… ».
BOTH = (
    ("fiche/", pages.sheet, "stay_sheet"),
    ("arreter/", pages.interrupt, "stay_interrupt"),
    ("absence/", pages.absence, "stay_absence"),
    ("signaler/", pages.incident, "stay_incident"),
    ("bilan/", report_pages.report, "stay_report"),
    ("bilan/competences/", report_pages.observations, "stay_grid"),
    ("bilans/", report_pages.both, "stay_reports"),
    ("prolonger/", renewal_pages.renew, "stay_renew"),
)

urlpatterns = [
    *(path(f"{MINE}<int:pk>/{tail}", view, {"side": CANDIDATE}, name=name) for tail, view, name in BOTH),
    *(
        path(f"{RECEIVED}<int:pk>/{tail}", view, {"side": COMPANY}, name=f"received_{name}")
        for tail, view, name in BOTH
    ),
    path(f"{MINE}<int:pk>/attestation.pdf", attestation_pages.attestation, name="stay_attestation"),
    path("bilan/<str:token>/", report_pages.report_link, name="report_link"),
    path("bilan/<str:token>/competences/", report_pages.report_link_grid, name="report_link_grid"),
    path("conseiller/immersions/<int:pk>/", advisor_pages.followed_stay, name="followed_stay"),
    path("conseiller/bilans/<int:pk>/clore/", advisor_pages.close_report, name="report_close"),
]
