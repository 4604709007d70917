"""Signed by hand: the copy is kept, with its hash and the name of who laid it down."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import QuerySet

from core.signing.evidence import Evidence
from core.signing.models import FrozenText, Method, SignatoryBase, SignatureBase
from core.signing.scans import Scan

Table = TypeVar("Table", bound=SignatureBase)


@contextmanager
def signed_on_paper(
    table: type[Table],
    *,
    version: FrozenText,
    signatory: SignatoryBase,
    scan: Scan,
    by: Any,
    evidence: Evidence,
    **more: Any,
) -> Iterator[Table]:
    """A signature to keep, with its copy. What follows is refused: no copy of it is left behind."""
    signature = table.by(
        signatory,
        version,
        evidence,
        method=Method.PAPER,
        recorded_by=by,
        recorded_name=by.name_or_address,
        scan_sha256=scan.sha256,
        **more,
    )
    signature.scan.save(scan.name, scan.file, save=False)
    try:
        yield signature
    except BaseException:
        signature.scan.delete(save=False)
        raise


def forget_texts(versions: QuerySet[Any], signatures: type[SignatureBase]) -> None:
    """These frozen texts go, with their signatures and the copies of papers: a file does not go with its row."""
    for signature in signatures._default_manager.filter(version__in=versions).exclude(scan=""):
        signature.scan.delete(save=False)
    versions.delete()
