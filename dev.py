#!/usr/bin/env python3
"""One door to the project: `python3 dev.py` lists what it can do. Needs nothing but Python 3.11."""

import sys

# Read by old Pythons too: no recent syntax in this file.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Il faut Python 3.11 ou plus récent. S’il y en a un autre sur la machine : python3.11 dev.py"
        "\nCelui-ci est : " + sys.version
    )

from devstack import door

if __name__ == "__main__":
    sys.exit(door.enter(sys.argv[1:]))
