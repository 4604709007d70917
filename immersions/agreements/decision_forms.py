"""What the prescriber types to refuse, to pass on."""

from typing import Any

from django import forms

from accounts.models import User


class RefuseForm(forms.Form):
    words = forms.CharField(
        label="Pourquoi refusez-vous ?",
        help_text="La personne et l’entreprise le liront. Rien sur la santé ni la situation de la personne.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )


class PassOnForm(forms.Form):
    to = forms.ChoiceField(
        label="À qui la confier ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un collègue.", "invalid_choice": "Choisissez dans la liste."},
    )
    words = forms.CharField(
        label="Un mot pour votre collègue",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(user.pk): user for user in colleagues}
        self.fields["to"].choices = [(pk, user.name_or_address) for pk, user in self.colleagues.items()]

    def arguments(self) -> dict[str, Any]:
        return {"to": self.colleagues[self.cleaned_data["to"]], "words": self.cleaned_data["words"]}
