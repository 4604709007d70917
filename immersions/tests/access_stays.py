"""Who may open what, from the start on: the two sides, the structure; the link is its own key."""

from types import SimpleNamespace

from immersions.applications.models import Application
from immersions.factories import OfferFactory
from immersions.stays.attestations import issue
from immersions.stays.factories import a_report, a_stay
from immersions.stays.models import Absence, Level, Observation, Report
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    PAGE,
    VISITOR,
    Route,
    all_answer,
    only,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def stay(world: SimpleNamespace, status: str) -> Application:
    """Between the world's candidate and company."""
    offer = OfferFactory(workplace=world.offer.workplace)
    return a_stay(status, begins_in=-1, offer=offer, candidate=world.candidate)


def in_progress(world: SimpleNamespace) -> list:
    return [stay(world, "in_progress").pk]


def in_no_show(world: SimpleNamespace) -> list:
    application = stay(world, "no_show")
    for side, by in (("candidate", world.candidate.user), ("company", world.company.confirmed_members()[0])):
        Absence.objects.create(application=application, side=side, whose=side, words="Dit.", said_by=by)
    return [application.pk]


def reported(world: SimpleNamespace, *, given: bool = False) -> Application:
    application = stay(world, "completed")
    answers = {"came": "yes", "fits": "yes", "goes_on": "yes"} if given else {}
    for side in ("candidate", "company"):
        report = a_report(side, application=application, **answers)
        if given:
            Report.objects.filter(pk=report.pk).update(status="given", given_at=report.asked_at)
    return application


def with_reports(world: SimpleNamespace) -> list:
    return [reported(world).pk]


def with_given_reports(world: SimpleNamespace) -> list:
    return [reported(world, given=True).pk]


def with_attestation(world: SimpleNamespace) -> list:
    application = reported(world, given=True)
    report = application.reports.get(side="company")
    Observation.objects.create(report=report, skill="Monter un rang droit", level=Level.ALONE)
    issue(report)
    return [application.pk]


def link(world: SimpleNamespace) -> list:
    return [reported(world).reports.get(side="company").token]


def link_of_given(world: SimpleNamespace) -> list:
    return [reported(world, given=True).reports.get(side="company").token]


def a_missing_report(world: SimpleNamespace) -> list:
    return [reported(world).reports.get(side="company").pk]


def both_sides(name: str, args, *, reads: bool = False) -> dict[str, Route]:
    """The same page for each side, at its own address."""
    return {
        f"immersions:{prefix}{name}": Route(
            get=only(role), post=ONLY_READ if reads else only(role), args=args
        )
        for prefix, role in (("", CANDIDATE), ("received_", MEMBER))
    }


ROUTES = {
    **both_sides("stay_sheet", in_progress, reads=True),
    **both_sides("stay_interrupt", in_progress),
    **both_sides("stay_absence", in_progress),
    **both_sides("stay_incident", in_progress),
    **both_sides("stay_report", with_reports),
    # An empty grid has seen nothing: it comes back with its error.
    **both_sides("stay_grid", with_given_reports),
    **both_sides("stay_reports", with_given_reports, reads=True),
    **both_sides("stay_renew", in_progress),
    **both_sides("settlement_ask", in_no_show),
    "immersions:stay_attestation": Route(get=only(CANDIDATE), post=ONLY_READ, args=with_attestation),
    "immersions:report_link": Route(get=all_answer(PAGE), post=all_answer(PAGE), args=link),
    "immersions:report_link_grid": Route(get=all_answer(PAGE), post=all_answer(PAGE), args=link_of_given),
    "immersions:followed_stay": Route(get=only(ADVISOR), post=ONLY_READ, args=in_progress),
    "immersions:report_close": Route(
        get=ONLY_READ, post=only(ADVISOR, answer=ELSEWHERE), args=a_missing_report
    ),
}
