"""Folders of root's own, for a project in a private home where PostgreSQL's account cannot go."""

import hashlib
import os
import shutil
import stat
from pathlib import Path

PLACE = Path("/var/tmp")  # noqa: S108 - each folder there is checked to be ours before use


def folder_for(inside: Path) -> Path:
    """Always the same one for what would have been at `inside`."""
    name = hashlib.sha256(str(inside.resolve()).encode()).hexdigest()[:12]
    return PLACE / f"traitdunion-{name}"


def make(inside: Path) -> Path:
    folder = folder_for(inside)
    folder.mkdir(mode=0o755, exist_ok=True)
    if not is_mine(folder):
        raise SystemExit(f"{folder} existe déjà et n’est pas à nous : supprimez-le.")
    folder.chmod(0o755)
    return folder


def remove(inside: Path) -> None:
    folder = folder_for(inside)
    if folder.exists() and is_mine(folder):
        shutil.rmtree(folder)


def is_mine(folder: Path) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
