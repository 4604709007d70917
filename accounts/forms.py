"""What one types to enter, and to say who one is."""

from allauth.account import forms as allauth_forms
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError

from accounts import arrivals, codes

EMAIL_MESSAGES = {
    "required": "Tapez votre adresse e-mail.",
    "invalid": "Cette adresse e-mail n’est pas complète : elle s’écrit comme nom@exemple.fr.",
}


def email_widget() -> forms.EmailInput:
    return forms.EmailInput(
        attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "maxlength": 254}
    )


class LoginForm(allauth_forms.RequestLoginCodeForm):
    """One address. Known or not, the answer is the same."""

    email = allauth_forms.EmailField(
        label="Votre adresse e-mail",
        max_length=254,
        error_messages=EMAIL_MESSAGES,
        widget=email_widget(),
    )


class CodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The six digits of the message, with or without spaces."""

    code = forms.CharField(
        label="Votre code",
        max_length=20,
        error_messages={"required": "Tapez le code reçu par e-mail."},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "code",
            }
        ),
    )

    def __init__(self, *args, request, email: str, tries: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.email, self.tries = request, email, tries

    def clean_code(self) -> str:
        """Tries sent all at once are counted too: the session alone would miss them."""
        if not ratelimit.consume(self.request, action="confirm_login_code", key=self.email.lower()):
            raise ValidationError(
                "Trop d’essais en peu de temps. Attendez une minute, puis recommencez.",
                code="too_many",
            )
        if not codes.use_a_try(self.tries):
            raise ValidationError(codes.CANCELLED, code="cancelled")
        return super().clean_code()


class WhoForm(forms.Form):
    """« Vous êtes… »"""

    qui = forms.ChoiceField(
        label="Vous êtes…",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse."},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qui"].choices = [
            (kind, f"{it.label} ({it.hint})") for kind, it in arrivals.known().items()
        ]


def name_field(label: str, autocomplete: str, missing: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=80, widget=widget, error_messages={"required": missing})


class NameForm(forms.Form):
    """« Je m’appelle… »"""

    first_name = name_field("Prénom", "given-name", "Tapez votre prénom.")
    last_name = name_field("Nom", "family-name", "Tapez votre nom.")

    def clean(self) -> dict[str, str]:
        return {name: " ".join(said.split()) for name, said in self.cleaned_data.items()}


class NewAddressForm(forms.Form):
    """« Écrivez-moi désormais là. »"""

    email = forms.EmailField(
        label="Nouvelle adresse e-mail", max_length=254, error_messages=EMAIL_MESSAGES, widget=email_widget()
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email == self.user.email:
            raise ValidationError("C’est déjà votre adresse.", code="same")
        return email


class TypedCodeForm(forms.Form):
    """A code for something else than entering."""

    code = forms.CharField(
        label="Code reçu",
        max_length=20,
        error_messages={"required": "Tapez le code reçu par e-mail."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
