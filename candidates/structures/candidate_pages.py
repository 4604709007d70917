"""« Qui vous accompagne ? »: one question, which never stands in the way of applying."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from candidates.models import Candidate
from candidates.structures import actions
from candidates.structures.choices import proposed, with_the_posted_one
from candidates.structures.forms import WhoForm
from candidates.structures.models import Following
from candidates.views import safe_next
from core import french
from core.rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Where it stands, and the question: the nearest structures, a search, or « je ne sais pas »."""
    own = Candidate.objects.of(request.user).select_related("user", "commune__department")
    candidate = get_object_or_404(own)
    words = request.GET.get("q", "")
    shown = proposed(words, candidate.commune)
    if request.method == "POST":
        shown = with_the_posted_one(shown, request.POST.get("structure", ""))
        form = WhoForm(request.POST, shown=shown, near=candidate.commune)
    else:
        form = WhoForm(shown=shown, near=candidate.commune)
    if form.is_valid():
        try:
            messages.success(request, _answer(candidate, form))
        except RuleBroken as refusal:
            form.add_error("structure", refusal)
        else:
            return redirect(safe_next(request) or "structures:mine")
    followings = list(Following.objects.of(request.user).for_list())
    context = {
        "form": form,
        "words": words,
        "found": len(shown),
        "current": followings[0] if followings else None,
        "next": safe_next(request),
    }
    return render(request, "candidates/structures/mine.html", context)


def _answer(candidate: Candidate, form: WhoForm) -> str:
    """Do what was chosen, and say what happens next."""
    structure = form.chosen()
    if structure:
        following = actions.choose_structure(candidate, structure, by=candidate.user)
    else:
        following = actions.ask_default_structure(candidate, by=candidate.user)
    if following is None:
        return "C’est noté. Un agent de la Région cherche qui peut vous accompagner. Continuez sans attendre."
    if following.status == "followed":
        return f"{following.structure.name} vous accompagne déjà."
    due = french.day(following.answer_due_on, weekday=True)
    return f"C’est noté. {following.structure.name} vous répond au plus tard le {due}."
