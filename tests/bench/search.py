"""How many times a bare view does a search cost? Run it on load data, on a quiet machine:

python3 dev.py manage seed_load --offers 100000 --trainings 2000
python3 dev.py manage shell -c "from tests.bench.search import main; main()"
"""

import sys
import time
from statistics import median

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from traitdunion import urls

ROUNDS = 40
BAR = 40
BARE = "/bench/"
SEARCHES = (
    "/offres/?lieu=57463",
    "/offres/?lieu=57463&metier=F1703",
    "/offres/?lieu=57463&famille=F&contrat=cdi",
    "/offres/?lieu=57463&rayon=100",
    "/offres/?lieu=57463&tri=date",
    "/offres/?q_lieu=Metz&q_metier=conducteur",
    "/offres.geojson?lieu=57463",
)


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("rien")


def milliseconds(client: Client, url: str) -> float:
    start = time.perf_counter()
    response = client.get(url)
    assert response.status_code == 200, url
    return (time.perf_counter() - start) * 1000


def main() -> None:
    urls.urlpatterns.append(path(BARE.strip("/") + "/", bare))
    client = Client(HTTP_HOST="localhost")
    times: dict[str, list[float]] = {url: [] for url in (BARE, *SEARCHES)}
    for url in times:
        milliseconds(client, url)  # Templates are read, communes are known.
    for _ in range(ROUNDS):  # In turn, so that a busy moment is shared by all.
        for url, row in times.items():
            row.append(milliseconds(client, url))
    floor = median(times[BARE])
    for url, row in times.items():
        print(f"{url:45} p50 {median(row):7.1f} ms   × {median(row) / floor:5.1f}")  # noqa: T201
    sys.exit(any(median(times[url]) > BAR * floor for url in SEARCHES[:2]))
