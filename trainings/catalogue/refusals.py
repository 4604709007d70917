class FileRefused(Exception):
    """The file as a whole makes no sense: better no import than a wrong one."""


class RowRefused(ValueError):
    """One row makes no sense: skip it, count it, say why."""
