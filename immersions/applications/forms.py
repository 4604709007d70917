"""What each side types about an application. A form decides nothing: it feeds an action."""

import datetime as dt
from typing import Any

from django import forms

from accounts.phone import read_phone
from core.rules import RuleBroken
from immersions.applications.models import CANDIDATE_REASONS, COMPANY_REASONS, Application, EndReason
from immersions.applications.places import AgreedDates, check_dates
from immersions.applications.profile import MissingAnswers
from immersions.applications.seen import SlotField, SlotsField, seen
from immersions.applications.words import slot_words, week_words
from immersions.days import last_day_of, mondays_from, unusual_days
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer, Slot
from immersions.offers.queries import SlotQuerySet
from territories.forms import PlaceFormMixin

WEEKS_SHOWN = 8
TEXT = {"rows": 4}


class DescribedSlotsField(SlotsField):
    def label_from_instance(self, slot: Slot) -> str:
        left = slot.places_left
        said = f"{slot_words(slot)} · {left} place{'s' if left > 1 else ''}"
        remarks = unusual_days(slot.first_day, slot.last_day, slot.offer.department_code)
        return ". ".join([said, *(remark.rstrip(".") for remark in remarks)])


class ApplyForm(PlaceFormMixin):
    """Dates, three guided questions, and the few fields that the profile lacks."""

    QUESTIONS = ("why", "experience", "needs")

    why = forms.CharField(
        label="Pourquoi ce métier vous attire-t-il ?",
        help_text="Par exemple : « J’aime travailler dehors et voir ce que j’ai construit. »",
        max_length=600,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Dites en une phrase pourquoi ce métier vous attire."},
    )
    experience = forms.CharField(
        label="Avez-vous déjà fait ou vu quelque chose qui s’en approche ?",
        help_text="Un travail, un stage, un coup de main, une vidéo. « Non » est une bonne réponse.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs=TEXT),
    )
    needs = forms.CharField(
        label="Que faut-il savoir pour bien vous accueillir ?",
        help_text="Par exemple : « Je viens en bus, j’arrive à 8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}15. » "
        "Rien sur votre santé : vous en parlerez, si vous le voulez, avec la structure qui vous accompagne.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs=TEXT),
    )

    first_name = forms.CharField(
        label="Votre prénom",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Écrivez votre prénom."},
    )
    last_name = forms.CharField(
        label="Votre nom",
        help_text="L’entreprise le lit si elle vous donne une place, pas avant.",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Écrivez votre nom."},
    )
    phone = forms.CharField(
        label="Votre téléphone",
        help_text="L’entreprise le lit si elle vous donne une place, pas avant.",
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "Écrivez votre numéro de téléphone."},
    )
    q_lieu = forms.CharField(
        label="Votre commune ou votre code postal",
        help_text="Pour vous proposer d’autres immersions près de chez vous. L’entreprise ne la voit pas.",
        max_length=120,
        error_messages={"required": "Écrivez votre commune ou votre code postal."},
    )

    def __init__(self, *args, offer: Offer, missing: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.offer, self.missing = offer, missing
        asked = {*self.QUESTIONS, *missing, *(("q_lieu", "lieu") if "commune" in missing else ())}
        dates = self._slots_field() if offer.date_mode == DateMode.SLOTS else self._weeks_field()
        self.fields = dates | {name: field for name, field in self.fields.items() if name in asked}
        self.fields["why"].required = offer.needs_agreement

    def _slots_field(self) -> dict[str, forms.Field]:
        gone = "Ce créneau n’est plus libre. Choisissez-en un autre."
        chosen = "Cochez toutes celles qui vont : l’entreprise en choisira une."
        if self.offer.books_instantly:
            chosen = "La plus proche de celles que vous cochez est à vous tout de suite."
        return {
            "creneau": DescribedSlotsField(
                notice.open_slots(self.offer)
                .select_related("offer__commune")
                .order_by("first_day", "starts_at", "pk"),
                label="Quelles dates vous conviennent ?",
                help_text=chosen,
                error_messages={
                    "required": "Choisissez au moins un créneau.",
                    "invalid_choice": gone,
                    "invalid_pk_value": gone,
                },
            )
        }

    def _weeks_field(self) -> dict[str, forms.Field]:
        return {
            "semaine": forms.TypedMultipleChoiceField(
                label="Quelles semaines vous conviennent ?",
                help_text="Si vous n’en cochez aucune, toutes conviennent. L’entreprise propose les jours.",
                required=False,
                coerce=dt.date.fromisoformat,
                choices=[(day.isoformat(), week_words(day).capitalize()) for day in weeks_of(self.offer)],
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "invalid_choice": "Cette semaine n’est plus possible. Choisissez-en une autre."
                },
            )
        }

    def clean_phone(self) -> str:
        return read_phone(self.cleaned_data["phone"])

    def dates(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in ("creneau", "semaine")]

    def questions(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in self.QUESTIONS]

    def about_you(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in (*self.missing, "q_lieu", "lieu")]

    def answers(self) -> dict[str, Any]:
        """The arguments of `submit_application`."""
        data = self.cleaned_data
        return {
            "slots": list(data.get("creneau", [])),
            "weeks": data.get("semaine", []),
            "why": data["why"],
            "experience": data["experience"],
            "needs": data["needs"],
        }

    def missing_answers(self) -> MissingAnswers:
        typed = {name: self.cleaned_data[name] for name in self.missing if name != "commune"}
        return MissingAnswers(**typed, commune=self.commune)


def weeks_of(offer: Offer) -> list[dt.date]:
    """The weeks still to come that the company chose, or the next ones when it chose none."""
    soonest = notice.first_day_of(offer)
    chosen = [monday for monday in offer.weeks if monday + dt.timedelta(days=4) >= soonest]
    return sorted(chosen) or mondays_from(soonest, WEEKS_SHOWN)


class EndForm(forms.Form):
    """A reason from the closed list, and a few words."""

    reason = forms.ChoiceField(
        label="Pour quelle raison ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une raison.",
            "invalid_choice": "Choisissez une raison dans la liste.",
        },
    )
    words = forms.CharField(
        label="En quelques mots", required=False, max_length=600, widget=forms.Textarea(attrs=TEXT)
    )
    reasons: tuple[EndReason, ...] = ()
    words_hint = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in self.reasons]
        self.fields["words"].help_text = self.words_hint

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("reason") == EndReason.OTHER and not data.get("words", "").strip():
            self.add_error("words", "Dites pourquoi, en quelques mots.")
        return data


class WithdrawForm(EndForm):
    reasons = CANDIDATE_REASONS
    words_hint = "L’entreprise les lira."


class DeclineForm(EndForm):
    reasons = COMPANY_REASONS
    words_hint = "La personne les lira : un mot sincère l’aide pour la suite. Rien sur sa personne."


class TextForm(forms.Form):
    """One text: a question, or its answer."""

    text = forms.CharField(max_length=600, widget=forms.Textarea(attrs=TEXT))

    def __init__(self, *args, label: str, hint: str, empty: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        self.fields["text"].error_messages["required"] = empty


class BookSlotForm(forms.Form):
    """Which of the offer's slots; those that the person wished come first and say so."""

    slot = SlotField(
        queryset=Slot.objects.none(),
        label="Quel créneau ?",
        empty_label=None,
        error_messages={
            "required": "Choisissez un créneau.",
            "invalid_choice": "Ce créneau n’est plus libre. Choisissez-en un autre.",
        },
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        wished = {slot.pk for slot in application.wished_slots.all()}
        self.slots: SlotQuerySet = notice.open_slots(application.offer).select_related("offer__commune")
        field = self.fields["slot"]
        field.queryset = self.slots
        ordered = sorted(self.slots, key=lambda slot: (slot.pk not in wished, slot.first_day, slot.pk))
        field.choices = [(seen(slot), _choice(slot, is_wished=slot.pk in wished)) for slot in ordered]
        free = [slot.pk for slot in ordered if slot.pk in wished]
        if free:
            self.initial.setdefault("slot", free[0])

    def arguments(self) -> dict[str, Any]:
        return {"slot": self.cleaned_data["slot"]}


def _choice(slot: Slot, *, is_wished: bool) -> str:
    wish = "souhaité" if is_wished else "pas demandé : posez d’abord la question"
    remarks = unusual_days(slot.first_day, slot.last_day, slot.offer.department_code)
    return (
        " ".join([f"{slot_words(slot)} ({wish}).", *remarks]) if remarks else f"{slot_words(slot)} ({wish})"
    )


class AgreeDatesForm(forms.Form):
    """First day, last day and hours, for an offer whose dates are to agree."""

    first_day = forms.DateField(
        label="Premier jour", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label="Dernier jour", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts_at = forms.TimeField(
        label="De", initial=dt.time(8), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends_at = forms.TimeField(
        label="À", initial=dt.time(16), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    unusual_ok = forms.BooleanField(label="Oui, ces jours-là conviennent", required=False)

    def __init__(self, *args, application: Application, **kwargs):
        self.offer = application.offer
        super().__init__(*args, initial=self._likely(application), **kwargs)
        if "unusual_ok" not in self.data:
            self._unusual_ok = self.fields.pop("unusual_ok")
        for name, what in (("first_day", "le premier jour"), ("last_day", "le dernier jour")):
            field = self.fields[name]
            field.widget.attrs["min"] = notice.first_day_of(self.offer).isoformat()
            field.error_messages = {"required": f"Choisissez {what}.", "invalid": "Cette date n’existe pas."}
        for name in ("starts_at", "ends_at"):
            self.fields[name].error_messages = {
                "required": "Dites l’heure.",
                "invalid": "Une heure s’écrit comme 08:00.",
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            try:
                check_dates(self.offer, self._dates(data))
            except RuleBroken as refusal:
                self.add_error(refusal.code if refusal.code in self.fields else None, refusal.message)
            else:
                self._signal_unusual(data)
        return data

    def _signal_unusual(self, data: dict[str, Any]) -> None:
        """A Sunday, a public holiday of the department: signalled, not refused."""
        remarks = unusual_days(data["first_day"], data["last_day"], self.offer.department_code)
        if remarks and not data.get("unusual_ok"):
            self.fields.setdefault("unusual_ok", getattr(self, "_unusual_ok", None))
            self.add_error("unusual_ok", " ".join(remarks))

    def _likely(self, application: Application) -> dict[str, dt.date]:
        """The first week that the person wished, for as long as the offer lasts."""
        soonest = notice.first_day_of(self.offer)
        first = next((monday for monday in application.wished_weeks if monday >= soonest), None)
        if first is None:
            return {}
        return {
            "first_day": first,
            "last_day": last_day_of(first, self.offer.half_days or 2, self.offer.department_code),
        }

    def _dates(self, data: dict[str, Any]) -> AgreedDates:
        return AgreedDates(data["first_day"], data["last_day"], data["starts_at"], data["ends_at"])

    def arguments(self) -> dict[str, Any]:
        return {"dates": self._dates(self.cleaned_data)}
