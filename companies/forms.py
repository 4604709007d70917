"""What a company types about itself."""

import re
from typing import Any

from django import forms

from accounts.models import check_siret
from companies.models import Company, Workplace
from territories.forms import PlaceFormMixin
from territories.models import Commune
from territories.places import locate

POSTCODE = re.compile(r"\b\d{5}\b", re.ASCII)


class SiretForm(forms.Form):
    siret = forms.CharField(
        label="SIRET de votre établissement",
        max_length=30,
        help_text="14 chiffres. Il est sur vos factures et vos bulletins de paie.",
        error_messages={"required": "Tapez les 14 chiffres du SIRET."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_siret(self) -> str:
        return check_siret(self.cleaned_data["siret"])


class WorkplaceForm(PlaceFormMixin):
    """Where one works: an address, and its commune."""

    address = forms.CharField(
        label="Adresse",
        max_length=200,
        help_text="Numéro et rue, ou zone d’activité.",
        error_messages={"required": "Tapez l’adresse du lieu de travail."},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    q_lieu = forms.CharField(
        label="Code postal ou commune",
        max_length=120,
        error_messages={"required": "Tapez un code postal ou une commune."},
    )

    def where(self) -> dict[str, Any]:
        """The arguments of `add_workplace`. Asks the geocoder: never call it in a transaction."""
        commune = self.commune
        assert commune is not None
        address = self.cleaned_data["address"]
        postcode = postcode_of(commune, typed=self.cleaned_data["q_lieu"])
        return {
            "address": address,
            "postcode": postcode,
            "commune": commune,
            "place": locate(f"{address} {postcode} {commune.name}", commune),
        }


class NamedWorkplaceForm(WorkplaceForm):
    """One more place of work, with the name that colleagues give it."""

    name = forms.CharField(
        label="Nom du lieu",
        max_length=120,
        required=False,
        help_text="Par exemple : atelier, dépôt de Borny.",
    )
    field_order = ["name", "address", "q_lieu"]

    def __init__(self, *args: Any, workplace: Workplace | None = None, **kwargs: Any) -> None:
        if workplace:
            kwargs["initial"] = {
                "name": workplace.name,
                "address": workplace.address,
                "commune": workplace.commune,
            }
        super().__init__(*args, **kwargs)

    def where(self) -> dict[str, Any]:
        return super().where() | {"name": self.cleaned_data["name"]}


class RegisterForm(WorkplaceForm):
    """The company as the public will see it, and its first place of work."""

    name = forms.CharField(
        label="Nom de l’entreprise",
        max_length=200,
        help_text="Celui que les gens connaissent : il paraît sur vos offres.",
        error_messages={"required": "Tapez le nom de l’entreprise."},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ["name", "address", "q_lieu"]


class DescriptionForm(forms.ModelForm):
    class Meta:
        model = Company
        fields = ["name", "description", "website"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "name": "Celui que les gens connaissent.",
            "description": "Ce que vous faites, combien vous êtes, l’ambiance : en quelques phrases.",
        }
        error_messages = {
            "name": {"required": "Tapez le nom de l’entreprise."},
            "website": {"invalid": "Cette adresse n’est pas complète : elle s’écrit comme www.exemple.fr."},
        }


def postcode_of(commune: Commune, *, typed: str) -> str:
    """The postcode that was typed, if it is one of that commune; else its first."""
    known = list(commune.postcodes.order_by("postcode").values_list("postcode", flat=True))
    asked = [code for code in POSTCODE.findall(typed) if code in known]
    return (asked or known or [""])[0]
