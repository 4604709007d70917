from decimal import Decimal
from typing import Any

from django import forms
from django.db import models


class WebAddressField(models.URLField):
    """A web address. Typed without its scheme, it is https: Django 5.2 still thinks of http."""

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **options})


class AmountField(forms.DecimalField):
    """« 1 950 », « 1 950,50 € »: as people write it, and as it is shown elsewhere."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = dict.fromkeys(
        ("invalid", "min_value", "max_digits", "max_whole_digits", "max_decimal_places"),
        "Écrivez un montant, par exemple 1950.",
    )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value:f}".replace(".", ",").removesuffix(",00")
        return value

    def to_python(self, value: Any) -> Any:
        typed = "".join(str(value or "").split()).removesuffix("€")
        return super().to_python(typed.replace(",", "."))
