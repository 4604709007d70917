"""Where an application stands, in words: its state, who must act, and by when."""

from dataclasses import dataclass

from django.utils import timezone

from accounts import roles
from core import french
from immersions.applications.models import Application
from immersions.applications.words import day_words, thing_words, when_words
from immersions.applications.workflow import ApplicationStatus as S


@dataclass(frozen=True, slots=True)
class Standing:
    """A word for a label; then who must do what, and by when. `is_yours`: the reader must act."""

    word: str
    kind: str = "off"
    who: str = ""
    what: str = ""
    by: str = ""
    is_yours: bool = False
    may_look_elsewhere: bool = False


KINDS: dict[str, str] = {
    S.SUBMITTED: "due",
    S.BOOKED: "good",
    S.CONFIRMED: "good",
    S.IN_PROGRESS: "good",
    S.COMPLETED: "good",
    S.DECLINED: "bad",
    S.CANCELLED: "bad",
    S.NO_SHOW: "bad",
}


def for_candidate(application: Application) -> Standing:
    offer = application.offer
    word, kind = application.get_status_display(), KINDS.get(application.status, "off")
    due = day_words(application.answer_due_on)
    match application.status:
        case S.SUBMITTED if application.open_question:
            return Standing(
                "À vous de répondre",
                kind,
                "Vous",
                "répondez à la question de l’entreprise.",
                f"Avant le {due}.",
                is_yours=True,
            )
        case S.SUBMITTED:
            return Standing(
                word,
                kind,
                offer.company.name,
                "lit votre candidature et vous répond.",
                f"Au plus tard le {due}. Sans réponse, nous vous proposons d’autres immersions.",
            )
        case S.BOOKED:
            return _to_sign(application, "Vous, l’entreprise et la structure qui vous accompagne")
        case S.CONFIRMED:
            thing = thing_words(offer).lower()
            return Standing(
                word, kind, "Vous", f"venez pour votre {thing} : {when_words(application.slots)}."
            )
        case S.IN_PROGRESS:
            return Standing(
                word, kind, "Vous", "y êtes : bonne immersion.", "Votre bilan vous attend le dernier jour."
            )
        case S.DECLINED | S.EXPIRED | S.CANCELLED:
            what = "pouvez demander une autre immersion, quand vous voulez."
            return Standing(word, kind, "Vous", what, may_look_elsewhere=True)
    return Standing(word, kind)


def for_company(application: Application) -> Standing:
    word, kind = application.get_status_display(), KINDS.get(application.status, "off")
    name = application.candidate.user.first_name
    due = day_words(application.answer_due_on)
    match application.status:
        case S.SUBMITTED if application.open_question:
            return Standing(
                "Question posée",
                "off",
                name,
                "doit répondre à votre question.",
                f"Vous pouvez décider sans attendre. Fin du délai le {due}.",
            )
        case S.SUBMITTED:
            return Standing(
                "À répondre",
                kind,
                "Vous",
                "donnez une place, posez une question ou refusez.",
                f"Avant le {due}, sinon la candidature se clôt.",
                is_yours=True,
            )
        case S.BOOKED:
            return _to_sign(application, f"Vous, {name} et la structure qui l’accompagne")
        case S.CONFIRMED:
            return Standing(word, kind, "Vous", f"accueillez {name} : {when_words(application.slots)}.")
        case S.IN_PROGRESS:
            return Standing(
                word,
                kind,
                "Vous",
                f"accueillez {name} en ce moment.",
                "Votre bilan vous attend le dernier jour.",
            )
        case S.EXPIRED:
            return Standing("Close sans réponse", kind)
    return Standing(word, kind)


def _to_sign(application: Application, who: str) -> Standing:
    word, kind = application.get_status_display(), KINDS.get(application.status, "off")
    return Standing(word, kind, who, "signez la convention.", f"Avant le {_first_day(application)}.")


def _first_day(application: Application) -> str:
    slots = application.slots
    return day_words(slots[0].first_day) if slots else "premier jour"


def is_full(application: Application) -> bool:
    """Every slot that was wished is taken: better said than discovered."""
    wished = list(application.wished_slots.all())
    return (
        application.status == S.SUBMITTED
        and bool(wished)
        and not any(slot.is_open and slot.places_left > 0 for slot in wished)
    )


HISTORY = {
    # Transition: (what a candidate reads, what a company reads).
    "submit": ("Candidature envoyée", "Candidature reçue"),
    "renew": ("Prolongation d’une immersion",) * 2,
    "ask": ("L’entreprise vous pose une question", "Vous posez une question"),
    "answer": ("Vous répondez", "Réponse reçue"),
    "book": ("Place réservée", "Place donnée"),
    "book_visit": ("Visite réservée", "Place donnée"),
    "reschedule": ("Nouvelles dates acceptées",) * 2,
    "reschedule_visit": ("Nouvelle date acceptée",) * 2,
    "decline": ("L’entreprise ne peut pas vous accueillir", "Candidature refusée"),
    "close_with_offer": ("L’offre est fermée", "Refusée avec la fermeture de l’offre"),
    "withdraw": ("Vous retirez votre candidature", "Candidature retirée par la personne"),
    "cancel": ("L’entreprise annule", "Vous annulez"),
    "confirm": ("Convention signée par tous : immersion confirmée",) * 2,
    "refuse_agreement": ("La structure qui vous accompagne refuse la convention", "Convention refusée"),
    "expire": ("Close : l’entreprise n’a pas répondu", "Close : pas de réponse à temps"),
    "lapse": ("Annulée : la convention n’était pas signée à temps",) * 2,
    "start": ("L’immersion commence",) * 2,
    "finish": ("L’immersion est finie",) * 2,
    "interrupt": ("L’immersion s’arrête avant la fin",) * 2,
    "no_show": ("Une absence est signalée",) * 2,
    "settle_absence": ("Un agent a dit du fait de qui",) * 2,
    "tell_absence": ("L’autre version est arrivée",) * 2,
}
BAD_NEWS = ("decline", "close_with_offer", "cancel", "refuse_agreement", "expire", "lapse", "no_show")


Step = dict[str, str]


def history_of(application: Application, *, is_company: bool) -> list[Step]:
    """The steps of `components/timeline.html`, oldest first: what happened, then what comes."""
    first = "renew" if application.renews_id else "submit"
    steps = [
        {
            "label": HISTORY[first][is_company],
            "note": french.day(application.submitted_on),
            "status": "done",
        }
    ]
    steps += [
        {
            "label": HISTORY.get(event.transition, (event.transition,) * 2)[is_company],
            "note": french.day(timezone.localdate(event.at)),
            "status": "bad" if event.transition in BAD_NEWS else "done",
        }
        for event in application.events.all()
        if event.transition != "submit"
    ]
    return steps + _ahead(application, is_company=is_company)


def _ahead(application: Application, *, is_company: bool) -> list[Step]:
    """What is left until the end, the next thing first."""
    thing = thing_words(application.offer)
    due = day_words(application.answer_due_on)
    answer = "Votre réponse" if is_company else f"Réponse {french.of(application.offer.company.name)}"
    coming = {"label": thing, "note": when_words(application.slots)}
    match application.status:
        case S.SUBMITTED:
            return [_now(answer, f"avant le {due}"), {"label": thing}]
        case S.BOOKED:
            signed = _now("Convention signée par tous", f"avant le {_first_day(application)}")
            return [signed, coming, {"label": "Vos deux bilans"}]
        case S.CONFIRMED:
            return [_now(coming["label"], coming["note"]), {"label": "Vos deux bilans"}]
        case S.IN_PROGRESS:
            return [_now("Vos deux bilans", "le dernier jour")]
        case S.COMPLETED | S.INTERRUPTED:
            return [_reports(application, is_company=is_company)]
    return []


def _reports(application: Application, *, is_company: bool) -> Step:
    """Both are given, or whose is awaited."""
    side, label = (roles.COMPANY if is_company else roles.CANDIDATE), "Vos deux bilans"
    awaited = {it.side for it in application.reports.all() if it.is_open}
    if not awaited:
        return {"label": label, "note": "", "status": "done"}
    if side in awaited:
        return _now(label, "trois questions : le vôtre est attendu")
    other = application.candidate.user.first_name if is_company else "l’entreprise"
    return _now(label, f"le vôtre est donné, on attend celui de {other}")


def path_of(application: Application) -> list[Step]:
    """Immersion — formation — contrat: where one is on the whole way."""
    is_done = application.status == S.COMPLETED
    immersion = {"label": "Immersion", "status": "done" if is_done else "now"}
    return [immersion, {"label": "Formation"}, {"label": "Contrat"}]


def _now(label: str, note: str) -> Step:
    return {"label": label, "note": note, "status": "now"}
