"""The regional training catalogue (LHÉO 2.3) and how we follow it.

`files` opens what was given, `lheo` reads it row by row, `places` finds where, `follower` writes.
"""

from trainings.catalogue.follower import follow
from trainings.catalogue.refusals import FileRefused, RowRefused
from trainings.catalogue.report import Report

__all__ = ["FileRefused", "Report", "RowRefused", "follow"]
