"""What an agent answers to a training need."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Case, Exists, OuterRef, When

from immersions.needs.models import TrainingNeed
from immersions.needs.workflow import NeedAnswer
from trainings.geometry import within
from trainings.models import Session, TrainingOccupation


class SessionChoice(forms.ModelChoiceField):
    def label_from_instance(self, session: Session) -> str:
        training, action = session.action.training, session.action
        return f"{training.title} · {training.organisation.name} · {action.town} · {session.dates}"


DOMAIN = 3  # « F17 » in « F1703 » (ROME): trades that one learns side by side.
NEARER = ("Métiers du même domaine", "Métiers de la même famille", "Autres formations à portée")


class AnswerForm(forms.Form):
    use_required_attribute = False

    answer = forms.ChoiceField(
        label="Ce que vous avez trouvé",
        choices=[("", "Choisir…"), *NeedAnswer.choices],
        error_messages={"required": "Choisissez une réponse."},
    )
    session = SessionChoice(
        label="Session à rattacher",
        queryset=Session.objects.none(),
        required=False,
        empty_label="Aucune",
        help_text=(
            "Seulement quand une session est rattachée. Financées par la Région, à venir, avec des places, à portée des "
            "offres. Leur formation mènera à ce métier, et les offres paraîtront aussitôt."
        ),
    )
    words = forms.CharField(
        label="En quelques mots",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Les entreprises qui attendent lisent ces mots : qui les appelle, quand, ou pourquoi rien.",
        error_messages={"required": "Dites ce que vous avez trouvé, en quelques mots."},
    )

    instead_of = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, need: TrainingNeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (
            need.is_answered and need.answered_at
        ):  # Which answer the agent reads: the whole of it, to the instant.
            self.initial["instead_of"] = need.answered_at.isoformat()
        field = self.fields["session"]
        field.queryset = sessions_near(need)
        field.choices = [("", field.empty_label), *by_nearness(field.queryset, field)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_session = data.get("answer") == NeedAnswer.SESSION
        if is_session and not data.get("session") and "session" not in self.errors:
            self.add_error("session", "Choisissez la session à rattacher.")
        if not is_session and data.get("session"):
            self.add_error(
                "session", "Choisissez « Une session est rattachée à ce métier », ou aucune session."
            )
        return data


def sessions_near(need: TrainingNeed) -> Any:
    """What rule 1 would count for one of the offers that wait, if its training led to their trade."""
    km = need.department.region.publication_radius_km
    points = need.shares.filter(left_at=None).values_list("offer__x", "offer__y")
    near = Session.objects.none()
    for x, y in set(points):
        near = near | Session.objects.eligible().filter(within("action__position", km, x, y))
    keys = near.values("pk") if points else []
    leading = TrainingOccupation.objects.filter(training=OuterRef("action__training"))
    code = need.occupation_id
    domain, family = (
        Exists(leading.filter(occupation__code__startswith=code[:length])) for length in (DOMAIN, 1)
    )
    return (
        Session.objects.filter(pk__in=keys)
        .for_offer_page()
        .annotate(nearness=Case(When(domain, then=0), When(family, then=1), default=2))
        .order_by("nearness", "action__training__title", "action__town", "starts_on", "pk")
    )


def by_nearness(sessions: Any, field: SessionChoice) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """The likeliest on top: an agent looks for a trade close to this one."""
    for nearness, some in groupby(sessions, key=lambda session: session.nearness):
        yield NEARER[nearness], [(it.pk, field.label_from_instance(it)) for it in some]
