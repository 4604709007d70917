"""What is typed on the pages of a path."""

from django import forms


class FindPartnerForm(forms.Form):
    q = forms.CharField(
        label="Nom du partenaire",
        min_length=3,
        max_length=80,
        help_text="Une entreprise, une structure, un organisme de formation. Trois lettres au moins.",
        error_messages={
            "required": "Écrivez trois lettres au moins.",
            "min_length": "Écrivez trois lettres au moins.",
        },
    )


class SponsorForm(forms.Form):
    sponsor_name = forms.CharField(
        label="Nom",
        required=False,
        max_length=120,
        help_text="Parrain, marraine ou tuteur pour tout le parcours.",
    )
    sponsor_contact = forms.CharField(
        label="Comment lui parler", required=False, max_length=160, help_text="Téléphone ou adresse e-mail."
    )
