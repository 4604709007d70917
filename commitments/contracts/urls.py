"""Addresses of contracts; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.contracts import pages

ONE = "projets/<int:pk>/"

urlpatterns = [
    path(f"{ONE}conditions/", pages.conditions_page, name="conditions"),
    path(f"{ONE}reponse/", pages.answer, name="answer"),
    path(f"{ONE}reponse/oui/", pages.accept, name="accept"),
    path(f"{ONE}reponse/non/", pages.decline, name="decline"),
    path(f"{ONE}contrat/", pages.contract, name="contract"),
    path(f"{ONE}contrat/declarer/", pages.declare, name="declare"),
    path(f"{ONE}contrat/confirmer/", pages.confirm, name="contract_confirm"),
    path(f"{ONE}contrat/contester/", pages.dispute, name="contract_dispute"),
    path(f"{ONE}contrat/mission/", pages.mission, name="contract_mission"),
    path(f"{ONE}fin/", pages.end, name="end"),
]
