"""The filters as the page shows them: groups of boxes, ticked as asked."""

from core.options import Option, some
from immersions.offers.models import Contract, FrenchLevel, Weight
from immersions.offers.search import Search
from immersions.offers.search_form import DURATION_WORDS, LEVELS
from territories.families import families

WEIGHTS = {
    Weight.HIRING: "Immersion avec embauche possible",
    Weight.DISCOVERY: "Immersion",
    Weight.VISIT: "Visite, ½ journée",
}
DETAILS = {
    "sans_voiture": "Accessible sans voiture",
    "sans_permis": "Permis non exigé",
    "debutants": "Débutants bienvenus",
}


def filters_of(search: Search) -> dict[str, list[Option]]:
    asked = {"sans_voiture": search.without_car, "sans_permis": search.without_licence}
    asked["debutants"] = search.for_beginners
    level = "" if search.level is None else search.level
    levels = LEVELS if str(level) in {"", *LEVELS} else LEVELS | {str(level): f"Niveau {level}"}
    return {
        "poids": some("poids", WEIGHTS, search.weights),
        "duree": some("duree", DURATION_WORDS, search.durations),
        "contrat": some("contrat", dict(Contract.choices), search.contracts),
        "niveau": some("niveau", levels, level),
        "francais": some("francais", dict(FrenchLevel.choices), search.french),
        "famille": some("famille", families(), search.families),
        "details": [Option(name, "1", label, asked[name]) for name, label in DETAILS.items()],
        "rayon": search.radii(),
    }
