"""How a rule says no: one exception, one sentence in French, whatever found the fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


class RuleBroken(ValidationError):
    """A business rule says no. The sentence is in French and can be shown as it is."""


@contextmanager
def constraints_speak(*tables: type[models.Model]) -> Iterator[None]:
    """Turn a constraint of `tables` refused by the database into the sentence written on it.

    Checking before writing is not enough: two people can pass the check together. The database
    lets one through, and this gives the other one a sentence instead of an error page.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for model in tables:
            for constraint in model._meta.constraints:
                if constraint.name == name:
                    raise RuleBroken(constraint.get_violation_error_message(), code=name) from error
        raise


def only_known(field: str, choices: type[models.Choices], *, model: str) -> models.CheckConstraint:
    """Make the database refuse a value outside `choices`: Django's `choices=` only guides forms."""
    return models.CheckConstraint(
        name=f"{model}_{field}_is_known",
        condition=models.Q(**{f"{field}__in": choices.values}),
        violation_error_message="Cette valeur n’existe pas.",
    )
