"""The copy of a paper: what it really is, by its content, whatever its name says."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile, File

from core.rules import RuleBroken

MOST = 5 * 1024 * 1024
PDF_TAIL = 1024  # Where readers look for the end.
PICTURE, END = b"\xda", b"\xd9"  # Marks of a JPEG.
# First bytes → (what the end of a whole file has, ending, type). Nothing else is kept.
KINDS = {
    b"%PDF-": (b"%%EOF", "pdf", "application/pdf"),
    b"\xff\xd8\xff": (b"\xff\xd9", "jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": (b"IEND", "png", "image/png"),
}


@dataclass(frozen=True, slots=True)
class Scan:
    name: str
    file: File
    sha256: str


def read_scan(file: File) -> Scan:
    """RuleBroken, with a sentence, when it is too heavy or something else."""
    if file.size > MOST:
        size = f"{file.size / 1024 / 1024:.1f}".replace(".", ",")
        raise RuleBroken(
            f"Ce fichier pèse {size} Mo : 5 Mo au plus. Photographiez en plus petit.", code="size"
        )
    content = file.read()
    for mark, (end, ending, _) in KINDS.items():
        if content.startswith(mark):
            if not _is_whole(content, end, ending):
                raise RuleBroken("Ce fichier est coupé ou abîmé : envoyez-le à nouveau.", code="cut")
            return Scan(f"scan.{ending}", ContentFile(content), hashlib.sha256(content).hexdigest())
    raise RuleBroken(
        "Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG, quel que soit son nom.", code="kind"
    )


def _is_whole(content: bytes, end: bytes, ending: str) -> bool:
    """Is the end there, and is it this file's own? A PDF that was changed has an end for each change, a
    photo carries a smaller one with an end of its own.
    """
    if ending == "pdf":
        return end in content[-PDF_TAIL:]
    return end in content[_picture_at(content) if ending == "jpg" else 0 :]


def _picture_at(content: bytes) -> int:
    """Where the picture of a JPEG begins, past what describes it (the small photo is in there)."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] not in (PICTURE, END):
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return at


def type_of(name: str) -> str:
    ending = name.rsplit(".", 1)[-1]
    return next((kind for _, it, kind in KINDS.values() if it == ending), "application/octet-stream")
