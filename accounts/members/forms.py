"""What a manager types to call a colleague."""

from typing import Any

from django import forms

from accounts.models import MembershipRole


class InvitationForm(forms.Form):
    """`may` says what a member does in that space, as one reads it."""

    email = forms.EmailField(
        label="Adresse e-mail de votre collègue",
        max_length=254,
        error_messages={
            "required": "Tapez une adresse e-mail.",
            "invalid": "Cette adresse e-mail n’est pas complète : elle s’écrit comme nom@exemple.fr.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label="Ce qu’elle ou il pourra faire",
        initial=MembershipRole.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse."},
    )

    def __init__(self, *args: Any, may: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            (MembershipRole.MEMBER, may),
            (MembershipRole.MANAGER, "La même chose, et inviter ou retirer des collègues"),
        ]
