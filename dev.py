#!/usr/bin/env python3
"""One door to the project: `python3 dev.py` lists what it can do. Needs nothing but Python 3.11."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Il faut Python 3.11 ou plus récent ; celui-ci est le %d.%d. S’il y en a un autre sur la"
        " machine : python3.11 dev.py" % sys.version_info[:2]
    )

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from devstack import door  # noqa: E402 - an old Python must read the sentence above first

if __name__ == "__main__":
    sys.exit(door.enter(sys.argv[1:]))
