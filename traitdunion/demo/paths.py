"""People of the demo whose project is signed: one at each later stage, and one at each end.

Each step is the site's own action, with its clock at the moment of the step (`Past.at`).
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import Following
from commitments.contracts import actions as contracts
from commitments.contracts import declaring, disputing
from commitments.contracts.models import Contract
from commitments.contracts.versions import Version
from commitments.courses import actions as courses
from commitments.courses import concerns
from commitments.followups import actions as followups
from commitments.followups.models import FollowUp
from commitments.projects import actions, ending, steps
from commitments.projects.models import Commitment
from commitments.seats import actions as seats
from commitments.seats import losing, validating
from commitments.seats.models import Income, SeatRequest
from immersions.applications.models import Application
from immersions.offers.models import Offer
from trainings.models import Session, TrainingAction
from trainings.models.sessions import SessionStatus
from traitdunion.demo import accounts, applications, in_training, projects
from traitdunion.demo.catalogue import GROUP
from traitdunion.demo.offers import offers_by_key
from traitdunion.demo.past import Past
from traitdunion.demo.paths_moved import SIGNED, WRITTEN, move_path
from traitdunion.demo.people import manager_of
from traitdunion.demo.story import Story

MARK = "demo-path"
POSTS = 8  # All the people of one offer have a post of it.
# The immersion, then both halves, then both yes: so many days before the session begins.
IMMERSION = 40
STAY = "submit@25 book@22 about@21 welcome@20 sign-candidate@19 sign-company@18 sign-advisor@17"
STAY_ENDS = "sheet start finish report-candidate report-company"
WAY = "propose@33 choose@32 write@31 sign-company@30 sign-candidate@29 validate@24 admit@20"
FRIDAY = 4
LATEST = -10  # For who has not begun: as if the session had, in ten days.
# What each session is: its action, how many days ago it began, how many weeks it lasts.
SESSIONS: dict[str, tuple[str, int, int]] = {
    "under way": ("plaquiste-57751", 44, 19),
    "just begun": ("plaquiste-57751", 0, 20),
    "over": ("peintre-57463", 109, 15),
    "just over": ("peintre-57463", 95, 14),
    "long over": ("plombier-54395", 150, 10),
    "to come": ("plombier-54395", -40, 28),
}
WHY = "J’ai vu ce métier de près et je veux l’apprendre pour de bon."
# What suspends the promise, beside following the training to its end.
CONDITIONS = {"maeva.jacquot": ("fitness",), "fatou.ndiaye": ("certified",)}
SAID = {
    "why": WHY,
    "experience": "Des travaux chez des proches.",
    "needs": "",
    "candidate_says": "yes yes yes",
    "candidate_words": "L’équipe prend le temps d’expliquer. Je veux continuer.",
    "private_words": "",
    "company_says": "yes yes yes",
    "company_words": "Une personne sérieuse, que nous voulons former.",
}


class Path:
    """One person, their project, and whoever speaks for each side."""

    def __init__(self, past: Past, key: str, offer: Offer, session: Session) -> None:
        self.past, self.key, self.offer, self.session = past, key, offer, session
        self.candidate = Candidate.objects.select_related("user").get(user__email=_email(key))
        self.person = self.candidate.user
        self.manager = manager_of(offer.company)
        self.pk = 0

    @property
    def project(self) -> Commitment:
        return Commitment.objects.for_page().get(pk=self.pk)

    @property
    def request(self) -> SeatRequest:
        return SeatRequest.objects.for_page().filter(commitment=self.pk).latest("pk")

    @property
    def trainer(self) -> User:
        return self.session.action.training.organisation.confirmed_members().first()

    @property
    def advisor(self) -> User:
        following = Following.objects.live().get(candidate=self.candidate)
        return following.structure.confirmed_members().order_by("pk").first()

    @property
    def contract(self) -> Contract:
        return Contract.objects.filter(commitment=self.pk).select_related("commitment").latest("pk")

    def last_question(self) -> FollowUp:
        due = FollowUp.objects.due().filter(commitment=self.pk).select_related("commitment")
        return due.latest("due_on")


def _write(path: Path, *conditions: str) -> None:
    it = path.project
    half = projects.half(it, path.session)
    half[steps.JOB]["posts"] = path.offer.posts or POSTS
    half[steps.CONDITIONS] |= {"conditions": ["completed", *conditions]}
    if "certified" in conditions:
        half[steps.CONDITIONS]["certification"] = path.session.action.training.certification_title
    for step, said in half.items():
        actions.write_promise(path.project, step, said, by=path.manager)


def _declare(path: Path, *, starts_in: int, **less: Any) -> None:
    promise = path.project.promise
    usual: dict[str, Any] = {
        "kind": promise.contract,
        "starts_on": timezone.localdate() + dt.timedelta(days=starts_in),
        "hours_weekly": promise.hours_weekly,
        "pay_gross_monthly": promise.pay_gross_monthly,
    }
    declaring.declare(path.project, declaring.Facts(**usual | less), by=path.manager)


def _declare_less(path: Path) -> None:
    """Four months, where an open-ended contract was promised."""
    today = timezone.localdate()
    _declare(path, starts_in=5, kind="cdd", ends_on=today + dt.timedelta(days=125))


def _dispute(path: Path) -> None:
    words = "Nous avions dit 35 heures ; la feuille que l’on me donne en compte 30."
    own = Version(hours_weekly=Decimal(30))
    disputing.dispute_contract(path.contract, by=path.person, reason="pay", words=words, said=own)


def _answer(path: Path, situation: str, satisfaction: int | None = None, *, by: User | None = None) -> None:
    said = followups.Answer(situation=situation, satisfaction=satisfaction)
    followups.give_answer(path.last_question(), said, by=by or path.person)


def _finish(path: Path, result: str) -> None:
    courses.finish_course(path.request, by=path.trainer, result=result)


def _ask_for_help(path: Path) -> None:
    words = "Trois retards cette semaine : le premier bus n’arrive plus à l’heure."
    concerns.add_word(path.request, by=path.trainer, words=words, asks_for_help=True)


def _leave(path: Path) -> None:
    courses.leave_course(path.request, by=path.trainer, reason="travel")


STEPS: dict[str, Callable[[Path], object]] = {
    "choose": lambda it: actions.choose_session(it.project, it.session, by=it.person),
    "sign-company": lambda it: projects.sign(it.project, it.manager, is_entitled=True),
    "sign-candidate": lambda it: projects.sign(it.project, it.person, is_entitled=False),
    "amend-company": in_training.company_asks_later,
    "amend-candidate": in_training.candidate_asks_later,
    "validate": lambda it: validating.validate_project(
        it.request.validation, by=it.advisor, income=Income.REGION
    ),
    "admit": lambda it: seats.admit_seat(it.request, by=it.trainer),
    "refuse": lambda it: seats.refuse_seat(it.request, by=it.trainer, reason="test", words=""),
    "no-seat": lambda it: losing.lose_seat(it.project, by=it.person, reason="not_admitted"),
    "enter": lambda it: courses.enter_course(it.request, by=it.trainer, entered_on=it.session.starts_on),
    "paper": in_training.bring_agreement,
    "elsewhere-stay": in_training.go_elsewhere,
    "how": in_training.ask_how_it_goes,
    "fine": in_training.fine_for_both,
    "worried": in_training.worried,
    "help": _ask_for_help,
    "leave": _leave,
    "hire-early": lambda it: ending.hire_early(it.project, by=it.manager),
    "break": lambda it: ending.break_promise(it.project, by=it.manager, reason="activity"),
    "withdraw": lambda it: ending.withdraw_from(
        it.project, by=it.person, reason="other_job", situation="short_job"
    ),
    "certified": lambda it: _finish(it, "certified"),
    "not-certified": lambda it: _finish(it, "not_certified"),
    "accept": lambda it: contracts.accept(it.project, by=it.person),
    "decline": lambda it: contracts.decline(it.project, by=it.person, reason="other_job"),
    "declare": lambda it: _declare(it, starts_in=5),
    "declare-less": _declare_less,
    "confirm": lambda it: declaring.confirm_contract(it.contract, by=it.person),
    "dispute": _dispute,
    "ask": lambda it: followups.ask_due(),
    "unknown": lambda it: followups.leave_unknown(it.last_question()),
    "there": lambda it: _answer(it, "there", 4),
    "looking": lambda it: _answer(it, "looking", 3),
    "elsewhere": lambda it: _answer(it, "elsewhere", by=it.advisor),
}
# What each step writes; past the signatures, all that follows them.
TABLES = dict.fromkeys(("propose", "choose", "write", "sign-company"), (WRITTEN,)) | dict.fromkeys(
    ("sign-candidate", "amend-company", "amend-candidate"), (WRITTEN, SIGNED)
)
HIRED = "enter@in certified@78 ask@77"
# Who, for which offer, in which session, and what has happened since both signed.
STORIES: tuple[tuple[str, str, str, str], ...] = (
    ("nina.colin", "plaquiste-bati", "under way", "enter@in paper@9 amend-company@2 how@0"),
    ("hakim.benamar", "plaquiste-bati", "under way",
     "enter@in elsewhere-stay@9 help@2 amend-candidate@1 how@0 worried@0"),
    ("jade.morin", "plaquiste-bati", "under way", "enter@in how@0 fine@0"),
    ("sarah.thiriet", "plaquiste-bati", "under way", "enter@in leave@5 ask@4"),
    ("bruno.gillet", "plaquiste-bati", "under way", "enter@in hire-early@4 ask@3 there@2"),
    ("louise.pierron", "plaquiste-bati", "under way", "enter@in break@3 ask@2 how@0"),
    ("idriss.camara", "plaquiste-bati", "under way", "enter@in withdraw@5"),
    ("karim.belkacem", "plaquiste-bati", "just begun", ""),
    ("gaelle.marchal", "peintre-chaux", "just over", "enter@in how@45 fine@45"),
    ("maeva.jacquot", "peintre-chaux", "over", "enter@in certified@3 ask@2"),
    ("paul.lemaire", "peintre-chaux", "over", "enter@in certified@3 ask@2"),
    ("rosa.ferreira", "peintre-chaux", "over", "enter@in certified@4 accept@3 ask@2"),
    ("theo.mangin", "peintre-chaux", "over", "enter@in certified@4 accept@3 declare@2 ask@2"),
    ("lola.antoine", "peintre-chaux", "over", "enter@in certified@4 accept@3 declare@2 ask@2 dispute@1"),
    ("fatou.ndiaye", "peintre-chaux", "over", "enter@in not-certified@4 ask@3 looking@2"),
    ("yann.houot", "peintre-chaux", "over", "enter@in certified@4 decline@3 ask@2"),
    ("amelie.noirot", "plombier-nancy", "long over",
     f"{HIRED} there@77 accept@76 declare@75 confirm@73 ask@50 there@49"),
    ("samir.haddouche", "plombier-nancy", "long over",
     f"{HIRED} accept@76 declare-less@75 confirm@73 unknown@52 ask@50 elsewhere@35"),
    ("elise.grandjean", "chauffage-nancy", "to come", ""),
    ("marc.vautrin", "chauffage-nancy", "to come", "refuse@5 no-seat@4"),
)  # fmt: skip


def seed_paths(past: Past) -> None:
    """By the site's own actions; who has had a project is left alone."""
    sessions = {name: _session(past, *told) for name, told in SESSIONS.items()}
    offers = offers_by_key()
    begun = set(Commitment.objects.values_list("candidate__user__email", flat=True))
    for key, offer, session, told in STORIES:
        if _email(key) not in begun:
            _tell(Path(past, key, offers[offer], sessions[session]), told)


def _session(past: Past, action: str, days_ago: int, weeks: int) -> Session:
    """Its own, so that nobody takes the seats of the others; the next ones may still choose it."""
    known = Session.objects.filter(external_id=f"{MARK}-{action}-{weeks}").first()
    if known is not None:
        return known
    today = timezone.localdate()
    starts_on = _first_day(today, days_ago)
    session = Session.objects.create(
        action=TrainingAction.objects.get(external_id=f"demo-{action}"),
        external_id=f"{MARK}-{action}-{weeks}",
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(weeks=weeks, days=FRIDAY - 7 - starts_on.weekday()),
        status=SessionStatus.OPEN,
        seats_total=GROUP,
        seats_left=GROUP,
    )
    if starts_on < today < session.ends_on and days_ago:
        in_training.tell_stays(session, past, today)
    return session


def _first_day(today: dt.date, days_ago: int) -> dt.date:
    """A Monday; for a session that has just begun, the last working day: nobody is late to say who came."""
    if not days_ago:
        return today - dt.timedelta(days=max(0, today.weekday() - FRIDAY))
    day = today - dt.timedelta(days=days_ago)
    return day - dt.timedelta(days=day.weekday())


def _tell(path: Path, told: str) -> None:
    begun = (timezone.localdate() - path.session.starts_on).days
    base = begun if begun > 0 else LATEST
    application = _stay(path, base + IMMERSION)
    for step in f"{WAY} {told}".split():
        verb, _, when = step.partition("@")
        if verb == "admit" and "refuse" in told:
            continue
        ago = base + int(when) if step in WAY else begun if when == "in" else int(when)
        moment = path.past.moment(ago, path.key)
        with path.past.at(moment):
            if verb == "propose":
                path.pk = actions.propose_commitment(application, by=path.person).pk
            elif verb == "write":
                _write(path, *CONDITIONS.get(path.key, ()))
            else:
                STEPS[verb](path)
        for tables in TABLES.get(verb, (SIGNED,)):
            move_path(path.past, moment, path.pk, tables)
        path.past.move_messages(moment)


def _stay(path: Path, ago: int) -> Application:
    """Their immersion, from the application to both reports."""
    begins = -round(ago * 5 / 7)
    days = " ".join(f"{verb}@{ago + int(before)}" for verb, before in (s.split("@") for s in STAY.split()))
    row = SAID | {"candidate": path.key, "offer": path.offer.title, "begins": str(begins), "days": "2"}
    story = Story(row | {"steps": f"{days} {STAY_ENDS}"}, path.offer, path.candidate, path.manager)
    applications.tell(story, path.past)
    return Application.objects.get(pk=story.application.pk)


def _email(key: str) -> str:
    return f"{key}@{accounts.DOMAIN}"
