"""What a catalogue writes, as values that we can trust."""

import calendar
import datetime as dt
import html
import re

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from trainings.catalogue.refusals import RowRefused

NOTHING = {"", "-", "--", ".", "néant", "sans objet", "non renseigné"}
FIRST_YEAR, LAST_YEAR = 1950, 2100  # Beyond: « ouvert », not a date.
KEPT_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i"}
LONGEST_TEXT = 20_000
SMALL = 32_767

# LHÉO's table « niveaux » mixes the names of 1969 (1 to 8) with the framework of 2019 (11 to 18).
LEVELS = {
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
    "8": 7,
    **{str(10 + level): level for level in range(1, 9)},
}


def line(text: str, *, longest: int = 255) -> str:
    """One line of plain text, without a tag; cut with an ellipsis where it is too long."""
    plain = " ".join(html.unescape(nh3.clean(text, tags=set())).split())
    if plain.lower() in NOTHING:
        return ""
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def paragraphs(text: str) -> str:
    """Plain text that keeps its line breaks."""
    lines = (line(part, longest=LONGEST_TEXT) for part in text.splitlines())
    return "\n".join(part for part in lines if part)[:LONGEST_TEXT]


def rich_text(text: str) -> str:
    """Paragraphs, lists and bold: nothing that acts, nothing that links, nothing that paints."""
    if "<" not in text and re.search(r"&lt;/?\w+", text):  # Escaped once too often.
        text = html.unescape(text)
    clean = nh3.clean(text[:LONGEST_TEXT], tags=KEPT_TAGS, attributes={}).strip()
    return "" if clean.lower() in NOTHING else clean


def day(text: str, *, is_end: bool = False) -> tuple[dt.date | None, bool]:
    """A LHÉO date, and whether only its month is known.

    00000000 (unknown, or at any time) and 99999999 (no end) are nothing; 20260900 is September:
    its first day for a beginning, its last for an end. 20260000 says too little to be a date.
    """
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{8}", digits):
        if digits.lower() in NOTHING:
            return None, False
        raise RowRefused(f"« {digits[:20]} » n’est pas une date")
    year, month, number = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not FIRST_YEAR <= year < LAST_YEAR or month == 0:
        if year in (0, 9999) or month == 0 or year >= LAST_YEAR:
            return None, False
        raise RowRefused(f"« {digits} » n’est pas une date")
    try:
        if number == 0:
            last = calendar.monthrange(year, month)[1]
            return dt.date(year, month, last if is_end else 1), True
        return dt.date(year, month, number), False
    except (ValueError, calendar.IllegalMonthError) as error:
        raise RowRefused(f"« {digits} » n’est pas une date") from error


def count(text: str, *, zero: bool = True) -> int | None:
    """A count of hours or seats; what makes no sense is unknown."""
    found = re.fullmatch(r"\s*([0-9]{1,7})(?:[.,][0-9]+)?\s*", text)
    number = int(found[1]) if found else None
    if number is None or number > SMALL or (number == 0 and not zero):
        return None
    return number


def degrees(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if -180 <= number <= 180 else None  # Refuses NaN too.


def siret(text: str) -> str:
    digits = re.sub(r"[\s.]", "", text)
    return digits if re.fullmatch(r"[0-9]{14}", digits) else ""


def certification(prefix: str, text: str) -> str:
    """« 38511 », « RNCP 38511 » → « RNCP38511 »."""
    found = re.fullmatch(rf"(?:{prefix})?\s*([0-9]{{1,6}})", text.strip(), re.IGNORECASE)
    return f"{prefix}{int(found[1])}" if found else ""


def code(text: str, pattern: str) -> str:
    wanted = text.strip().upper()
    return wanted if re.fullmatch(pattern, wanted) else ""


def url(text: str) -> str:
    """A web address that a visitor may follow: never `javascript:`."""
    address = text.strip()
    if not address or address in NOTHING:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    return address if len(address) <= 400 else ""


def email(text: str) -> str:
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def phone(text: str) -> str:
    number = " ".join(text.split())
    return number if re.fullmatch(r"[+0-9][0-9 .()/-]{5,28}", number) else ""
