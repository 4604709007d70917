"""The words of an offer: what an agent must look at (domain.md, rule 3), and both genders."""

import re
from dataclasses import dataclass

from immersions.offers.models import Offer, OfferDetail
from territories.models import Occupation
from territories.text import plain
from territories.words import genders

REPLACEMENT = "Une immersion ne remplace personne."
PEAK = "Une immersion ne répond pas à un surcroît d’activité."
SEASONAL = "Une immersion n’est pas un emploi saisonnier."
PERMANENT = "Une immersion n’occupe pas un poste de travail permanent."
UNPAID = "Une immersion n’est pas du travail gratuit."

# On words without accents, in small letters.
SMELLS: tuple[tuple[str, str], ...] = (
    (r"remplac\w*", REPLACEMENT),
    (r"conge (?:de )?(?:maternite|maladie|parental)", REPLACEMENT),
    (r"arret maladie", REPLACEMENT),
    (r"sur(?:croit|charge)(?: temporaire)?(?: d activite| de travail)?", PEAK),
    (r"accroissement(?: temporaire)?(?: d activite)?", PEAK),
    (r"pics?(?: d activite| de production)", PEAK),
    (r"(?:forte|haute) (?:activite|periode)", PEAK),
    (r"coups? de main", PEAK),
    (r"renforts?", PEAK),
    (r"saison\w*", SEASONAL),
    (r"(?:vendanges?|inventaires?)", SEASONAL),
    (r"postes? (?:permanents?|vacants?|a pourvoir immediatement)", PERMANENT),
    (r"en autonomie complete", PERMANENT),
    (r"periodes? d essai", UNPAID),
    (r"(?:travail|journees?|jours?|heures?) d essai", UNPAID),
    (r"(?:non|pas) (?:remunere\w*|paye\w*)", UNPAID),
    (r"benevol\w*", UNPAID),
    (r"heures? supplementaires?", UNPAID),
    (r"rendements?|cadences?|objectifs? de (?:vente|production)", UNPAID),
)
BOTH_GENDERS = re.compile(r"/|·|•|\(e\)|\(ne\)|\(trice\)|\([hf]\b|\b[hf] ?/ ?[hf]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at: the words as they were written, and why."""

    words: str
    why: str


def flags(offer: Offer) -> list[Flag]:
    """What an agent looks at before accepting, each once."""
    text = _bare(" ".join(_texts(offer)))
    found = {}
    for smell, why in SMELLS:
        for match in re.finditer(rf"\b(?:{smell})\b", text):
            found[match.group()] = Flag(match.group(), why)
    return list(found.values())


def _bare(text: str) -> str:
    return " ".join(plain(word) for word in text.split())


def _texts(offer: Offer) -> list[str]:
    detail = getattr(offer, "detail", None) or OfferDetail()
    moments = [str(moment.get("what", "")) for moment in detail.day_plan]
    return [
        offer.title,
        *detail.tasks,
        *moments,
        *detail.essentials,
        *detail.learned,
        detail.physical_demands,
        detail.working_hours,
        detail.about,
    ]


def single_gender_advice(title: str, occupation: Occupation) -> str:
    """A sentence when the title speaks to one gender only, or nothing."""
    if BOTH_GENDERS.search(title):
        return ""
    both = [set(plain(half).split()) for half in genders(occupation.title)]
    if len(both) < 2 or both[0] == both[1]:  # « Comptable », or one word for all.
        return ""
    words = set(plain(title).split())
    of_one = words & (both[0] ^ both[1])
    if not of_one or (words & (both[0] - both[1]) and words & (both[1] - both[0])):
        return ""
    return f"Ce titre ne parle qu’à une partie des personnes. Nous proposons « {occupation.title} »."
