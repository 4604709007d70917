"""Addresses of the company's side of the offers, under `/entreprise/offres/`."""

from django.urls import path

from immersions.offers import company_pages, writing_pages

HERE = "entreprise/offres/"

urlpatterns = [
    path("proposer-une-immersion/", company_pages.propose, name="offer_propose"),
    path(HERE, company_pages.company_offers, name="company_offers"),
    path(f"{HERE}nouvelle/", writing_pages.offer_start, name="offer_start"),
    path(f"{HERE}<int:pk>/", company_pages.company_offer, name="company_offer"),
    path(f"{HERE}<int:pk>/envoyer/", company_pages.offer_submit, name="offer_submit"),
    path(f"{HERE}<int:pk>/envoyee/", company_pages.offer_sent, name="offer_sent"),
    path(f"{HERE}<int:pk>/apercu/", company_pages.offer_preview, name="offer_preview"),
    path(f"{HERE}<int:pk>/completer/", writing_pages.offer_complete, name="offer_complete"),
    path(f"{HERE}<int:pk>/pause/", company_pages.offer_pause, name="offer_pause"),
    path(f"{HERE}<int:pk>/reprendre/", company_pages.offer_resume, name="offer_resume"),
    path(f"{HERE}<int:pk>/fermer/", company_pages.offer_close, name="offer_close"),
    path(f"{HERE}<int:pk>/dupliquer/", company_pages.offer_duplicate, name="offer_duplicate"),
    path(f"{HERE}<int:pk>/<slug:step>/", writing_pages.offer_step, name="offer_step"),
]
