"""From what someone typed to one commune, several to choose from, or none.

A typed figure is a postcode first: 416 INSEE codes read like another place's postcode. An INSEE code
travels in addresses as `lieu`, chosen in a list; typed text as `q_lieu`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, Q, QuerySet

from territories import geocoder
from territories.geo import Place
from territories.models import Commune, CommunePostcode, Department, FormerCommune
from territories.models.places import CommuneQuerySet
from territories.sounds import heard
from territories.text import plain
from territories.typed import Typed

INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}", re.ASCII)
CHOICES = 12  # For a name. A postcode offers all its communes: 46 at most.
SUGGESTIONS = 10
ALIKE = 0.45
LONG_ENOUGH = 4  # Sounds that begin a name: « sain dié ».
UNKNOWN = "Lieu non reconnu. Écrivez une commune ou un code postal."
NOTHING = "Écrivez une commune ou un code postal."
WHICH = "Plusieurs lieux répondent à ce nom : choisissez le vôtre."
PERHAPS = "Lieu non reconnu. Vouliez-vous dire l’un de ceux-ci ?"
PERHAPS_THIS = "Lieu non reconnu. Vouliez-vous dire celui-ci ?"


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """One `place`; or `choices`, and a `message` that asks; or neither, and it says so."""

    typed: str
    place: Place | None = None
    choices: list[Commune] = field(default_factory=list)
    message: str = ""

    @property
    def is_found(self) -> bool:
        return self.place is not None

    @property
    def is_ambiguous(self) -> bool:
        return bool(self.choices)

    @property
    def is_unknown(self) -> bool:
        return self.place is None and not self.choices


def place_of(code: str) -> Place | None:
    """The place of an INSEE code, of today or of yesterday (`lieu=`)."""
    commune = commune_of(code)
    return Place.of_commune(commune) if commune else None


def commune_of(code: str) -> Commune | None:
    """The commune of an INSEE code. A code of yesterday gives the commune of today."""
    cleaned = code.strip().upper()
    if not INSEE.fullmatch(cleaned):
        return None
    return (
        Commune.objects.select_related("department").filter(pk=cleaned).first()
        or Commune.objects.select_related("department").filter(former__code=cleaned).first()
    )


def find_places(typed: str) -> PlaceAnswer:
    """What a person means by a name, a postcode, an INSEE code or an address. Never raises."""
    shown = " ".join(typed.replace("\x00", " ")[:120].split())
    asked = Typed.read(typed)
    if asked.is_empty:
        return PlaceAnswer(shown, message=UNKNOWN if shown else NOTHING)
    if asked.is_address and (address := geocoder.find(shown)):
        return PlaceAnswer(shown, place=address)
    found = _meant(asked)
    if len(found) == 1:
        return PlaceAnswer(shown, place=Place.of_commune(found[0]))
    if found:
        return PlaceAnswer(shown, choices=found, message=WHICH)
    alike = list(_alike(asked)[:CHOICES]) if asked.name else []
    message = (PERHAPS if len(alike) > 1 else PERHAPS_THIS) if alike else UNKNOWN
    return PlaceAnswer(shown, choices=alike, message=message)


def locate(address: str, commune: Commune) -> Place:
    """Where an address of `commune` is: its own point if the geocoder knows it, or the commune's."""
    return geocoder.find(address, commune=commune) or Place.of_commune(commune)


def suggest_places(typed: str) -> list[Commune]:
    """As one types: communes by the beginning of their postcode or by a piece of their name."""
    asked = Typed.read(typed)
    digits = plain(typed)
    communes = Commune.objects.for_list()
    if digits.isdigit() and 2 <= len(digits) <= 5:
        starts = CommunePostcode.objects.filter(commune=OuterRef("pk"), postcode__startswith=digits)
        same = communes.filter(Exists(starts)).order_by("-population", "pk")[:SUGGESTIONS]
        return list(same or communes.filter(pk=digits))
    found = list(_beside(communes.search(asked.name), asked)[:SUGGESTIONS])
    if found or len(asked.name) < 3:
        return found
    return list(_former(communes, asked.name)[:SUGGESTIONS] or _alike(asked)[:SUGGESTIONS])


def _beside(communes: CommuneQuerySet, asked: Typed) -> CommuneQuerySet:
    """« metz 57 » while one types: the figure narrows the list."""
    if asked.postcode:
        return communes.filter(Exists(_served(asked.postcode)))
    return communes.filter(department=asked.department) if asked.department else communes


def _served(postcode: str) -> QuerySet[CommunePostcode]:
    return CommunePostcode.objects.filter(commune=OuterRef("pk"), postcode=postcode)


def _meant(asked: Typed) -> list[Commune]:
    """The communes that the words designate, most certain first; empty when none does."""
    communes = Commune.objects.for_list()
    if not asked.name:
        return _by_code(asked)
    if named := _called(communes, asked):
        return named
    if former := list(_former(communes, asked.name)):
        return _hinted(former, asked) or _either(former, asked)
    if department := departments_named(asked.name):
        return _biggest_of(department[0].pk)
    if asked.is_address:
        found = _in_address(communes, asked)
        if found or not asked.postcode:
            return found
    elif len(asked.name) > 1 and (found := _hinted(_by_words(communes, asked), asked)[:CHOICES]):
        return found
    return _by_code(asked) if asked.postcode else []


def _by_words(communes: CommuneQuerySet, asked: Typed) -> CommuneQuerySet:
    """Names that have these words, the last one perhaps unfinished: « reins » is not Sarreinsming."""
    return communes.search(asked.name).filter(rank__lt=3)


def _with_article(name: str) -> list[str]:
    """« hopital » is also « l hopital », « bresse » « la bresse »."""
    return [name, *(f"{article} {name}" for article in ("l", "la", "le", "les"))]


def _called(communes: CommuneQuerySet, asked: Typed) -> list[Commune]:
    """Those of that name, in full rather than behind an article. The bigger ones whose name goes on
    stand beside them: near Metz, « saint julien » is not the village of the Vosges.
    """
    begins = Q(search_name__startswith=f"{asked.name} ")
    named = communes.filter(Q(search_name__in=_with_article(asked.name)) | begins)
    found = list(named.order_by("-population", "pk"))
    longer = [each for each in found if each.search_name.startswith(f"{asked.name} ")]
    behind = [each for each in found if each not in longer]
    exact = [each for each in behind if each.search_name == asked.name] or behind
    if not exact:
        return []
    if asked.postcode or asked.department:
        hinted = (_hinted(these, asked) for these in (exact, behind, longer))
        return next(filter(None, hinted), []) or _either(exact, asked)
    return exact + [each for each in longer if (each.population or 0) > (exact[0].population or 0)]


def _either(named: list[Commune], asked: Typed) -> list[Commune]:
    """« Metz 54000 »: the name says one place and the figure another. The person chooses."""
    coded = _by_code(asked)
    return [*named, *coded] if coded else []


def _by_code(asked: Typed) -> list[Commune]:
    if not asked.postcode:
        return _biggest_of(asked.department)
    communes = Commune.objects.for_list()
    served = communes.filter(postcodes__postcode=asked.postcode).order_by("-population", "pk")
    if found := list(served):
        return found
    return list(communes.filter(Q(pk=asked.postcode) | Q(former__code=asked.postcode)).distinct())


def _biggest_of(department: str) -> list[Commune]:
    in_it = Commune.objects.for_list().filter(department=department)
    return list(in_it.order_by("-population", "pk")[:CHOICES])


def _hinted(communes: Iterable[Commune], asked: Typed) -> list[Commune]:
    """Keep those of the postcode or the department written beside the name.

    An unknown postcode (« 57063 Metz cedex ») still says the department.
    """
    found = list(communes)
    if asked.postcode:
        served = [c for c in found if asked.postcode in {each.postcode for each in c.postcodes.all()}]
        return served or [c for c in found if _is_unknown(asked.postcode, c)]
    if asked.department:
        return [commune for commune in found if commune.department_id == asked.department]
    return found


def _is_unknown(postcode: str, commune: Commune) -> bool:
    """Of that department, and served to nobody: a delivery code, not another place's."""
    same = commune.department_id == postcode[: len(commune.department_id)]
    return same and not CommunePostcode.objects.filter(postcode=postcode).exists()


def _former(communes: CommuneQuerySet, name: str) -> CommuneQuerySet:
    merged = FormerCommune.objects.filter(search_name=name).values("commune")
    return communes.filter(pk__in=merged).order_by("-population", "pk")


def _in_address(communes: CommuneQuerySet, asked: Typed) -> list[Commune]:
    """The commune named last in an address, the longest name winning: « rue de Metz, Nancy »."""
    words = f" {asked.name} "
    named = _hinted(communes.filter(search_name__in=asked.ends()), asked)
    if not named:
        return []

    def last(commune: Commune) -> tuple[int, int]:
        at = words.rfind(f" {commune.search_name} ")
        return at + len(commune.search_name), len(commune.search_name)

    best = max(map(last, named))
    return [commune for commune in named if last(commune) == best]


def _alike(asked: Typed) -> CommuneQuerySet:
    """Names that sound like it (« mets », « nanci »), then those that look like it (« thionvile »)."""
    said = heard(asked.name)
    sounds = [(heard(name), pk) for pk, name in Commune.objects.values_list("pk", "search_name")]
    same = Q(pk__in=[pk for sound, pk in sounds if sound == said])
    begins = [pk for sound, pk in sounds if len(said) >= LONG_ENOUGH and sound.startswith(said)]
    near = Commune.objects.annotate(likeness=TrigramSimilarity("search_name", asked.name), same=Q(same))
    near = near.filter(
        same | Q(pk__in=begins) | Q(search_name__trigram_similar=asked.name, likeness__gte=ALIKE)
    )
    return near.order_by("-same", "-likeness", "-population", "pk").for_list()


def departments_named(typed: str) -> list[Department]:
    """The departments whose name or number was typed, for filters of lists."""
    words = plain(typed)
    return [each for each in Department.objects.all() if words in (plain(each.name), each.code.lower())]
