"""The PDF of an attestation: PDF/UA-1 and PDF/A-2a at once, the same bytes for the same facts."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import french
from immersions.agreements.pdf.build import HERE as AGREEMENTS
from immersions.agreements.pdf.build import STANDARDS, qr_of, said
from immersions.stays.attestations import KIND
from immersions.stays.models import Attestation

HERE = Path(__file__).parent


def pdf_of(attestation: Attestation) -> bytes:
    """Compiled with the attestation's own date: nothing depends on when one asks."""
    import typst  # Heavy: only a process that makes a PDF pays for it.

    data = json.dumps(data_of(attestation), ensure_ascii=False, sort_keys=True)
    return typst.compile(
        str(HERE / "attestation.typ"),
        root=str(HERE),
        font_paths=[str(AGREEMENTS / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=STANDARDS,
        timestamp=int(attestation.issued_at.timestamp()),
    )


def data_of(attestation: Attestation) -> dict[str, Any]:
    """The frozen text, in sentences."""
    content = json.loads(attestation.text)
    verify_url = settings.SITE_URL + reverse("immersions:verify", args=[attestation.code])
    return {
        "title": KIND,
        "name": content["name"],
        "paragraphs": _paragraphs(content),
        "skills": [[line["skill"], line["level"]] for line in content["skills"]],
        "signed": _signed(content),
        "issued": said(attestation.issued_at),
        "code": attestation.code,
        "sha256": attestation.sha256,
        "verify_url": verify_url,
        "qr": qr_of(verify_url),
    }


def _paragraphs(content: dict[str, Any]) -> list[str]:
    when = ", puis ".join(content["when"])
    year = f" {content['year']}" if content["year"] and str(content["year"]) not in when else ""
    trade = content["occupation"] or content["title"]
    code = f" (ROME {content['occupation_code']})" if content["occupation_code"] else ""
    where = content["company"] + (f", {content['city']}" if content["city"] else "")
    lasted = f", soit {french.counted(content['half_days'], 'demi-journée')}" if content["half_days"] else ""
    purpose = (
        "Une immersion sert à découvrir un métier : voici ce que l’entreprise a vu faire, sur cette durée. "
        "Ce qui n’est pas écrit n’a pas été observé."
    )
    return [
        f"a fait une immersion chez {where} : {content['title']}.",
        f"Dates : {when}{year}{lasted}. Métier : {trade}{code}.",
        purpose,
    ]


def _signed(content: dict[str, Any]) -> str:
    by = f", {content['observed_by']}" if content["observed_by"] else ""
    return f"Observé par {content['company']}{by}."
