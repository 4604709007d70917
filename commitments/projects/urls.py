"""Addresses of projects; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.projects import end_pages, pages, paper_pages, sign_pages

ONE = "projets/<int:pk>/"
LINK = "projets/signer/<str:token>/"

urlpatterns = [
    path("projets/proposer/<int:pk>/", pages.propose, name="propose"),
    path(LINK, sign_pages.sign_link, name="sign_link"),
    path(f"{LINK}projet.pdf", sign_pages.sign_link_pdf, name="sign_link_pdf"),
    path(ONE, pages.commitment, name="commitment"),
    path(f"{ONE}promesse/<slug:slug>/", pages.promise_step, name="promise_step"),
    path(f"{ONE}formation/", pages.pledge, name="pledge"),
    path(f"{ONE}texte/", pages.text, name="text"),
    path(f"{ONE}projet.pdf", pages.pdf, name="pdf"),
    path(f"{ONE}signer/", sign_pages.sign, name="sign"),
    path(f"{ONE}papier/", paper_pages.paper, name="paper"),
    path(f"{ONE}papier/projet.pdf", paper_pages.pdf_to_sign, name="pdf_to_sign"),
    path(f"{ONE}papier/<int:signature>/", paper_pages.scan, name="scan"),
    path(f"{ONE}sans-suite/", pages.set_aside, name="set_aside"),
    path(f"{ONE}modifier/", end_pages.amend, name="amend"),
    path(f"{ONE}garder/", end_pages.amend_drop, name="amend_drop"),
    path(f"{ONE}rompre/", end_pages.break_promise, name="break"),
    path(f"{ONE}me-retirer/", end_pages.withdraw, name="withdraw"),
    path(f"{ONE}embauche/", end_pages.hire_early, name="hire_early"),
]
