"""Open a CSV, plain or gzipped, comma or semicolon, and check that it has the right columns."""

import csv
import gzip
import io
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from territories.imports.report import FileRefused

GZIP = b"\x1f\x8b"
LONGEST_FIELD = 100_000
Line = tuple[int, dict[str, str]]


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """The text in `path`. Any reason not to read it becomes one sentence."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
            raw.seek(0)
            file: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
            yield io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused("Le fichier compressé est coupé ou abîmé : téléchargez-le de nouveau.") from error
    except UnicodeDecodeError as error:
        raise FileRefused("Le fichier n’est pas en UTF-8 : enregistrez-le en « CSV UTF-8 ».") from error
    except csv.Error as error:
        raise FileRefused(f"Ce fichier n’est pas un CSV : {error}.") from error
    except OSError as error:
        raise FileRefused(f"Le fichier « {path} » ne se lit pas : {error.strerror}.") from error


def columns_of(file: IO[str]) -> list[str]:
    """The names on the first line."""
    first = file.readline(LONGEST_FIELD)
    if "\x00" in first or not first.strip():
        raise FileRefused("Le fichier est vide, ou n’est pas du texte.")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return [name.strip() for name in next(csv.reader([first], delimiter=delimiter))] + [delimiter]


def lines_of(file: IO[str], *, needed: Collection[str]) -> Iterator[Line]:
    """Each line with its number and its stripped values. Refuses a file without those columns."""
    *names, delimiter = columns_of(file)
    absent = [name for name in needed if name not in names]
    if absent:
        raise FileRefused(f"Il manque des colonnes : {', '.join(absent)}.")
    reader = csv.reader(file, delimiter=delimiter)
    for values in reader:
        if not any(values):
            continue
        row = {name: value.strip() for name, value in zip(names, values, strict=False)}
        yield reader.line_num + 1, dict.fromkeys(names, "") | row
