"""The whole path, from a search to a verified attestation: at 360 px, by the keyboard alone, every page
read by axe and none wider than 320 px.
"""

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from candidates.factories import SupportStructureFactory
from candidates.structures.models import SupportStructure
from companies.factories import CompanyFactory
from immersions.agreements.models import Agreement
from immersions.applications.models import Application
from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.models import DateMode
from immersions.stays.dates import PARIS
from immersions.stays.models import Attestation
from immersions.stays.sweeps import move_stays_by_date
from territories.factories import OccupationFactory
from tests.browser.walking import Hands, path_of, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LEA = "lea@example.org"
MORNING, NIGHT = dt.time(9), dt.time(22)
MANY = 30  # Pages, each read once: fewer and the path was cut short.


@pytest.fixture
def world():
    company = CompanyFactory(name="Pierre & Chaux")
    trade = OccupationFactory(code="F1703", title="Maçon / Maçonne")
    offer = OfferFactory(
        workplace__company=company,
        occupation=trade,
        title="Maçonne, maçon",
        date_mode=DateMode.SLOTS,
        discovery=True,
    )
    detail = offer.detail
    detail.tutor_name, detail.clothes = "Karim, chef de chantier", "Chaussures fermées"
    detail.save()
    SlotFactory(offer=offer)
    SupportStructureFactory(name="Mission locale des Trois Rivières")
    return offer


def fill_the_tutor(company: Hands) -> None:
    group = {
        "tutor_job": "chef de chantier",
        "tutor_email": "karim@example.org",
        "tutor_phone": "06 11 22 33 44",
    }
    for name, words in group.items():
        company.on(company.page.locator(f"[name={name}]")).press("Control+A")
        company.page.keyboard.type(words)


def searches_and_applies(lea: Hands) -> None:
    lea.arrive("/")
    lea.write("Quel métier ?", "maçon")
    lea.write("Où ?", "Metz")
    lea.push("Chercher")
    lea.follow("Maçonne, maçon")
    lea.push("Demander cette immersion")
    lea.follow("C’est ma première demande")
    lea.write("Votre adresse e-mail", LEA)
    lea.push("Recevoir mon code")
    lea.write("Votre code", sent("accounts/login_code", to=LEA).context["code"])
    lea.push("Entrer")
    lea.tick("lundi", exact=False)
    lea.write("Pourquoi ce métier vous attire-t-il ?", "Le grand air, et voir ce que j’ai construit.")
    lea.write("Votre prénom", "Léa")
    lea.write("Votre nom", "Weiss")
    lea.write("Votre téléphone", "06 12 34 56 78")
    lea.write("Votre commune ou votre code postal", "Metz")
    lea.push("Envoyer ma candidature")
    lea.follow("Répondre")
    lea.tick("Mission locale des Trois Rivières", exact=False)
    lea.push("Enregistrer")


def books(company: Hands, member) -> None:
    company.arrive("/entreprise/", member)
    company.follow("Lire et répondre")
    company.follow("Donner une place")
    company.tick("lundi", exact=False)
    company.push("Réserver")


def each_fills_their_part(lea: Hands, company: Hands, advisor: Hands, people) -> None:
    candidate, member, sacha = people
    lea.arrive("/candidat/", candidate)
    lea.follow("Remplir")
    lea.write("Votre date de naissance", "12041996")
    lea.write("Votre adresse", "3 rue du Pont")
    lea.write("Code postal et commune", "57000 Metz")
    lea.tick("Je cherche un emploi, inscrit·e à France Travail")
    lea.push("Enregistrer et continuer")
    lea.sees("Votre partie est remplie")
    company.arrive("/entreprise/", member)
    company.follow("Remplir")
    company.write("Forme juridique", "SARL")
    company.write("Activité principale", "Restauration du bâti ancien")
    company.write("Sa fonction", "gérante")
    fill_the_tutor(company)
    company.push("Enregistrer et continuer")
    company.push("Enregistrer et continuer")  # The hours, as booked.
    company.write("Les objectifs précis", "Savoir si le travail dehors me convient.")
    company.push("Enregistrer et continuer")
    company.write("Les risques et leur prévention", "Poussières : masque fourni.")
    company.tick("Cette immersion ne remplace personne", exact=False)
    company.push("Enregistrer et continuer")
    company.sees("Votre partie est remplie")
    advisor.arrive("/conseiller/", sacha)
    advisor.push("Nous l’accompagnons")
    advisor.arrive("/conseiller/", sacha)
    advisor.follow("Remplir")
    advisor.write("Forme juridique", "Association")
    advisor.write("Adresse", "9 rue de la Gare, 57000 Metz")
    advisor.push("Enregistrer et continuer")
    advisor.sees("À vous de valider")


def each_signs(lea: Hands, company: Hands, advisor: Hands, people) -> None:
    """Logged in: two clicks. From the mail: the same, and the code. The last one validates."""
    candidate, member, sacha = people
    agreement = reverse("immersions:agreement", args=[Agreement.objects.get().pk])
    lea.arrive(agreement, candidate)
    lea.presses = 0
    lea.follow("Lire et signer")
    lea.push("Je signe")
    assert lea.presses == 2
    company.arrive(path_of(sent("immersions/agreement_to_sign", to=member.email)))
    company.presses = 0
    company.push("Recevoir mon code")
    company.write("Le code reçu par e-mail", sent("immersions/agreement_code").context["code"])
    company.tick("Je suis habilité·e à engager l’entreprise.")
    company.push("Je signe")
    assert company.presses == 2
    assert Application.objects.get().status == "booked"
    advisor.arrive(agreement, sacha)
    advisor.presses = 0
    advisor.follow("Lire et valider")
    advisor.push("Je signe et je valide")
    assert advisor.presses == 2
    advisor.sees("l’immersion est confirmée")


def the_first_day_comes(lea: Hands, people) -> None:
    move_stays_by_date()
    lea.arrive(reverse("immersions:my_application", args=[Application.objects.get().pk]), people[0])
    lea.follow("La fiche pratique")
    lea.sees("En cas d’accident")
    assert Application.objects.get().status == "in_progress"


def each_reports(lea: Hands, company: Hands, people) -> None:
    move_stays_by_date()
    lea.arrive("/candidat/", people[0])
    lea.follow("Répondre")
    lea.tick("Oui, tous les jours")
    lea.tick("Oui")
    lea.tick("Oui, je veux continuer", exact=False)
    lea.push("Enregistrer mon bilan")
    lea.follow("Passer")
    company.arrive("/entreprise/", people[1])
    company.follow("Répondre")
    company.tick("Oui, tous les jours")
    company.tick("Oui")
    company.tick("Oui, nous voulons continuer", exact=False)
    company.push("Enregistrer mon bilan")
    company.tick("Fait sans aide", of="Monter un rang droit")
    company.push("Enregistrer")


def keeps_the_attestation(lea: Hands, people) -> None:
    lea.arrive(reverse("immersions:my_application", args=[Application.objects.get().pk]), people[0])
    keyboard = lea.on(lea.page.get_by_role("link", name="Mon attestation"))
    with lea.page.expect_download() as download:
        keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    code = re.fullmatch(r"attestation-(\S+)\.pdf", download.value.suggested_filename)[1]
    lea.arrive(f"/verification/{code}/")
    lea.sees("Document valable")
    lea.sees(Attestation.objects.get().sha256)


def test_from_a_search_to_a_verified_attestation(visit, world):
    read: set[str] = set()
    lea, company, advisor = (Hands(visit, read) for _ in range(3))
    searches_and_applies(lea)
    application = Application.objects.get()
    people = (
        application.candidate.user,
        world.company.confirmed_members().get(),
        SupportStructure.objects.get().confirmed_members().get(),
    )
    books(company, people[1])
    each_fills_their_part(lea, company, advisor, people)
    each_signs(lea, company, advisor, people)
    [slot] = Application.objects.get().slots
    with time_machine.travel(dt.datetime.combine(slot.first_day, MORNING, PARIS), tick=False):
        the_first_day_comes(lea, people)
    with time_machine.travel(dt.datetime.combine(slot.last_day, NIGHT, PARIS), tick=False):
        each_reports(lea, company, people)
        keeps_the_attestation(lea, people)
    assert len(read) >= MANY, sorted(read)
