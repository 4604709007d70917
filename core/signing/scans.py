"""The copy of a paper: what it really is, by its content, whatever its name says."""

from dataclasses import dataclass

from django.core.files.base import ContentFile, File

from core.rules import RuleBroken

MOST = 5 * 1024 * 1024
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
            if end not in content:
                raise RuleBroken("Ce fichier est coupé ou abîmé : envoyez-le à nouveau.", code="cut")
            return Scan(f"scan.{ending}", ContentFile(content))
    raise RuleBroken(
        "Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG, quel que soit son nom.", code="kind"
    )


def type_of(name: str) -> str:
    ending = name.rsplit(".", 1)[-1]
    return next((kind for _, it, kind in KINDS.values() if it == ending), "application/octet-stream")
