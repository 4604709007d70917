"""One way only to write what is signed, so that the same words always have the same SHA-256.

The content is data. The page and the PDF know

    {"title", "law", "reference", "version",
     "sections": [{"title", "law", "lines": [[label, value]], "paragraphs": [text],
                   "table": [[cell]], "table_head": [label]}]}

and show nothing else; `section()` makes one of them. A room may keep more beside.
"""

import hashlib
import json
import unicodedata
from typing import Any

Line = list[str]


def canonical(content: dict[str, Any]) -> str:
    """JSON, keys sorted, no blanks, Unicode NFC."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def frozen(content: dict[str, Any]) -> dict[str, str]:
    """The `text` and the `sha256` of a `FrozenText`."""
    text = canonical(content)
    return {"text": text, "sha256": sha256_of(text)}


def section(title: str, law: str = "", lines: list[Line] | None = None, **more: Any) -> dict[str, Any]:
    """`lines` without a value are left out."""
    kept = [[label, str(value).strip()] for label, value in lines or [] if str(value or "").strip()]
    return {"title": title, "law": law, "lines": kept, "paragraphs": [], "table": [], **more}
