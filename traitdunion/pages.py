"""What a public service owes: help, contact, legal notice, personal data, accessibility, site map.

Who publishes comes from the region and the settings: a second region is not a change of code.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from traitdunion.context import current_region
from traitdunion.templatetags.addresses import is_served

SITE_MAP = [
    (
        "Chercher",
        [
            ("Accueil", "/"),
            ("Offres d’immersion", "/offres/"),
            ("Formations", "/formations/"),
            ("Statistiques", "/statistiques/"),
        ],
    ),
    (
        "Votre espace",
        [
            ("Se connecter", "/connexion/"),
            ("Créer un compte", "/inscription/"),
            ("Espace candidat", "/candidat/"),
            ("Espace entreprise", "/entreprise/"),
            ("Espace organisme de formation", "/organisme/"),
            ("Espace conseiller", "/conseiller/"),
        ],
    ),
    ("Être aidé", [("Aide", "/aide/"), ("Contact", "/contact/")]),
    (
        "Vos droits",
        [
            ("Accessibilité : non conforme", "/accessibilite/"),
            ("Données personnelles", "/donnees-personnelles/"),
            ("Mentions légales", "/mentions-legales/"),
        ],
    ),
]


def publisher() -> dict:
    """Who answers for the site; what is not known yet stays empty and the page says so."""
    return {
        "name": settings.PUBLISHER_NAME,
        "address": settings.PUBLISHER_ADDRESS,
        "director": settings.PUBLISHER_DIRECTOR,
        "host": settings.HOSTED_BY,
        "dpo_email": settings.DPO_EMAIL,
    }


def plain(request: HttpRequest, name: str, **context) -> HttpResponse:
    return render(request, f"pages/{name}.html", {"publisher": publisher(), **context})


@login_not_required
def helping(request: HttpRequest) -> HttpResponse:
    return plain(request, "aide")


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    return plain(request, "contact")


@login_not_required
def legal_notice(request: HttpRequest) -> HttpResponse:
    return plain(request, "mentions-legales", tiles=bool(settings.TILE_URL))


@login_not_required
def personal_data(request: HttpRequest) -> HttpResponse:
    return plain(request, "donnees-personnelles")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return plain(request, "accessibilite")


@login_not_required
def site_map(request: HttpRequest) -> HttpResponse:
    sections = [
        (title, [(label, url) for label, url in links if is_served(url)]) for title, links in SITE_MAP
    ]
    return plain(request, "plan-du-site", sections=sections)


@login_not_required
@cache_control(public=True, max_age=300)
def colours(request: HttpRequest) -> HttpResponse:
    """The two colours of the open region, over those of `site.css`; checked when they are saved."""
    region = current_region()
    css = ""
    if region:
        css = ":root{{--accent:{accent_color};--hyphen:{highlight_color}}}\n".format(**region)
    return HttpResponse(css, content_type="text/css; charset=utf-8")
