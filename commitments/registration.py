"""What each alcove of this room registers with the rooms below, once, at the start."""


def register() -> None:
    """One line per alcove."""
