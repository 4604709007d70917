"""Phone numbers as people type them, and as they are read aloud."""

import re

from django.core.exceptions import ValidationError

FRENCH = re.compile(r"(?:(?:\+|00)33\(?0?\)?|0)([1-9]\d{8})", re.ASCII)
FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{6,13})", re.ASCII)  # The Region has three neighbours.
SEPARATORS = re.compile(r"[\s.\-/()\u00a0\u202f]+")


def read_phone(typed: str) -> str:
    """« +33 6.12.34.56.78 » → `06 12 34 56 78`. Names the fault."""
    bare = SEPARATORS.sub("", typed.replace("(0)", ""))
    if french := FRENCH.fullmatch(bare):
        digits = "0" + french[1]
        return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
    if foreign := FOREIGN.fullmatch(bare):
        return "+" + foreign[1]
    if bare.isascii() and bare.isdigit():
        raise ValidationError(
            f"Un numéro français a 10 chiffres, vous en avez tapé {len(bare)}."
            if len(bare) != 10
            else "Un numéro français commence par 0, puis un chiffre de 1 à 9.",
            code="phone_length",
        )
    raise ValidationError("Ce numéro n’est pas complet : il s’écrit comme 06 12 34 56 78.", code="phone")
