"""`dev.py manage …`: Django's commands, on the servers of `.dev/`."""

from devstack import servers, signals, variables
from devstack.places import PREPARED, PYTHON, ROOT, STATE
from devstack.turn import Turn


def main(arguments: list[str]) -> int:
    turn = Turn()
    while turn.take_or_join():
        with turn.shared() as running:
            if running:  # It may have stopped since.
                return call(running["urls"], arguments)
    return with_own_servers(turn, arguments)


def with_own_servers(turn: Turn, arguments: list[str]) -> int:
    signals.listen()
    try:
        with servers.running(STATE) as ours:
            turn.publish(command="manage", urls=ours.urls)
            code = call(ours.urls, arguments)
            turn.retire(wait=True)
            return code
    except signals.AskedToStop as asked:
        return asked.exit_code


def call(urls: dict[str, str], arguments: list[str]) -> int:
    """The command may change the data: the next `run` prepares them again."""
    PREPARED.unlink(missing_ok=True)
    environment = variables.for_django(urls, variables.DEMO)
    return signals.foreground([PYTHON, ROOT / "manage.py", *arguments], environment, folder=None)
