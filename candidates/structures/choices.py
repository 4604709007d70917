"""Which structures a page proposes: those that were searched, else the nearest."""

from candidates.structures.models import SupportStructure
from candidates.structures.queries import NEAREST
from territories.models import Commune

FOUND = 15
LONGEST_WORDS = 100


def proposed(words: str, near: Commune | None) -> list[SupportStructure]:
    """Open structures, the nearest to `near` first; all that `words` find, when something is typed."""
    structures = SupportStructure.objects.open().for_list()
    words = words.strip()[:LONGEST_WORDS]
    if words:
        found = structures.named(words)
        return list((found.nearest_to(near) if near else found.order_by("name", "pk"))[:FOUND])
    return list(structures.nearest_to(near)[:NEAREST]) if near else []


def with_the_posted_one(shown: list[SupportStructure], posted: str) -> list[SupportStructure]:
    """What was chosen on another page of results is a choice too."""
    is_number = posted.isascii() and posted.isdigit() and len(posted) < 19
    if not is_number or any(str(structure.pk) == posted for structure in shown):
        return shown
    return [*shown, *SupportStructure.objects.open().for_list().filter(pk=posted)]
