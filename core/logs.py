"""One line of JSON per event, and the request it belongs to. Ids, never names or addresses."""

import json
import logging
import uuid
from contextvars import ContextVar

USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

_request: ContextVar[dict | None] = ContextVar("request", default=None)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **(_request.get() or {}),
            **{key: value for key, value in vars(record).items() if key not in USUAL},
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        entry.pop("request", None)  # Django's own lines carry the request: never print it.
        return json.dumps(entry, ensure_ascii=False, default=str)


def request_context(get_response):
    """Give each request an id, found in its logs, in its answer and in the error page."""

    def middleware(request):
        request.id = uuid.uuid4().hex[:12]
        token = _request.set({"request_id": request.id, "path": request.path})
        try:
            response = get_response(request)
        finally:
            _request.reset(token)
        response["X-Request-Id"] = request.id
        return response

    return middleware
