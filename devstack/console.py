"""What `dev.py` says to the person at the keyboard."""

import sys


def say(sentence: str = "") -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def step(sentence: str) -> None:
    """One thing that is being done now; aside, for the output may be somebody's data."""
    warn(f"· {sentence}")


def warn(sentence: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
