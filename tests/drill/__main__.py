"""`python -m tests.drill world`, `people ADDRESS WORLD` or `verdict WORLD`: each in its own process."""

import json
import sys
from pathlib import Path


def say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")


def main(part: str, *arguments: str) -> None:
    if part == "people":
        from tests.drill import people

        people.main(*arguments)
        return
    import django

    django.setup()
    from tests.drill import verdict, world

    if part == "world":
        say(world.build())
    else:
        say(verdict.answer(json.loads(Path(arguments[0]).read_text())))


if __name__ == "__main__":
    main(*sys.argv[1:])
