"""The PDF of an attestation: the frozen text, in sentences."""

import json
from typing import Any

from core import french
from core.signing.canonical import section
from core.signing.pdf.build import issued_data, pdf_from
from immersions.stays.attestations import KIND
from immersions.stays.models import Attestation


def pdf_of(attestation: Attestation) -> bytes:
    return pdf_from(data_of(attestation), at=attestation.issued_at)


def data_of(attestation: Attestation) -> dict[str, Any]:
    content = json.loads(attestation.text)
    seen = section(
        "Ce qui a été observé",
        table=[[line["skill"], line["level"]] for line in content["skills"]],
        table_head=["Compétence", "Observée"],
        paragraphs=[_signed(content)],
    )
    return issued_data(
        title=KIND,
        name=content["name"],
        sections=[section("", paragraphs=_paragraphs(content)), seen],
        at=attestation.issued_at,
        code=attestation.code,
        sha256=attestation.sha256,
    )


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
