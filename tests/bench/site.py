"""The site, and beside it the least that a Django answers: a view, no middleware, no data."""

from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.bench.search import BARE

site = get_wsgi_application()
settings.MIDDLEWARE = []  # Read once, by each of the two.
bare = WSGIHandler()


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("rien")


from traitdunion.urls import urlpatterns  # noqa: E402 - once Django is ready

urlpatterns.insert(0, path(BARE.lstrip("/"), answer))


def application(environ: dict[str, Any], start_response: Any) -> Any:
    chosen = bare if environ["PATH_INFO"] == BARE else site
    return chosen(environ, start_response)
