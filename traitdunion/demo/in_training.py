"""What happens while people of the demo are in training: check-ins, internships, a change to sign."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from accounts.roles import CANDIDATE, COMPANY
from commitments.courses import checkins, internships
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn
from commitments.courses.workflow import CheckInStatus, moments_between
from commitments.projects import amending
from core.signing.scans import read_scan
from trainings.models import Session
from trainings.organisations.actions import Days, tell_periods
from traitdunion.demo import projects
from traitdunion.demo.past import Past

if TYPE_CHECKING:
    from accounts.models import User
    from traitdunion.demo.paths import Path

WEEK = dt.timedelta(weeks=1)
TWO_WORKING_WEEKS = dt.timedelta(days=11)
FRIDAY = 4
LATER = dt.timedelta(days=45)
# One page, in the words of a paper that an organisation makes itself.
PAGE = (
    "BT /F1 20 Tf 60 760 Td (Convention de stage) Tj 0 -34 Td /F1 12 Tf "
    "(Exemple de d\\351monstration : l\\222organisme d\\351pose ici sa propre convention, sign\\351e.) Tj ET"
)


def asked_lately(starts_on: dt.date, today: dt.date) -> dt.date:
    """The last day of a training of which one has just asked how it goes: on a day at work, at its first third."""
    begun = (today - starts_on).days
    days = [starts_on + dt.timedelta(days=3 * (begun - 4) + more) for more in range(12)]
    asked = (day for day in days if moments_between(starts_on, day)[0] <= today)
    return max((day for day in asked if day.weekday() <= FRIDAY), key=lambda day: (day.weekday(), day))


def tell_stays(session: Session, past: Past, today: dt.date) -> None:
    """Two weeks that go on, and two at the end; the last day follows the question of every third."""
    session.ends_on = asked_lately(session.starts_on, today)
    session.save(update_fields=["ends_on"])
    trainer = session.action.training.organisation.confirmed_members().first()
    soon = today + dt.timedelta(days=2)  # On a week-end, the week to come.
    last = session.ends_on - 3 * WEEK
    mondays = [day - dt.timedelta(days=day.weekday()) for day in (soon - WEEK, last)]
    with past.at(past.moment((today - session.starts_on).days + 40, "stays")):
        stays = [Days(monday, monday + TWO_WORKING_WEEKS) for monday in mondays]
        tell_periods(session, by=trainer, periods=stays)


# --- « Tout va bien ? » --------------------------------------------------------------------------
def ask_how_it_goes(path: "Path") -> None:
    for row in CheckIn.objects.to_ask().filter(seat_request=path.request):
        checkins.ask(row)


def _say(path: "Path", side: str, *, is_worried: bool = False, words: str = "") -> None:
    row = CheckIn.objects.get(seat_request=path.request, side=side, status=CheckInStatus.ASKED)
    by = path.person if side == CANDIDATE else path.manager
    checkins.answer(row, by=by, is_worried=is_worried, words=words)


def fine_for_both(path: "Path") -> None:
    _say(path, CANDIDATE)
    _say(path, COMPANY, words="Nous nous parlons chaque vendredi.")


def worried(path: "Path") -> None:
    _say(path, CANDIDATE, is_worried=True, words="Je ne sais pas comment venir le matin.")


# --- Internships ---------------------------------------------------------------------------------
def bring_agreement(path: "Path") -> None:
    """The paper of the internship that goes on."""
    scan = read_scan(ContentFile(_paper(), name="convention.pdf"))
    internships.give_document(_internships(path)[0], by=path.trainer, scan=scan)


def go_elsewhere(path: "Path") -> None:
    """The last one takes place in another company, and says why."""
    row = _internships(path)[-1]
    internships.plan_internship(
        path.request,
        by=path.trainer,
        instead_of=row,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        host_name="Plâtres du Sablon",
        host_contact="Karine Adam, 03 53 01 15 00",
        elsewhere_reason="Un chantier de plafonds, que l’entreprise n’a pas en ce moment.",
    )


def _internships(path: "Path") -> list[Internship]:
    return list(Internship.objects.standing().filter(seat_request=path.request))


def _paper() -> bytes:
    """The smallest PDF that every reader opens."""
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(PAGE)}>>\nstream\n{PAGE}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(f"{len(text):010} 00000 n \n")
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{''.join(places)}"
    end = f"trailer\n<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF\n"
    return (text + table + end).encode("ascii")


# --- A change that waits for a signature ---------------------------------------------------------
def company_asks_later(path: "Path") -> None:
    words = "Le chantier de l’été commence plus tard : nous vous attendons dès la rentrée."
    _amend(path, path.manager, words)
    projects.sign(path.project, path.manager, is_entitled=True)


def candidate_asks_later(path: "Path") -> None:
    words = "Je dois déménager après la formation."
    _amend(path, path.person, words)
    projects.sign(path.project, path.person, is_entitled=False)


def _amend(path: "Path", by: "User", words: str) -> None:
    starts_by = path.project.starts_by + LATER
    amending.propose_amendment(path.project, by=by, starts_by=starts_by, words=words)
