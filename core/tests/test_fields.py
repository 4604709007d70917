"""What people type in our own fields."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.fields import AmountField


@pytest.mark.parametrize(
    "typed",
    ["1950", "1 950", "1\N{NO-BREAK SPACE}950,00\N{NO-BREAK SPACE}€", "1\N{NARROW NO-BREAK SPACE}950 €"],
)
def test_an_amount_is_read_as_it_is_shown(typed):
    assert AmountField(max_digits=8, decimal_places=2).clean(typed) == Decimal(1950)


@pytest.mark.parametrize("typed", ["deux mille", "99999999999", "0", "1950,505"])
def test_an_amount_that_is_none_is_refused_in_one_sentence(typed):
    with pytest.raises(ValidationError, match="Écrivez un montant"):
        AmountField(min_value=1, max_digits=8, decimal_places=2).clean(typed)
