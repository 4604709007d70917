"""What a project tells of a path: proposed, signed, ended; then the contract, and a year after."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADVISOR, CANDIDATE, COMPANY, ORGANISATION
from commitments.contracts.emails import answer_by, confirm_by
from commitments.contracts.models import Contract
from commitments.contracts.workflow import CONTESTED, ContractStatus
from commitments.followups.models import FollowUp, Moment, Speaker
from commitments.parcours.json_rows import as_day, day_of, rows_of
from commitments.parcours.lines import Document, Kind, Line, Path, State
from commitments.projects.exits import Situation
from commitments.projects.models import Commitment
from commitments.projects.texts import CommitmentVersion
from commitments.projects.workflow import CommitmentStatus
from core import french
from immersions.offers.models import Contract as ContractKind
from territories.delays import wait_in

S = CommitmentStatus
WAITS = {S.TRAINED: "document", S.TO_CONFIRM: "yes", S.ACCEPTED: "contract"}
READERS = (CANDIDATE, COMPANY, ADVISOR, ORGANISATION)
ENDED_BADLY = (
    S.CONDITIONS_UNMET,
    S.DECLINED,
    S.DROPPED_OUT,
    S.BROKEN_BY_COMPANY,
    S.WITHDRAWN_BY_CANDIDATE,
    S.NO_SEAT,
)
HIRED = (S.HIRED, S.HIRED_EARLY)


def lines_of(path: Path) -> list[Line]:
    return [line for it in commitments_of(path) for line in _all_of(it, path)]


def commitments_of(path: Path) -> list[Commitment]:
    """Read once for the lines, the sponsor and the parties."""
    if "commitments" not in path.rows:
        rows = Commitment.objects.filter(candidate=path.candidate).for_list()
        path.rows["commitments"] = list(
            rows.annotate(
                has_text=Exists(CommitmentVersion.objects.filter(commitment=OuterRef("pk"))),
                contract_rows=rows_of(
                    Contract.objects.order_by("declared_at"),
                    "commitment",
                    "status",
                    "kind",
                    "starts_on",
                    "ends_on",
                    "is_kept",
                    "declared_at",
                    "waiting_since",
                    "answered_at",
                    "status_since",
                ),
                follow_up_rows=rows_of(
                    FollowUp.objects.order_by("due_on"),
                    "commitment",
                    "moment",
                    "due_on",
                    "status",
                    "situation",
                    "said_by",
                    "answered_at",
                ),
            ).order_by("proposed_at", "pk")
        )
    return path.rows["commitments"]


def _all_of(it: Any, path: Path) -> list[Line]:
    lines = _project(it) + _promise(it) + _contract(it, path) + _follow_ups(it, path)
    if it.is_archived:  # What happened stays told; the act itself is for agents only.
        return [replace(line, page="", documents=()) for line in lines]
    return [replace(line, page=line.page or _page("commitment", it)) for line in lines]


def _page(name: str, it: Any) -> str:
    return reverse(f"commitments:{name}", args=[it.pk])


def _facts(it: Any) -> dict[str, Any]:
    session = it.pledge.session
    trainer = session.action.training.organisation_id if session and it.sealed_on else None
    return {"company": it.company_id, "organisation": trainer}


def _project(it: Any) -> list[Line]:
    facts = {**_facts(it), "kind": Kind.PROJECT}
    job = f"{it.promise.job_title}, chez {it.company.name}"
    lines = [Line(when=it.proposed_on, what=f"Projet emploi-formation proposé : {job}", **facts)]
    if it.status == S.PROPOSED:
        papers = (_pdf(it, "Texte à signer (PDF)"),) if it.has_text else ()
        who = f"{it.candidate.user.first_name} et {it.company.name}"
        what = "signent le projet" if it.has_text else "écrivent leur partie et signent le projet"
        yours = "signez le projet" if it.has_text else "écrivez chacun votre partie et signez le projet"
        lines.append(
            Line(
                when=it.proposed_on,
                what=what,
                yours=f"vous et {it.company.name} {yours}",
                who=who,
                by=it.expires_on,
                state=State.NOW,
                documents=papers,
                **facts,
            )
        )
    elif it.status == S.EXPIRED:
        lines.append(Line(when=timezone.localdate(it.status_since), what="Projet sans suite", **facts))
    return lines


def _pdf(it: Any, label: str) -> Document:
    return Document(label, reverse("commitments:pdf", args=[it.pk]), READERS)


def _promise(it: Any) -> list[Line]:
    if it.sealed_on is None:
        return []
    facts = {**_facts(it), "kind": Kind.PROMISE}
    training = it.pledge.session.action.training.title if it.pledge.session else ""
    lines = [
        Line(
            when=it.sealed_on,
            what=f"Promesse d’embauche signée par les deux : {it.promise.job_title}, chez {it.company.name}",
            detail=f"Formation promise : {training}, {it.pledge.session.dates}" if training else "",
            documents=(_pdf(it, "Projet emploi-formation (PDF)"),),
            **facts,
        )
    ]
    if it.status in ENDED_BADLY:
        what, yours = (
            f"Fin du projet : {word.lower()}" for word in (it.get_status_display(), it.status_for(CANDIDATE))
        )
        lines.append(Line(when=timezone.localdate(it.status_since), what=what, yours=yours, **facts))
    return lines


def _contract(it: Any, path: Path) -> list[Line]:
    page = _page("answer" if it.status == S.TO_CONFIRM else "contract", it) if _has_contract(it) else ""
    facts: dict[str, Any] = {**_facts(it), "kind": Kind.CONTRACT, "page": page}
    name = path.candidate.user.first_name
    lines = [
        Line(when=day_of(row["declared_at"]), what=_declared(row, it.company.name), **facts)
        for row in it.contract_rows
    ]
    has_open = any(row["status"] == ContractStatus.DECLARED for row in it.contract_rows)
    is_disputed = any(row["status"] == ContractStatus.DISPUTED for row in it.contract_rows)
    theirs = (
        "corrige le contrat contesté, ou un agent tranche"
        if is_disputed
        else "donne les dates du contrat signé"
    )
    waits = {
        S.TRAINED: ("", "on vérifie les conditions du contrat promis", ""),
        S.TO_CONFIRM: (name, "dit oui ou non au contrat promis", "vous dites oui ou non au contrat promis"),
        S.ACCEPTED: (name, "confirme le contrat déclaré", "vous confirmez le contrat déclaré")
        if has_open
        else (it.company.name, theirs, ""),
    }
    if it.status in waits:
        who, what, yours = waits[it.status]
        since = timezone.localdate(it.waiting_since)
        by = _ends_on(it, since)
        lines.append(Line(when=since, what=what, yours=yours, who=who, by=by, state=State.NOW, **facts))
    elif it.status in HIRED:
        early = " avant la fin de la formation" if it.status == S.HIRED_EARLY else ""
        sure = (ContractStatus.CONFIRMED, ContractStatus.DECIDED)
        kept = any(row["is_kept"] and row["status"] in sure for row in it.contract_rows)
        lines.append(
            Line(
                when=timezone.localdate(it.status_since),
                what=f"Embauche{early} chez {it.company.name}",
                detail="Promesse tenue" if kept else "",
                **facts,
            )
        )
    return lines


def _has_contract(it: Any) -> bool:
    """To say yes or no to, or declared: it has a page of its own."""
    return it.status == S.TO_CONFIRM or bool(it.contract_rows)


def _declared(row: dict[str, Any], company: str) -> str:
    """« Contrat déclaré par Durand : CDI, à partir du 4 janvier 2027 (contesté) »."""
    is_decided = row["status"] == ContractStatus.DECIDED
    said = "tranché par un agent de la Région" if is_decided else f"déclaré par {company}"
    ends = f", jusqu’au {_words(row['ends_on'])}" if row["ends_on"] else ""
    more = " (contesté)" if row["status"] in CONTESTED else ""
    return f"Contrat {said} : {ContractKind(row['kind']).label}, à partir du {_words(row['starts_on'])}{ends}{more}"


def _ends_on(it: Any, since: dt.date) -> dt.date | None:
    """The day that the letters and « À faire » say too."""
    if it.status == S.TO_CONFIRM:
        return answer_by(it)
    waiting = [row["waiting_since"] for row in it.contract_rows if row["status"] == ContractStatus.DECLARED]
    if waiting:
        return confirm_by(it, dt.datetime.fromisoformat(waiting[-1]))
    wait = wait_in(it.department_code, WAITS[it.status])
    days = wait.end or wait.reminders[-1]
    return since + dt.timedelta(days=days) if days else None


def _words(text: str) -> str:
    return french.day(day_of(text), year=True)


def _follow_ups(it: Any, path: Path) -> list[Line]:
    """The question, and its answer. What a company says of who works there is its own."""
    lines = []
    for row in it.follow_up_rows:
        is_theirs = row["said_by"] == Speaker.COMPANY and it.status in HIRED
        kind = Kind.FOLLOW_UP_COMPANY if is_theirs else Kind.FOLLOW_UP
        facts: dict[str, Any] = {**_facts(it), "kind": kind, "page": _page("follow_ups", it)}
        moment = Moment(row["moment"]).label.lower()
        due = day_of(row["due_on"])
        if row["status"] == "answered":
            day = as_day(row["answered_at"]) or due
            said = Situation(row["situation"]).label
            who = Speaker(row["said_by"]).label.lower()
            yours = "Dit par vous" if row["said_by"] == Speaker.CANDIDATE else ""
            what = f"Suivi, {moment} : « {said} »"
            lines.append(Line(when=day, what=what, detail=f"Dit par {who}", your_detail=yours, **facts))
        elif row["status"] == "unknown":
            lines.append(Line(when=due, what=f"Suivi, {moment} : pas de réponse", **facts))
        else:
            state = State.NOW if row["status"] == "asked" else State.NEXT
            what = f"à «\u00a0Où en êtes-vous ?\u00a0» ({moment})"
            yours, what = f"vous répondez {what}", f"répond {what}"
            name = path.candidate.user.first_name
            by = None if state == State.NOW else due
            lines.append(Line(when=due, what=what, yours=yours, who=name, by=by, state=state, **facts))
    return lines
