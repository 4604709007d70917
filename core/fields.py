from typing import Any

from django.db import models


class WebAddressField(models.URLField):
    """A web address. Typed without its scheme, it is https: Django 5.2 still thinks of http."""

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **options})
