"""What an agent types by hand, where no catalogue speaks."""

from typing import TYPE_CHECKING, Any

from django import forms

from territories.agents import departments_of
from territories.geo import lambert93
from trainings.catalogue.places import is_in_mainland
from trainings.models import Session, TrainingAction
from trainings.models.actions import REGION

if TYPE_CHECKING:
    from accounts.models import User


class TrainingActionForm(forms.ModelForm):
    """A place of the agent's own territory. Without an exact position, the commune's stands."""

    user: "User | None" = None

    class Meta:
        model = TrainingAction
        exclude = ["funders"]  # noqa: DJ006 - the admin names the fields.

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
