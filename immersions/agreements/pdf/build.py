"""The PDF of an agreement: PDF/UA-1 and PDF/A-2a at once, the same bytes for the same facts."""

import io
import json
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core import french
from immersions.agreements.models import Agreement, AgreementVersion, SignatoryRole
from immersions.agreements.workflow import AgreementStatus

HERE = Path(__file__).parent
STANDARDS: Any = ["ua-1", "a-2a"]  # Both at once: typst refuses what breaks either.


def pdf_of(agreement: Agreement, version: AgreementVersion) -> bytes:
    """Compiled with the version's own date: nothing depends on when one asks."""
    import typst  # Heavy: only a process that makes a PDF pays for it.

    data = json.dumps(data_of(agreement, version), ensure_ascii=False, sort_keys=True)
    return typst.compile(
        HERE / "agreement.typ",
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=STANDARDS,
        timestamp=int(version.frozen_at.timestamp()),
    )


def data_of(agreement: Agreement, version: AgreementVersion) -> dict[str, Any]:
    """The signed text as it was frozen, and the evidence."""
    content = json.loads(version.text)
    verify_url = settings.SITE_URL + reverse("immersions:verify", args=[version.code])
    signatures = sorted(version.signatures.all(), key=lambda it: SignatoryRole.values.index(it.role))
    signed = {signature.role for signature in signatures}
    return {
        **content,
        "sha256": version.sha256,
        "code": version.code,
        "frozen": said(version.frozen_at),
        "verify_url": verify_url,
        "qr": qr_of(verify_url),
        "warning": _warning(agreement, version),
        "signatures": [_row(signature) for signature in signatures],
        "missing": [
            signatory.get_role_display().lower()
            for signatory in agreement.needed_signatories
            if signatory.role not in signed
        ],
    }


def _row(signature: Any) -> list[str]:
    return [
        signature.get_role_display(),
        f"{signature.name}, {signature.email}",
        said(signature.signed_at),
        signature.get_method_display()
        + (". Se dit habilité à engager l’entreprise." if signature.is_entitled else ""),
    ]


def _warning(agreement: Agreement, version: AgreementVersion) -> str:
    """A document that is not valid says so on its first page."""
    if agreement.version is None or agreement.version.pk != version.pk:
        return "Cette version ne vaut plus : elle a été remplacée, refusée ou annulée."
    if agreement.status != AgreementStatus.VALIDATED:
        return "Pas encore valable : il manque des signatures ou la validation de l’organisme prescripteur."
    return ""


def said(moment: Any) -> str:
    """« 22 novembre 2026 à 11 h 02 min 09 s », in Paris."""
    local = timezone.localtime(moment)
    return (
        f"{french.day(local.date(), year=True)} à {local.hour} h {local.minute:02d} min {local.second:02d} s"
    )


def qr_of(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=2, xmldecl=False, scale=4)
    return out.getvalue().decode()
