"""What each side types about a project. A form decides nothing: it feeds an action."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join

from commitments.projects import actions
from commitments.projects.choice import seats_words
from commitments.projects.exits import Situation
from commitments.projects.models import CANDIDATE_REASONS, COMPANY_REASONS, EndReason, Side
from commitments.projects.rules import NO_CARRIER
from core import french
from territories.travel import USUAL, Travel
from trainings.models import Session

TEXT = {"rows": 3}
DATE = {"type": "date"}
CHOOSE = {"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse dans la liste."}
A_DATE = {"required": "Choisissez une date.", "invalid": "Écrivez une date, par exemple 31/01/2027."}


def date_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=hint, widget=widget, required=required, error_messages=A_DATE
    )


class ProposeForm(forms.Form):
    expires_on = date_field(
        "Date limite pour signer",
        f"De {actions.LEAST_DAYS} à {actions.MOST_DAYS} jours. Passé ce jour, le projet se clôt de lui-même.",
    )


def plain(value: Any) -> Any:
    """« 35 » rather than « 35,00 »."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


class AskedIf(forms.CharField):
    """Needed under a condition that its label says: so not « facultatif », and the form looks at it."""

    def validate(self, value: Any) -> None:
        """Empty may be right."""


class EmployerField(forms.ChoiceField):
    """The company itself is the empty answer: given already, so not « facultatif »."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def check_carrier(form: forms.Form, data: dict[str, Any]) -> None:
    """Somebody else is the employer: their name and their SIRET."""
    for field in ("carrier_name", "carrier_siret") if data.get("carrier") else ():
        if not data.get(field) and field not in form.errors:
            form.add_error(field, NO_CARRIER)


class SessionField(forms.ModelChoiceField):
    widget = forms.RadioSelect
    travel = USUAL

    def label_from_instance(self, session: Session) -> str:
        """What and when first; then where, how long, how to get there: a line each, read on a phone."""
        action = session.action
        km = getattr(session, "distance_km", None)
        where = [
            action.training.organisation.name,
            action.town,
            french.kilometres(km) if km is not None else "",
        ]
        taught = action.training.hours_total
        length = [french.counted(taught, "heure") if taught else "", seats_words(session)]
        lines = [", ".join(filter(None, where)), " · ".join(filter(None, length)), self.travel.words(km)]
        return format_html(
            "<strong>{}, {}</strong>{}",
            action.training.title,
            session.dates,
            format_html_join("", "<small>{}</small>", ([line] for line in lines if line)),
        )


class PledgeForm(forms.Form):
    session = SessionField(
        label="Votre formation",
        queryset=Session.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Choisissez une session.",
            "invalid_choice": "Cette session n’est plus ouverte : choisissez-en une autre.",
        },
    )

    def __init__(self, *args: Any, sessions: Any, travel: Travel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].travel = travel
        self.fields["session"].queryset = sessions


class StopForm(forms.Form):
    """A reason from the closed list of this side, and a few words."""

    reason = forms.ChoiceField(label="Pour quelle raison ?", widget=forms.RadioSelect, error_messages=CHOOSE)
    words = forms.CharField(
        label="En quelques mots",
        help_text="L’autre partie les lit. Rien sur la santé.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = CANDIDATE_REASONS if side == Side.CANDIDATE else COMPANY_REASONS
        self.fields["reason"].choices = [(it.value, it.label) for it in reasons]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("reason") == EndReason.OTHER and not data.get("words", "").strip():
            self.add_error("words", "Dites pourquoi, en quelques mots.")
        return data


class LeaveForm(StopForm):
    """The person leaves: what becomes of them is asked with it."""

    situation = forms.ChoiceField(
        label="Et vous, où en êtes-vous ?",
        choices=[(it.value, it.label) for it in Situation if it != Situation.THERE],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites où vous en êtes : un parcours ne se clôt pas sans cela.",
            "invalid_choice": "Choisissez une réponse dans la liste.",
        },
    )
    field_order = ["reason", "situation", "words"]


class HireEarlyForm(forms.Form):
    words = forms.CharField(
        label="Un mot, si vous voulez", required=False, max_length=600, widget=forms.Textarea(attrs=TEXT)
    )


class AmendForm(forms.Form):
    session = SessionField(
        label="Une autre session",
        queryset=Session.objects.none(),
        required=False,
        blank=True,
        empty_label="Garder la même session",
        error_messages={"invalid_choice": "Cette session n’est plus ouverte : choisissez-en une autre."},
    )
    starts_by = date_field("L’embauche a lieu au plus tard le")
    words = forms.CharField(
        label="Pourquoi ce changement ?",
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )

    def __init__(self, *args: Any, sessions: Any, travel: Travel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].travel = travel
        if sessions is None:
            del self.fields["session"]
        else:
            self.fields["session"].queryset = sessions
