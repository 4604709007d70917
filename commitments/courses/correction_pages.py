"""« Corriger » : an organisation said somebody's entry, stop or result by mistake. Only confirmed members, theirs."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commitments.courses import actions, correcting
from commitments.courses.forms import CorrectEntryForm, CorrectResultForm, UndoLeaveForm
from commitments.courses.organisation_pages import OVER, ask, page, theirs
from commitments.seats.models import Result
from commitments.seats.workflow import CORRECT_ENTRY, CORRECT_RESULT, UNDO_LEAVE, SeatStatus
from immersions.applications.candidate_pages import posted

OVER_FOR_THEM = (SeatStatus.FINISHED, SeatStatus.LEFT)


@page
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, or another person."""
    it, by = theirs(request, pk), request.user
    form = CorrectEntryForm(posted(request), initial={"entered_on": it.entered_on})

    def act(said: dict[str, Any]) -> None:
        if said["what"] == "person":
            correcting.undo_entry(it, by=by, why=said["why"])
        else:
            correcting.correct_entry(it, by=by, entered_on=said["entered_on"], why=said["why"])

    done = "C’est corrigé : la personne, l’entreprise et le conseiller le savent."
    over = correcting.LATER if it.status in OVER_FOR_THEM else OVER
    is_open = CORRECT_ENTRY.is_possible_from(it.status)
    return ask(request, it, form, "correct_entry", act, done, is_open=is_open, over=over)


@page
def result(request: HttpRequest, pk: int) -> HttpResponse:
    it, by = theirs(request, pk), request.user
    taught, said = actions.blocks_of(it), getattr(it, "course_result", None)
    known = {
        "result": it.result,
        "blocks": [str(block.pk) for block in said.blocks.all()] if said else [],
        "finished_on": it.left_on,
        "words": it.words,
    }
    form = CorrectResultForm(posted(request), request.FILES or None, blocks=taught, initial=known)

    def act(data: dict[str, Any]) -> None:
        ticked = data.pop("blocks", [])
        if data["result"] != Result.PARTLY:  # Those of the mistake were ticked beforehand.
            ticked = []
        chosen = [block for block in taught if str(block.pk) in ticked]
        correcting.correct_result(it, by=by, blocks=chosen, **data)

    done = "Le résultat est corrigé : chacun le sait."
    stays = correcting.why_result_stays(it)
    is_open = CORRECT_RESULT.is_possible_from(it.status) and not stays
    return ask(request, it, form, "correct_result", act, done, is_open=is_open, over=stays or OVER)


@page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    it, by = theirs(request, pk), request.user
    act = lambda said: correcting.undo_leave(it, by=by, why=said["why"])  # noqa: E731
    done = "L’arrêt est annulé\N{NO-BREAK SPACE}: la formation continue, chacun le sait."
    is_left = UNDO_LEAVE.is_possible_from(it.status)
    stays = correcting.why_leave_stays(it) if is_left else ""
    is_open, over = is_left and not stays, stays or OVER
    return ask(
        request, it, UndoLeaveForm(posted(request)), "correct_leave", act, done, is_open=is_open, over=over
    )
