"""« Compléter votre offre »: all that helps someone decide, none of it required."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from immersions.offers.models import FrenchLevel, LicenceNeed, Offer, OfferDetail

LEVELS = (
    (0, "Aucun diplôme"),
    (3, "CAP, BEP ou équivalent"),
    (4, "Bac ou équivalent"),
    (5, "Bac + 2"),
    (6, "Bac + 3 ou 4"),
    (7, "Bac + 5 et plus"),
)
ON_OFFER = (
    "level_required", "welcomes_beginners", "french_level", "licence", "is_reachable_without_car",
)  # fmt: skip
MOMENT = re.compile(r"^(?P<time>\d{1,2} ?[hH:] ?\d{0,2})\s*[:,–-]?\s*(?P<what>\S.*)$")
MOST_LINES = 12


class LinesField(forms.CharField):
    """A list, one item per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, longest: int, **kwargs):
        self.longest = longest
        super().__init__(required=False, max_length=3000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = lines_of(super().clean(value))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"{MOST_LINES} lignes au plus.", code="too_many")
        for line in lines:
            if len(line) > self.longest:
                raise forms.ValidationError(
                    f"Cette ligne est trop longue ({self.longest} signes au plus) : « {line[:40]}… »",
                    code="too_long",
                )
        return lines


class DayPlanField(LinesField):
    """« 8 h : accueil », one moment per line."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{moment['time']} : {moment['what']}" for moment in value)
        return value

    def clean(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        return [self._moment(line) for line in super().clean(value)]

    def _moment(self, line: str) -> dict[str, str]:
        found = MOMENT.match(line)
        if found is None:
            raise forms.ValidationError(
                f"Commencez chaque ligne par l’heure, comme « 8 h : accueil ». À revoir : « {line[:40]} »",
                code="no_time",
            )
        hour, minutes = re.split(r"[hH:]", found["time"].replace(" ", ""))
        return {"time": f"{int(hour)} h {minutes}".strip(), "what": found["what"]}


def lines_of(text: str) -> list[str]:
    """What was typed one per line, without bullets."""
    typed = (re.sub(r"^[\s•*–-]+", "", line).strip() for line in text.splitlines())
    return [line for line in typed if line]


class DetailForm(forms.ModelForm):
    """The long texts, with the few facts of the offer that searches use."""

    level_required = forms.TypedChoiceField(label="Diplôme demandé", coerce=int, choices=LEVELS)
    welcomes_beginners = forms.BooleanField(label="Débutants bienvenus", required=False)
    french_level = forms.ChoiceField(
        label="Niveau de français utile",
        required=False,
        choices=[("", "Pas de niveau demandé"), *FrenchLevel.choices],
    )
    licence = forms.ChoiceField(label="Permis de conduire", choices=LicenceNeed.choices)
    is_reachable_without_car = forms.BooleanField(
        label="On peut venir sans voiture", required=False, help_text="Bus, train, vélo ou à pied."
    )
    day_plan = DayPlanField(
        label="Une journée, heure par heure",
        longest=160,
        help_text="Un moment par ligne : « 8 h : accueil et tour de l’atelier ».",
    )
    essentials = LinesField(
        label="Ce qui est indispensable", longest=120, help_text="Une ligne par point. Peu, c’est mieux."
    )
    learned = LinesField(label="Ce qui s’apprend sur place", longest=120, help_text="Une ligne par point.")
    physical_demands = forms.CharField(
        label="Efforts physiques",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Avec des chiffres : « des charges de 15 kg, une heure debout à la fois ».",
    )
    about = forms.CharField(
        label="L’équipe, l’entreprise",
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = OfferDetail
        fields = [
            "day_plan", "tutor_name", "tutor_job", "about", "working_hours", "clothes", "meals",
            "essentials", "learned", "physical_demands", "access", "housing",
        ]  # fmt: skip
        labels = {
            "tutor_name": "Qui accueille : prénom",
            "tutor_job": "Son métier",
            "working_hours": "Horaires",
            "clothes": "Tenue",
            "meals": "Repas",
            "access": "Comment venir",
            "housing": "Logement possible",
        }
        help_texts = {
            "tutor_name": "Ce prénom paraît sur la page publique.",
            "clothes": "« Chaussures fermées, casque et gants fournis. »",
            "meals": "« Cantine payée par l’entreprise. »",
            "access": "« Bus L4, arrêt Carrières, 3 minutes à pied. »",
        }

    def __init__(self, *args, offer: Offer, **kwargs):
        first = {name: getattr(offer, name) for name in ON_OFFER}
        super().__init__(*args, instance=offer.detail, initial=first, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("La journée", "day_plan", "working_hours", "clothes", "meals"),
            Fieldset("L’accueil", "tutor_name", "tutor_job", "about"),
            Fieldset(
                "Ce qu’il faut, ce qui s’apprend",
                "essentials", "learned", "welcomes_beginners", "level_required", "french_level",
                "licence", "physical_demands",
            ),
            Fieldset("Venir", "is_reachable_without_car", "access", "housing"),
        )  # fmt: skip
        self.helper.add_input(Submit("", "Enregistrer"))

    def on_offer(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ON_OFFER}

    def on_detail(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
