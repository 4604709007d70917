"""`/demo/composants/`: every component in every state, for who builds pages. In the demo only."""

import datetime as dt

from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Nom", help_text="Tel qu’il figure sur vos papiers.")
    first_name = forms.CharField(label="Prénom", required=False)
    email = forms.EmailField(
        label="Adresse e-mail",
        error_messages={"required": "Écrivez votre adresse, par exemple prenom@exemple.fr."},
    )
    starts_on = forms.DateField(
        label="À partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Un jour à venir.",
    )
    ends_on = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    pay = forms.IntegerField(label="Salaire")
    radius = forms.ChoiceField(label="Jusqu’à", choices=[("10", "10 km"), ("30", "30 km")])
    contract = forms.ChoiceField(
        label="Quel contrat proposez-vous ?",
        choices=[("cdi", "CDI"), ("cdd", "CDD de 6 mois ou plus"), ("alternance", "Alternance")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un contrat."},
    )
    transport = forms.MultipleChoiceField(
        label="Comment vous déplacez-vous ?",
        choices=[("car", "En voiture"), ("bus", "En bus ou en train"), ("bike", "À vélo")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Cochez tout ce qui convient.",
    )
    why = forms.CharField(
        label="Pourquoi ce métier ?",
        widget=forms.Textarea,
        help_text="Deux ou trois phrases suffisent.",
    )
    resume = forms.FileField(label="CV", required=False, help_text="PDF, 5 Mo au plus.")
    agreed = forms.BooleanField(
        label="Je certifie que ces renseignements sont exacts.",
        help_text="Vous pourrez les corriger à tout moment.",
        error_messages={"required": "Cochez la case pour continuer."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("Vous", Row("name", "first_name"), "email"),
            Fieldset(
                "Votre demande",
                Row("starts_on", "ends_on"),
                AppendedText("pay", "€ brut par mois"),
                *("radius", "contract", "transport", "why", "resume", "agreed"),
            ),
        )
        self.helper.add_input(Submit("", "Continuer"))
        self.helper.add_input(Submit("later", "Enregistrer pour plus tard", css_class="quiet"))


def fact(text: str, kind: str = "") -> dict:
    return {"text": text, "kind": kind}


OFFERS = [
    {
        "url": "#offre-1",
        "title": "Maçonne, maçon du bâti ancien",
        "company": "Pierre & Chaux",
        "city": "Montigny-lès-Metz",
        "distance": "4 km",
        "note": "répond en général en 2 jours",
        "facts": [
            fact("Embauche possible : CDI", "good"),
            fact("3 jours"),
            fact("Débutants bienvenus"),
            fact("2 places le 7 décembre", "due"),
        ],
        "leads_to": "Mène à la formation Titre pro Maçon, 8 mois, à Metz, dès le 1er février",
    },
    {
        "url": "#offre-2",
        "title": "Conductrice-livreuse, conducteur-livreur sur véhicule utilitaire léger",
        "company": "Transports et déménagements de la Haute-Moselle",
        "city": "Plappeville-sur-les-Hauts-de-Metz",
        "distance": "environ 11 km",
        "facts": [fact("5 jours"), fact("Permis B indispensable", "bad"), fact("Dates à convenir")],
    },
    {
        "url": "#offre-3",
        "title": "Visite d’un chantier de gros œuvre",
        "company": "Bâtir 57",
        "city": "Thionville",
        "facts": [fact("Visite (½ journée)"), fact("6 places le 3 décembre", "due")],
    },
]
TODOS = [
    {
        "what": "Signez votre convention",
        "why": "Immersion chez Pierre & Chaux, du 7 au 9 décembre. L’entreprise a signé hier.",
        "by": "Avant le vendredi 4 décembre, sinon la place est rendue.",
        "url": "#convention",
        "label": "Lire et signer",
    },
    {
        "what": "Répondez à Inès",
        "why": "Elle demande une immersion de maçon, du 7 au 9 décembre.",
        "by": "Sa demande s’arrête dans 2 jours sans réponse de vous.",
        "url": "#candidature",
        "label": "Lire sa demande",
        "late": True,
    },
]
STEPS = [
    {"label": "Candidature envoyée", "note": "12 novembre", "status": "done"},
    {"label": "Immersion réservée", "note": "14 novembre, par Pierre & Chaux", "status": "done"},
    {"label": "Convention : à vous de signer", "note": "avant le 4 décembre", "status": "now"},
    {"label": "Immersion", "note": "du 7 au 9 décembre"},
    {"label": "Vos deux bilans"},
]
PATHS = [
    [
        {"label": "Immersion", "note": "3 jours", "status": "now"},
        {"label": "Formation", "note": "8 mois"},
        {"label": "CDI", "note": "1 950 € brut"},
    ],
    [
        {"label": "Immersion", "note": "faite", "status": "done"},
        {"label": "Formation", "note": "depuis le 1er février", "status": "now"},
        {"label": "Contrat"},
    ],
]
ANSWERS = [
    {"label": "Métier", "value": "Maçon, maçonne", "url": "#metier"},
    {"label": "Ce qu’on fera", "value": "Préparer un mortier\nMonter un rang", "url": "#taches"},
    {"label": "Tuteur ou tutrice", "value": "", "url": "#tuteur"},
]
WAYS = [
    {"label": "Chercher jusqu’à 60 km", "url": "#60", "note": "12 immersions"},
    {"label": "Voir un métier proche : couvreur, couvreuse", "url": "#proche"},
    {"label": "Tout ce qui se fait près de Metz", "url": "#tout", "note": "87 immersions"},
]
NAV = [
    {"label": "À faire", "url": "#a-faire", "current": True, "count": 2},
    {"label": "Candidatures", "url": "#candidatures"},
    {"label": "Offres", "url": "#offres"},
    {"label": "Messages", "url": "#messages", "count": 1},
    {"label": "Équipe", "url": "#equipe"},
]


def sample_context() -> dict:
    """What the page shows: no database, nothing that could be mistaken for a real person."""
    paginator = Paginator(range(240), 20)
    return {
        "offers": OFFERS,
        "todos": TODOS,
        "steps": STEPS,
        "ended": [*STEPS[:2], {"label": "Refusée", "note": "16 novembre", "status": "bad"}],
        "paths": PATHS,
        "answers": ANSWERS,
        "ways": WAYS,
        "nav": NAV,
        "moments": [("7 h 45", "Café au dépôt, tenue fournie"), ("12 h", "Repas pris en charge")],
        "slots": [("1", "7 au 9 décembre (2 places)"), ("2", "4 au 6 janvier (3 places)")],
        "crumbs": [("Accueil", "/"), ("Offres", "/offres/")],
        "next_steps": [
            "Pierre & Chaux répond sous 10 jours, toujours.",
            "Vous recevrez un e-mail, et la réponse sera aussi dans votre espace.",
            "Si c’est oui, vous signerez une convention avant de commencer.",
        ],
        "rows": [
            ("Inès", "Maçon, maçonne", dt.date(2026, 11, 12), "À vous de répondre", "due"),
            ("Karim", "Couvreur, couvreuse", dt.date(2026, 11, 9), "Réservée", "good"),
            ("Zoé", "Maçon, maçonne", dt.date(2026, 11, 2), "Expirée", "off"),
        ],
        "page_obj": paginator.page(6),
        "pages": paginator.get_elided_page_range(6, on_each_side=1, on_ends=1),
        "blank": SampleForm(auto_id="vide_%s"),
        "wrong": SampleForm({"name": "Martin", "pay": "beaucoup"}, auto_id="faux_%s"),
        "notes": [
            Message(SUCCESS, "Votre profil est enregistré."),
            Message(WARNING, "Votre brouillon s’efface dans 3 jours."),
            Message(ERROR, "La dernière place vient d’être prise."),
        ],
    }


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """The page itself; elsewhere than in the demo it does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/components.html", sample_context())
