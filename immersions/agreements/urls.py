"""Addresses of agreements; `immersions.urls` includes them in its own namespace."""

from django.urls import path

from immersions.agreements import link_pages, pages, tutor_pages

ONE = "conventions/<int:pk>/"

urlpatterns = [
    path(ONE, pages.agreement, name="agreement"),
    path(f"{ONE}texte/", pages.agreement_text, name="agreement_text"),
    path(f"{ONE}convention.pdf", pages.agreement_pdf, name="agreement_pdf"),
    path(f"{ONE}remplir/<slug:slug>/", pages.agreement_fill, name="agreement_fill"),
    path(f"{ONE}signer/", pages.agreement_sign, name="agreement_sign"),
    path(f"{ONE}papier/", pages.agreement_paper, name="agreement_paper"),
    path(f"{ONE}papier/<int:signature>/", pages.agreement_scan, name="agreement_scan"),
    path(f"{ONE}refuser/", pages.agreement_refuse, name="agreement_refuse"),
    path(f"{ONE}confier/", pages.agreement_pass_on, name="agreement_pass_on"),
    path(f"{ONE}tuteur/", tutor_pages.agreement_ask_tutor, name="agreement_ask_tutor"),
    path("accueillir/<str:token>/", tutor_pages.tutor_link, name="tutor_link"),
    path("accueillir/<str:token>/<slug:slug>/", tutor_pages.tutor_fill, name="tutor_fill"),
    path("signer/<str:token>/", link_pages.sign_link, name="sign_link"),
    path("signer/<str:token>/convention.pdf", link_pages.sign_link_pdf, name="sign_link_pdf"),
]
