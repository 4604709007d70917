"""Where things are. All that we write stays in `.venv/` and `.dev/`."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = ROOT / ".dev"
LOGS = STATE / "logs"
ACCOUNTS = STATE / "accounts"  # One per role, as the demo data have them.
PREPARED = STATE / "prepared"  # What the data were prepared from.
COLLECTED = STATE / "collected"  # What the static files were collected from.


def state_folder() -> Path:
    """`.dev/`, made when needed; a sentence when somebody else owns it."""
    try:
        STATE.mkdir(exist_ok=True)
    except OSError as error:
        raise SystemExit(f"Impossible de créer {STATE} : {error.strerror}.") from error
    if not os.access(STATE, os.W_OK | os.X_OK):
        raise SystemExit(
            f"Le dossier {STATE} appartient à un autre utilisateur. Lancez la commande avec le même"
            " utilisateur que la première fois, ou travaillez dans votre propre copie du projet."
        )
    return STATE
