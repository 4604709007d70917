"""The profile of a jobseeker: the few things that a rule uses, each with its reason."""

from typing import Any

from django import forms

from accounts.phone import read_phone
from candidates.models import Candidate, Level, Licence, Transport
from territories.forms import PlaceFormMixin

ACCOUNT_FIELDS = ("first_name", "last_name", "phone")


class NeededToApply(forms.CharField):
    """Not « facultatif », since applying needs it; but saving the profile does not."""

    def validate(self, value: Any) -> None:
        """Empty is saved too."""


class ProfileForm(PlaceFormMixin):
    """Nothing is demanded here: applying says what is still missing."""

    use_required_attribute = False

    first_name = NeededToApply(
        label="Prénom",
        max_length=80,
        help_text="L’entreprise le lit sur votre demande.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = NeededToApply(
        label="Nom",
        max_length=80,
        help_text="L’entreprise le lit quand elle vous réserve une place, pas avant.",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    phone = NeededToApply(
        label="Téléphone",
        max_length=30,
        help_text="Pour vous joindre une fois la place réservée, pas avant.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    q_lieu = NeededToApply(
        label="Votre commune ou votre code postal",
        max_length=120,
        help_text="Pour vous montrer les immersions près de chez vous. Votre adresse n’est pas demandée.",
    )
    radius_km = forms.TypedChoiceField(
        label="Jusqu’où pouvez-vous aller ?",
        coerce=int,
        choices=[(km, f"{km} km") for km in Candidate.RADIUS_CHOICES],
        help_text="La distance de départ de vos recherches. Vous pourrez l’élargir.",
        error_messages={"required": "Choisissez une distance.", "invalid_choice": "Choisissez une distance."},
    )
    transport = forms.MultipleChoiceField(
        label="Comment vous déplacez-vous ?",
        choices=Transport.choices,
        required=False,
        help_text="Pour signaler un lieu difficile à atteindre sans voiture.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    licence = forms.ChoiceField(
        label="Permis de conduire",
        choices=[("", "Je préfère ne pas répondre"), *Licence.choices],
        required=False,
        help_text="Certains métiers le demandent : nous vous le dirons avant votre demande.",
    )
    level = forms.TypedChoiceField(
        label="Votre niveau de diplôme",
        coerce=int,
        empty_value=None,
        choices=[("", "Je préfère ne pas répondre"), *Level.choices],
        required=False,
        help_text="Pour comparer avec le niveau que demande une formation.",
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        before = {name: getattr(candidate.user, name) for name in ACCOUNT_FIELDS}
        before |= {name: getattr(candidate, name) for name in ("radius_km", "transport", "licence", "level")}
        super().__init__(*args, initial={**before, "commune": candidate.commune}, **kwargs)

    def clean_first_name(self) -> str:
        return " ".join(self.cleaned_data["first_name"].split())

    def clean_last_name(self) -> str:
        return " ".join(self.cleaned_data["last_name"].split())

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return read_phone(typed) if typed else ""

    def answers(self) -> dict[str, Any]:
        """The arguments of `save_profile`."""
        data = self.cleaned_data
        return {
            "account": {name: data[name] for name in ACCOUNT_FIELDS},
            "commune": self.commune,
            **{name: data[name] for name in ("radius_km", "transport", "licence", "level")},
        }
