"""The words of an occupation's title, in both genders."""

from territories.text import plain

SEPARATOR = " / "
EMPTY = frozenset(
    "a au aux avec chez d dans de des du en et l la le les ou par pour s sans sur un une".split()
)
SHORTEST, LONGEST = 2, 60


def genders(label: str) -> list[str]:
    """« Jardinier / Jardinière paysagiste » → « Jardinier paysagiste », « Jardinière paysagiste ».

    The feminine half is complete; the masculine one borrows what follows the words they share.
    """
    if SEPARATOR not in label:
        return [label]
    masculine, feminine = label.split(SEPARATOR, 1)
    rest = feminine.split(" ")[len(masculine.split(" ")) :]
    return [" ".join([masculine, *rest]), feminine]


def words_of(label: str) -> list[str]:
    """The words that someone may type, each once, in the order of the label."""
    words = dict.fromkeys(plain(label).split())
    return [word for word in words if word not in EMPTY and SHORTEST <= len(word) <= LONGEST] or list(words)[
        :3
    ]
