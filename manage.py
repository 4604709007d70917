#!/usr/bin/env python
"""Django's command line. `python3 dev.py manage …` calls it with the servers ready."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traitdunion.settings.base")
    execute_from_command_line(sys.argv)
