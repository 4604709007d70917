"""Catalogues are imported in this room's tests as in those of the trainings."""

from trainings.tests.conftest import follow, world

__all__ = ["follow", "world"]
