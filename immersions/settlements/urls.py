"""Addresses of requests to settle an absence; `immersions.urls` includes them."""

from django.urls import path

from accounts.roles import CANDIDATE, COMPANY
from immersions.applications.urls import MINE, RECEIVED
from immersions.settlements import pages

urlpatterns = [
    path(f"{MINE}<int:pk>/absence/agent/", pages.ask, {"side": CANDIDATE}, name="settlement_ask"),
    path(f"{RECEIVED}<int:pk>/absence/agent/", pages.ask, {"side": COMPANY}, name="received_settlement_ask"),
]
