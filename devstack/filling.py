"""Fill the database for a demo, in one Django (starting it five times would take as long).

`python -m devstack.filling FILE`, with the settings in the environment; FILE gets the accounts' list.
"""

import io
import logging
import sys
from pathlib import Path

import django
from django.core.management import call_command

from devstack.console import step
from devstack.preparation import DATA_STEPS


def main(accounts: Path) -> None:
    django.setup()
    logging.disable(logging.INFO)  # Hundreds of ordinary events; a warning is still told.
    for sentence, (name, *options) in DATA_STEPS:
        step(sentence)
        call_command(name, *options, stdout=io.StringIO())
    words = io.StringIO()
    call_command("demo_accounts", stdout=words)
    accounts.write_text(words.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
