"""What an agent types by hand, where no catalogue speaks."""

from typing import TYPE_CHECKING, Any

from django import forms

from territories.agents import departments_of
from territories.geo import lambert93
from trainings.catalogue import values
from trainings.catalogue.places import is_in_mainland
from trainings.models import Session, Training, TrainingAction
from trainings.models.actions import REGION

if TYPE_CHECKING:
    from accounts.models import User


class TrainingForm(forms.ModelForm):
    """What a public page will show: cleaned as the catalogue's own words are."""

    class Meta:
        model = Training
        exclude = ["occupations"]  # noqa: DJ006 - the admin names the fields.

    def clean_content(self) -> str:
        return values.rich_text(self.cleaned_data["content"])

    def clean_objective(self) -> str:
        return values.paragraphs(self.cleaned_data["objective"])

    def clean_rncp_code(self) -> str:
        return self._certification("RNCP", self.cleaned_data["rncp_code"])

    def clean_rs_code(self) -> str:
        return self._certification("RS", self.cleaned_data["rs_code"])

    def _certification(self, prefix: str, typed: str) -> str:
        code = values.certification(prefix, typed)
        if typed and not code:
            raise forms.ValidationError(f"Un code {prefix} s’écrit {prefix} suivi de chiffres.")
        return code


class TrainingActionForm(forms.ModelForm):
    """A place of the agent's own territory. Without an exact position, the commune's stands."""

    user: "User | None" = None

    class Meta:
        model = TrainingAction
        exclude = ["funders"]  # noqa: DJ006 - the admin names the fields.

    def clean_training(self) -> Any:
        return _written_here(self.cleaned_data["training"])

    def clean_commune(self) -> Any:
        commune = self.cleaned_data["commune"]
        if commune is None:
            raise forms.ValidationError("Choisissez la commune où se donne la formation.")
        if self.user and not departments_of(self.user).filter(pk=commune.department_id).exists():
            raise forms.ValidationError("Cette commune n’est pas sur votre territoire.")
        return commune

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "commune" in cleaned:
            self._place(cleaned)
        if "is_region_funded" in cleaned:
            others = [code for code in self.instance.funders if code != REGION]
            self.instance.funders = [REGION, *others] if cleaned["is_region_funded"] else others
        return cleaned

    def _place(self, cleaned: dict[str, Any]) -> None:
        """Degrees as typed, or the commune's; and the metres that searches count in."""
        commune, action = cleaned["commune"], self.instance
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", "Donnez la latitude et la longitude, ou aucune des deux.")
            return
        typed = latitude is not None and {"latitude", "longitude"} & set(self.changed_data)
        if latitude is None or (not typed and action.is_approximate):
            cleaned["latitude"], cleaned["longitude"] = commune.latitude, commune.longitude
            action.x, action.y, action.is_approximate = commune.x, commune.y, True
        elif not is_in_mainland(latitude, longitude):
            self.add_error("latitude", "Cette position n’est pas en France métropolitaine.")
        else:
            action.x, action.y = lambert93(latitude, longitude)
            action.is_approximate = False


class SessionForm(forms.ModelForm):
    class Meta:
        model = Session
        fields = "__all__"  # noqa: DJ007 - the admin names the fields.

    def clean_action(self) -> Any:
        action = self.cleaned_data["action"]
        _written_here(action.training)
        return action

    def clean(self) -> dict[str, Any]:
        """The seats left may be typed alone, beside a total that only the catalogue writes."""
        cleaned = super().clean() or self.cleaned_data
        left, total = cleaned.get("seats_left"), cleaned.get("seats_total", self.instance.seats_total)
        if left is not None and total is not None and left > total:
            self.add_error("seats_left", "Il ne peut pas rester plus de places que la session n’en a.")
        return cleaned


def _written_here(training: Training) -> Training:
    """The next import would close what is added by hand to a training of the catalogue."""
    if training.is_from_catalogue:
        raise forms.ValidationError(
            "Cette formation vient du catalogue : ses lieux et ses sessions aussi. "
            "Créez plutôt une formation, puis son lieu et ses sessions."
        )
    return training
