"""Dates and figures as one says them in French: « lundi 1ᵉʳ au mercredi 3 février »."""

import datetime as dt
import re
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
DAYS_IN_A_MONTH = 30.4
NEAR, FAR = 1, 10  # Kilometres: below the first a word is truer, above the second no decimals.
FIRST = re.compile(rf"(?<!\d)1(?= (?:{'|'.join(MONTHS)}))")
WORDS_OF_A_PAGE = re.compile(r"<(textarea|pre|script|code)\b.*?</\1>|>[^<]+", re.DOTALL)
TIED = re.compile(r"(?<=\S) (?=[:;!?»])|(?<=\d) (?=(?:\d\d|h|km|€)(?!\w))")
VOWELS = "AEIOUYÀÂÉÈÊËÎÏÔÙÛÜŒ"


def day(date: dt.date, *, weekday: bool = False, year: bool | None = None) -> str:
    """« 1ᵉʳ février »; the year is said when it is not the current one, or when it is asked for."""
    number = "1ᵉʳ" if date.day == 1 else str(date.day)
    parts = [DAYS[date.weekday()]] if weekday else []
    parts += [number, MONTHS[date.month - 1]]
    if year or (year is None and is_another_year(date)):
        parts.append(str(date.year))
    return " ".join(parts)


def written(when: dt.date, pattern: str) -> str:
    """Django’s own pattern: « j F Y » gives « 1ᵉʳ septembre 2027 »."""
    return first_of_month(date_format(when, pattern))


def first_of_month(words: str) -> str:
    """« lundi 1 mars » → « lundi 1ᵉʳ mars »."""
    return FIRST.sub("1ᵉʳ", words)


def is_another_year(date: dt.date) -> bool:
    """Is the year needed? Not for the months to come: in November, « 4 janvier » is clear."""
    distance = (date - timezone.localdate()).days
    return not -90 < distance < 300


def month(date: dt.date) -> str:
    """« février 2027 »."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def period(first: dt.date, last: dt.date) -> str:
    """« lundi 7 décembre », « lundi 7 au mercredi 9 décembre »."""
    if first == last:
        return day(first, weekday=True)
    if (first.year, first.month) == (last.year, last.month):
        number = "1ᵉʳ" if first.day == 1 else str(first.day)
        return f"{DAYS[first.weekday()]} {number} au {day(last, weekday=True)}"
    return f"{day(first, weekday=True)} au {day(last, weekday=True)}"


def dated(said: str) -> str:
    """In a sentence: « du lundi 7 au mercredi 9 décembre », « le lundi 7 décembre »."""
    return f"du {said}" if " au " in said else f"le {said}"


def hour(time: dt.time) -> str:
    """« 8 h », « 8 h 30 », never cut at the end of a line."""
    said = f"{time.hour} h {time.minute:02d}" if time.minute else f"{time.hour} h"
    return said.replace(" ", "\N{NO-BREAK SPACE}")


def in_brief(when: str) -> str:
    """In a subject line: « 14 au 16 décembre » for « lundi 14 au mercredi 16 décembre, 8 h »."""
    dates = when.split(", ")[0]
    return re.sub(rf"\b(?:{'|'.join(DAYS)}) ", "", dates) if " au " in dates else dates


def length(first: dt.date, last: dt.date) -> str:
    """« 5 jours », « 6 semaines », « 8 mois »: what one would answer to "how long?"."""
    days = (last - first).days + 1
    if days <= 10:
        return counted(days, "jour")
    if days < 70:
        return counted(round(days / 7), "semaine")
    return f"{round(days / DAYS_IN_A_MONTH)} mois"


def counted(count: int, word: str, plural: str = "") -> str:
    """« 1 place », « 2 places », « 1 250 immersions »; French counts zero as one."""
    return f"{figure(count)} {word if count < 2 else plural or word + 's'}"


def agreed(count: float, words: str) -> str:
    """« 1 offre renvoyée », « 2 offres renvoyées », of « offre(s) renvoyée(s) »; `(s|x)`: one, many."""
    is_one = count < 2
    words = re.sub(r"\((\w+)\|(\w+)\)", r"\1" if is_one else r"\2", words)
    return f"{figure(count)} {words.replace('(s)', '' if is_one else 's')}"


def siret(digits: str) -> str:
    """« 732 829 320 00074 », as one reads it: the entity, then which of its places."""
    if len(digits) != 14:
        return digits
    return "\N{NO-BREAK SPACE}".join((digits[:3], digits[3:6], digits[6:9], digits[9:]))


def of(name: str) -> str:
    """« de Metz », « d’Épinal », « du Ban-Saint-Martin », « des Islettes »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if _is_elided(name) else f"de {name}"


def that(name: str) -> str:
    """« que Léa », « qu’Amine »."""
    return f"qu’{name}" if _is_elided(name) else f"que {name}"


def _is_elided(name: str) -> bool:
    """« d’Yves », but « de Yutz »: before another vowel, a y is a consonant."""
    return name[:1] in VOWELS and not (name[:1] == "Y" and name[1:2] in "aeiouéè")


def figure(number: float | Decimal) -> str:
    """« 1 950 », « 12 000 »: thousands apart, by a no-break space."""
    return number_format(round(number), use_l10n=True, force_grouping=True).replace(" ", "\N{NO-BREAK SPACE}")


def euros(amount: object) -> str:
    """« 1 950 € », « 1 823,03 € »: a promised pay is never rounded."""
    whole, cents = divmod(round(float(amount) * 100), 100)  # type: ignore[arg-type]
    said = figure(whole)
    return f"{said},{cents:02d}\N{NO-BREAK SPACE}€" if cents else f"{said}\N{NO-BREAK SPACE}€"


def kilometres(km: float) -> str:
    """« moins de 1 km », « 4,2 km », « 26 km »."""
    if km < NEAR:
        return "moins de 1\N{NO-BREAK SPACE}km"
    if km < FAR:
        return f"{km:.1f}".replace(".", ",").removesuffix(",0") + "\N{NO-BREAK SPACE}km"
    return f"{round(km)}\N{NO-BREAK SPACE}km"


def kept_together(html: str) -> str:
    """No line of a page begins with « : », nor ends with « « »: what stands before the body, tags, and what somebody
    types or copies, stay as they are.
    """
    head, end, body = html.partition("</head>")

    def tied(words: re.Match[str]) -> str:
        if words[1]:
            return words[0]
        said = words[0].replace("« ", "«\N{NO-BREAK SPACE}")
        return re.sub(TIED, "\N{NO-BREAK SPACE}", said)

    return head + end + WORDS_OF_A_PAGE.sub(tied, body) if end else html
