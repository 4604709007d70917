"""The PDF of any document issued here: PDF/UA-1 and PDF/A-2a at once, the same bytes for the same facts.

One template, `document.typ`. `signed_data` is what it needs for a signed text, `issued_data` for
one that nobody signs; `pdf_from` makes the file.
"""

import datetime as dt
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone

from core import french
from core.signing.models import FrozenText, SignatureBase
from core.verification import address_of

HERE = Path(__file__).parent
STANDARDS: Any = ["ua-1", "a-2a"]  # Both at once: typst refuses what breaks either.


def pdf_from(data: dict[str, Any], *, at: dt.datetime) -> bytes:
    """Compiled with the document's own date: nothing depends on when one asks."""
    import typst  # Heavy: only a process that makes a PDF pays for it.

    return typst.compile(
        HERE / "document.typ",
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=STANDARDS,
        timestamp=int(at.timestamp()),
    )


def signed_data(
    version: FrozenText,
    *,
    signatures: Iterable[SignatureBase],
    missing: Iterable[str],
    warning: str,
    may_be_signed: bool,
) -> dict[str, Any]:
    """The text as it was frozen, and the evidence.

    `signatures` in the order of the text, `missing` who has not signed yet, `warning` what the first
    page of a document that is not valid says (else empty).
    """
    content = version.content
    return {
        "title": content["title"],
        "name": "",
        "law": content["law"],
        "about": content["reference"],
        "foot": f"{content['reference']} · version {content['version']} · vérifier : {version.code}",
        "warning": warning,
        "sections": content["sections"],
        "is_signed": True,
        "signatures": [_row(signature) for signature in signatures],
        "missing": missing,
        "by_hand": missing if may_be_signed else [],
        "facts": [
            ["Version", f"{content['version']}, figée le {said(version.frozen_at)}"],
            *_copies(signatures),
        ],
        **_proof(version.code, version.sha256),
    }


def issued_data(
    *, title: str, name: str, sections: list[dict[str, Any]], at: dt.datetime, code: str, sha256: str
) -> dict[str, Any]:
    """A document that the site delivers to somebody; its sections are those of `core.signing.canonical`."""
    return {
        "title": title,
        "name": name,
        "law": "",
        "about": name,
        "foot": f"Vérifier : {code}",
        "warning": "",
        "sections": sections,
        "is_signed": False,
        "signatures": [],
        "missing": [],
        "by_hand": [],
        "facts": [["Délivrée le", said(at)]],
        **_proof(code, sha256),
    }


def _proof(code: str, sha256: str) -> dict[str, str]:
    address = address_of(code)
    return {"code": code, "sha256": sha256, "verify_url": address, "qr": _qr_of(address)}


def _row(signature: Any) -> list[str]:
    how = [
        signature.how,
        "Se dit habilité à engager l’entreprise" if signature.is_entitled else "",
    ]
    return [
        signature.get_role_display(),
        f"{signature.name}, {signature.email}",
        said(signature.signed_at),
        ". ".join(filter(None, how)),
    ]


def _copies(signatures: Iterable[Any]) -> list[list[str]]:
    """The hash of each paper that was laid down: a line of its own, it is too long for a column."""
    on_paper = [it for it in signatures if it.scan_sha256]
    return [[f"Copie signée, {it.get_role_display().lower()} (SHA-256)", it.scan_sha256] for it in on_paper]


def said(moment: dt.datetime) -> str:
    """« 22 novembre 2026 à 11 h 02 min 09 s », in Paris."""
    local = timezone.localtime(moment)
    return (
        f"{french.day(local.date(), year=True)} à {local.hour} h {local.minute:02d} min {local.second:02d} s"
    )


def _qr_of(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=2, xmldecl=False, scale=4)
    return out.getvalue().decode()
