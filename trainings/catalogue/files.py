"""Open what was given: LHÉO 2.3 in XML, plain or gzipped, and nothing else."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from trainings.catalogue.refusals import FileRefused

GZIP = b"\x1f\x8b"
OTHER_KINDS = {
    b"PK\x03\x04": "une archive ZIP ou un classeur. Décompressez-le, ou exportez le catalogue en XML",
    b"%PDF": "un PDF",
    b"\xd0\xcf\x11\xe0": "un document Office ancien",
    b"BZh": "une archive bzip2. Décompressez-la",
    b"\xfd7zXZ": "une archive xz. Décompressez-la",
}
UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00", b"\x00\x00")
BOM = b"\xef\xbb\xbf"
LARGEST_ROW = 20 * 1024 * 1024  # One training, unpacked. Real ones weigh 10 to 100 kB.


class Counted:
    """A file that refuses to give more than one row's worth without a row coming out of it.

    A hundred kilobytes of gzip may hold a gigabyte of one letter: it stops here.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._since_row = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._since_row += len(chunk)
        if self._since_row > LARGEST_ROW:
            raise FileRefused("Une formation pèse plus de 20 Mo : ce n’est pas un catalogue.")
        return chunk

    def row_done(self) -> None:
        self._since_row = 0


@contextmanager
def opened(path: Path) -> Iterator[Counted]:
    """The XML in `path`, as bytes to be read piece by piece."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
            raw.seek(0)
            file: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
            _refuse_other_kinds(file.read(512))
            file.seek(0)
            yield Counted(file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused("Le fichier compressé est coupé ou abîmé : téléchargez-le de nouveau.") from error
    except IsADirectoryError as error:
        raise FileRefused(f"« {path} » est un dossier : indiquez un fichier.") from error
    except FileNotFoundError as error:
        raise FileRefused(f"Le fichier « {path} » n’existe pas.") from error
    except OSError as error:
        raise FileRefused(f"Le fichier « {path} » ne se lit pas : {error.strerror}.") from error


def _refuse_other_kinds(start: bytes) -> None:
    if not start.strip():
        raise FileRefused("Le fichier est vide.")
    for mark, kind in OTHER_KINDS.items():
        if start.startswith(mark):
            raise FileRefused(f"Ce fichier est {kind} : il faut du XML LHÉO 2.3 (.xml ou .xml.gz).")
    text = start.removeprefix(BOM).lstrip()
    if text.lower().startswith((b"<!doctype html", b"<html")):
        raise FileRefused("Ce fichier est une page web : il faut du XML LHÉO 2.3 (.xml ou .xml.gz).")
    if not text.startswith((b"<", *UTF16_OR_32)):
        raise FileRefused("Ce fichier n’est pas du XML : il faut du XML LHÉO 2.3 (.xml ou .xml.gz).")
