"""The immersions of the demo that have begun: sheet, start, end, reports, attestation, absence.

The site's clock stands at the moment of each step (`Past.at`): its own rules then say yes or no, as they did that day.
"""

import datetime as dt

from immersions.applications.models import Application
from immersions.stays import actions, report_actions, sweeps
from immersions.stays.dates import period_of
from immersions.stays.grids import grid_of
from immersions.stays.models import Absence, Attestation, Level, Notice, Report, ReportEvent, Side
from immersions.stays.report_actions import Answers
from immersions.stays.workflow import ReportStatus
from territories.delays import wait_in
from traitdunion.demo.past import Past
from traitdunion.demo.story import Story
from traitdunion.demo.tables import chance

MORNING = dt.time(7)
SHEET_DAYS = dt.timedelta(days=3)
MINUTE = dt.timedelta(minutes=1)


def report(story: Story, side: str) -> None:
    """« oui, peut-être, non, et ensuite », as the table says it."""
    answers = dict(
        zip(("came", "fits", "goes_on", "what_next"), story.row[f"{side}_says"].split(), strict=False)
    )
    is_candidate = side == Side.CANDIDATE
    given = Answers(
        **answers,
        half_days=period_of(story.application).half_days,
        words=story.row[f"{side}_words"],
        private_words=story.row["private_words"] if is_candidate else "",
    )
    by = story.person if is_candidate else story.company
    report_actions.give_report(_report(story, side), given, by=by)


def skills(story: Story, side: str) -> None:
    """The tutor's make the attestation."""
    grid = grid_of(story.offer.occupation_id)
    key = f"{story.row['candidate']} {side}"
    levels = {skill: Level.values[1:][chance(f"{key} {skill}", len(Level.values) - 1)] for skill in grid}
    by = story.person if side == Side.CANDIDATE else story.company
    report_actions.observe_skills(_report(story, side), levels, by=by)


def _report(story: Story, side: str) -> Report:
    return Report.objects.select_related("application").get(application=story.application, side=side)


def interrupt(story: Story) -> None:
    row = story.row
    actions.interrupt_stay(story.application, by=story.person, reason=row["reason"], words=row["words"])


def absent(story: Story, side: str) -> None:
    """Each side's version of the same morning."""
    is_candidate = side == Side.CANDIDATE
    by, words = (
        (story.person, story.row["other_words"]) if is_candidate else (story.company, story.row["words"])
    )
    actions.tell_absence(
        story.application, by=by, whose="nobody" if is_candidate else "candidate", words=words
    )


STEPS = {
    "sheet": lambda story: sweeps.send_sheet(story.application),
    "start": lambda story: actions.start_stay(story.application),
    "finish": lambda story: actions.finish_stay(story.application),
    "interrupt": interrupt,
    "absent-company": lambda story: absent(story, Side.COMPANY),
    "absent-candidate": lambda story: absent(story, Side.CANDIDATE),
    "report-company": lambda story: report(story, Side.COMPANY),
    "report-candidate": lambda story: report(story, Side.CANDIDATE),
    "skills-company": lambda story: skills(story, Side.COMPANY),
    "skills-candidate": lambda story: skills(story, Side.CANDIDATE),
}


def moment_of(verb: str, application: Application) -> dt.datetime:
    """The dates of the immersion say when its steps come."""
    period = period_of(application)
    begins, ends = period.begins_at, period.ends_at
    first_morning = dt.datetime.combine(period.first_day, MORNING, begins.tzinfo)
    return {
        "sheet": first_morning - SHEET_DAYS,
        "start": dt.datetime.combine(period.first_day, dt.time(0, 5), begins.tzinfo),
        "absent-company": begins + 40 * MINUTE,
        "absent-candidate": begins + 220 * MINUTE,
        "finish": ends + 5 * MINUTE,
        "report-candidate": ends + 50 * MINUTE,
        "skills-candidate": ends + 52 * MINUTE,
        "report-company": ends + 70 * MINUTE,
        "skills-company": ends + 75 * MINUTE,
    }[verb]


def move(past: Past, moment: dt.datetime, story: Story) -> None:
    application = story.application
    for model in (Absence, Attestation, Notice, Report):
        past.move(moment, model, "application_id", application.pk)
    reports = Report.objects.filter(application=application).values_list("pk", flat=True)
    past.move(moment, ReportEvent, "report_id", *reports)


def remind(past: Past, story: Story) -> None:
    """What the sweep has done since for a report that does not come: a week-end may lie between."""
    for report in Report.objects.filter(application=story.application, status=ReportStatus.ASKED):
        wait = wait_in(report.application.offer.department_code, "report")
        [first, *_] = wait.reminders
        if sweeps.WATCH.waited(report) >= first:
            report.wait_step += 1
            report.save(update_fields=["wait_step"])
            sweeps.remind_report(report, number=1)
            past.move_messages(report.waiting_since + dt.timedelta(days=first))
