"""What one types to sign or to record a paper. Never a date, a status or a name."""

from typing import Any

from django import forms

from core.rules import RuleBroken
from core.signing.scans import Scan, read_scan

MOST = 32000


def seen_in(data: Any) -> int:
    """The number of the text that was shown, in a form without other fields; 0 when it is nonsense."""
    seen = data.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= 5 else 0


class TextForm(forms.Form):
    """Which text one has read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def now_shows(self, number: int) -> None:
        """What is shown is the newest text: so is what one signs next."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen"] = str(number)


class SignForm(TextForm):
    """« Je signe »; who binds an employer says that they may."""

    is_entitled = forms.BooleanField(
        label="Je suis habilité·e à engager l’entreprise.",
        error_messages={
            "required": "Cochez la case : pour l’entreprise signe une personne habilitée à l’engager."
        },
    )

    def __init__(self, *args: Any, asks_entitled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_entitled:
            del self.fields["is_entitled"]


class CodeForm(SignForm):
    code = forms.CharField(
        label="Le code reçu par e-mail",
        help_text="Six chiffres, valables 15 minutes.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Tapez le code reçu par e-mail."},
    )


class PaperForm(TextForm):
    """« Signé sur papier »: who, and the copy.

    A paper may have been printed before the text changed: then who lays it down says which text it bears.
    """

    role = forms.ChoiceField(
        label="Qui a signé sur papier ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites qui a signé.",
            "invalid_choice": "Cette signature est déjà là, ou ce n’est pas à vous de l’enregistrer.",
        },
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
    field_order = ["role", "seen", "scan"]

    def __init__(self, *args: Any, roles: list[tuple[str, str]], number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["role"].choices = roles
        if len(roles) == 1:
            self.fields["role"].initial = roles[0][0]
        if number == 1:
            self.fields["seen"].initial = number
        else:
            self.fields["seen"] = forms.IntegerField(
                label="Quel numéro de version porte le papier signé ?",
                help_text="Il est écrit en bas de chaque page.",
                min_value=1,
                max_value=MOST,
                error_messages={
                    "required": "Dites quelle version est signée.",
                    "invalid": "Écrivez un nombre.",
                },
            )
            self.order_fields(self.field_order)

    def clean_seen(self) -> int:
        seen = self.cleaned_data["seen"]
        if seen != self.number:
            raise forms.ValidationError(
                f"Ce papier porte un autre texte : celui qui se signe est la version {self.number}. "
                "Imprimez-la, faites-la signer, puis ajoutez sa copie."
            )
        return seen

    def clean_scan(self) -> Scan:
        try:
            return read_scan(self.cleaned_data["scan"])
        except RuleBroken as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal
