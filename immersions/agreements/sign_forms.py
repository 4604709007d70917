"""What one types to sign, to record a paper, to refuse, to pass on. Never a date, a status or a name."""

from typing import Any

from django import forms

from accounts.models import User
from core.rules import RuleBroken
from immersions.agreements.scans import Scan, read_scan

ENTITLED = forms.BooleanField(
    label="Je suis habilité·e à engager l’entreprise.",
    error_messages={
        "required": "Cochez la case : pour l’entreprise signe une personne habilitée à l’engager."
    },
)


class SignForm(forms.Form):
    """Which text one has read; the company says that it may be bound."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32000)
    is_entitled = ENTITLED

    def __init__(self, *args: Any, is_company: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_company:
            del self.fields["is_entitled"]


class CodeForm(SignForm):
    code = forms.CharField(
        label="Le code reçu par courriel",
        help_text="Six chiffres, valables 15 minutes.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Tapez le code reçu par courriel."},
    )


class PaperForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32000)
    role = forms.ChoiceField(
        label="Qui a signé sur papier ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui a signé.", "invalid_choice": "Choisissez dans la liste."},
    )
    scan = forms.FileField(
        label="La copie de la page signée",
        help_text="Un PDF ou une photo (JPEG, PNG), 5 Mo au plus. Seules les parties la voient.",
        error_messages={
            "required": "Ajoutez la copie de la page signée.",
            "empty": "Ce fichier est vide.",
            "missing": "Ajoutez la copie de la page signée.",
        },
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles

    def clean_scan(self) -> Scan:
        try:
            return read_scan(self.cleaned_data["scan"])
        except RuleBroken as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal


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
        self.fields["to"].choices = [
            (pk, user.get_full_name() or user.email) for pk, user in self.colleagues.items()
        ]

    def arguments(self) -> dict[str, Any]:
        return {"to": self.colleagues[self.cleaned_data["to"]], "words": self.cleaned_data["words"]}
