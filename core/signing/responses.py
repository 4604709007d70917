"""PDFs and copies as answers: files to keep, never cached by what stands between."""

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse

from core.signing.models import SignatureBase
from core.signing.scans import type_of


def pdf_response(content: bytes, *, name: str) -> HttpResponse:
    return _file(content, kind="application/pdf", name=f"{name}.pdf")


def scan_response(signature: SignatureBase) -> HttpResponse:
    """The copy of a paper: as a file, never shown in the site."""
    return file_response(signature.scan, name=f"signature-{signature.pk}")


def file_response(scan: FieldFile, *, name: str) -> HttpResponse:
    """Any paper that `read_scan` let in."""
    ending = scan.name.rsplit(".", 1)[-1]
    with scan.open() as file:  # 5 MB at most.
        content = file.read()
    return _file(content, kind=type_of(scan.name), name=f"{name}.{ending}")


def _file(content: bytes, *, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
