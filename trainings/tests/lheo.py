"""Small LHÉO files, as a catalogue would write them."""

import datetime as dt
from xml.sax.saxutils import escape

from django.utils import timezone

NAMESPACE = "http://lheo.gouv.fr/2.3"
METZ = ("57000", "Metz", "57463")


def in_days(days: int) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=days):%Y%m%d}"


def catalogue(*formations: str, namespace: str = NAMESPACE) -> str:
    body = "".join(formations)
    return f"<?xml version='1.0' encoding='UTF-8'?><lheo xmlns='{namespace}'><offres>{body}</offres></lheo>"


def formation(
    number: str = "AF_1",
    *actions: str,
    title: str = "Maçon",
    rome: tuple[str, ...] = ("F1703",),
    content: str = "Gros œuvre",
    objective: str = "Construire",
    siret: str = "78334702400052",
    organisation: str = "BTP CFA Grand Est",
    extra: str = "",
) -> str:
    codes = "".join(f"<code-ROME>{code}</code-ROME>" for code in rome)
    given = "".join(actions or [action()])
    return f"""<formation numero="{number}">
        <domaine-formation><code-FORMACODE ref="V14">22252</code-FORMACODE>{codes}</domaine-formation>
        <intitule-formation>{escape(title)}</intitule-formation>
        <objectif-formation>{escape(objective)}</objectif-formation>
        <contenu-formation>{escape(content)}</contenu-formation>
        <contact-formation><coordonnees><telfixe><numtel>03 53 01 83 41</numtel></telfixe>
          <courriel>contact@example.org</courriel></coordonnees></contact-formation>
        <code-niveau-entree>0</code-niveau-entree>
        <certification><code-RNCP>38511</code-RNCP><code-CERTIFINFO>110153</code-CERTIFINFO></certification>
        <code-niveau-sortie>13</code-niveau-sortie>{extra}{given}
        <organisme-formation-responsable><numero-activite>44544223454</numero-activite>
          <SIRET-organisme-formation><SIRET>{siret}</SIRET></SIRET-organisme-formation>
          <nom-organisme>{escape(organisation)}</nom-organisme>
        </organisme-formation-responsable></formation>"""


def action(
    number: str = "AC_1",
    *sessions: str,
    funders: tuple[str, ...] = ("2",),
    permanent: bool = False,
    places: tuple[str, ...] | None = None,
    extra: str = "",
) -> str:
    where = "".join([place()] if places is None else places)
    paid = "".join(
        f"<organisme-financeur><code-financeur>{code}</code-financeur></organisme-financeur>"
        for code in funders
    )
    return f"""<action numero="{number}"><modalites-enseignement>0</modalites-enseignement>{where}
        <modalites-entrees-sorties>{int(permanent)}</modalites-entrees-sorties>
        {"".join(sessions or [session()])}
        <nombre-heures-total>490</nombre-heures-total>{extra}{paid}</action>"""


def place(
    postcode: str = METZ[0], town: str = METZ[1], insee: str = METZ[2], where: str | None = None
) -> str:
    code = f"<code-INSEE-commune>{insee}</code-INSEE-commune>" if insee else ""
    where = METZ_DEGREES if where is None else where
    return f"""<lieu-de-formation><coordonnees><nom>CFA</nom><adresse><ligne>1 rue des Écoles</ligne>
        <codepostal>{postcode}</codepostal><ville>{town}</ville>{code}{where}</adresse>
        </coordonnees></lieu-de-formation>"""


def degrees(latitude: object, longitude: object) -> str:
    both = f"<latitude>{latitude}</latitude><longitude>{longitude}</longitude>"
    return f"<geolocalisation>{both}</geolocalisation>"


METZ_DEGREES = degrees("49.11911", "6.17269")


def session(
    number: str = "SE_1",
    start: str | None = None,
    end: str | None = None,
    *,
    status: str = "1",
    seats: str = "",
    extra: str = "",
) -> str:
    state = f"<etat-recrutement>{status}</etat-recrutement>" if status else ""
    places = f"<recrutement><nb-places>{seats}</nb-places></recrutement>" if seats else ""
    return f"""<session numero="{number}"><periode><debut>{start or in_days(30)}</debut>
        <fin>{end or in_days(120)}</fin></periode>{state}{places}{extra}</session>"""
