"""Follow a file of links: `code,skill,block`. A skill in the words of its occupation's grid.

The file says all the links of each occupation that it names; the others stay as they are.
"""

from typing import IO

from django.db import transaction

from commitments.gaps.models import TaughtSkill
from immersions.stays.grids import grid_of
from territories.imports.files import lines_of
from territories.imports.report import FileRefused, Report, RowRefused
from territories.models import Occupation
from trainings.models import SkillBlock

NEEDED = ("code", "skill", "block")
Link = tuple[str, str, int]


@transaction.atomic
def follow(file: IO[str], *, wet_run: bool) -> Report:
    """Dry, it does all of it and takes it back."""
    report = Report()
    known = set(Occupation.objects.values_list("pk", flat=True))
    blocks = dict(SkillBlock.objects.values_list("code", "pk"))
    grids: dict[str, dict[str, str]] = {}
    links: set[Link] = set()
    for number, raw in lines_of(file, needed=NEEDED):
        report.read += 1
        try:
            links.add(_sound(raw, known, blocks, grids))
        except RowRefused as reason:
            report.refuse(number, reason)
    if report.read and report.refused > report.read / 2:
        raise FileRefused(f"{report.refused} lignes refusées sur {report.read} : est-ce le bon fichier ?")
    _write(links, report)
    if not wet_run:
        transaction.set_rollback(True)
    return report


def _sound(
    raw: dict[str, str], known: set[str], blocks: dict[str, int], grids: dict[str, dict[str, str]]
) -> Link:
    code, block = raw["code"].strip().upper(), raw["block"].strip().upper()
    if code not in known:
        raise RowRefused(f"le métier « {code[:10]} » n’est pas connu")
    if block not in blocks:
        raise RowRefused(f"le bloc « {block[:40]} » n’est pas connu")
    if code not in grids:
        grids[code] = {skill.casefold(): skill for skill in grid_of(code)}
    skill = grids[code].get(" ".join(raw["skill"].split()).casefold())
    if skill is None:
        raise RowRefused(f"« {raw['skill'][:50]} » n’est pas dans la grille de {code}")
    return code, skill, blocks[block]


def _write(links: set[Link], report: Report) -> None:
    """Exactly these for the occupations named; only what differs is written."""
    named = {code for code, _, _ in links}
    ours = {
        (it.occupation_id, it.skill, it.block_id): it.pk
        for it in TaughtSkill.objects.filter(occupation__in=named)
    }
    fresh = sorted(links - ours.keys())
    TaughtSkill.objects.bulk_create(
        TaughtSkill(occupation_id=code, skill=skill, block_id=block) for code, skill, block in fresh
    )
    gone = [pk for link, pk in ours.items() if link not in links]
    TaughtSkill.objects.filter(pk__in=gone).delete()
    report.created += len(fresh)
    report.changed += len(gone)
    report.unchanged += len(links) - len(fresh)
