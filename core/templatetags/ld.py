"""Data blocks in a page: JSON that no text in it can turn into HTML."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.filter
def ld(data: Any) -> SafeString:
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return SafeString(text)
