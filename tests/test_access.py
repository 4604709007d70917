"""Every route × role declares its answer (see tests/access)."""

from copy import copy, deepcopy
from functools import cache
from http.cookies import SimpleCookie

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpResponseNotFound
from django.shortcuts import resolve_url
from django.test import Client, override_settings
from django.urls import reverse

from tests.access import routes
from tests.access.answers import AGENT, ELSEWHERE, EVERYBODY, LOGIN, OTHER_AGENT
from tests.access.cast import cast_for
from tests.access.routes import declared, existing
from tests.access.world import a_world
from tests.worlds import made_once

DECLARED = declared()
IN_COOKIES = "django.contrib.sessions.backends.signed_cookies"


def test_every_route_declares_who_may_open_it():
    names = {name for name, _ in existing()}
    assert sorted(names - DECLARED.keys()) == [], "declare these in <room>/tests/access.py"
    assert sorted(DECLARED.keys() - names) == [], "declared, but there is no such route"


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_a_declaration_names_every_role(name):
    route = DECLARED[name]
    assert set(route.get) == set(EVERYBODY)
    assert route.post is None or set(route.post) == set(EVERYBODY)


def answer_of(response) -> int | str:
    """A status, or where a redirection leads: to the log-in page, or elsewhere."""
    if response.status_code in (301, 302):
        to_login = response["Location"].startswith(resolve_url("account_login"))
        return LOGIN if to_login else ELSEWHERE
    return response.status_code


def a_world_and_its_cookies():
    """One of everything, and who is logged in."""
    world = a_world()
    return world, {role: cookies_of(user) for role, user in cast_for(world).items()}


_made, made = made_once(a_world_and_its_cookies)


@pytest.fixture(scope="module", autouse=True)
def _light_requests():
    """Thousands of requests: who is logged in stands in the cookie and is read once, templates are not noted one by one,
    and the page of a 404, half of the answers, is read elsewhere.
    """
    with pytest.MonkeyPatch.context() as patch, override_settings(SESSION_ENGINE=IN_COOKIES):
        patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        patch.setattr("django.conf.urls.handler404", lambda request, exception: HttpResponseNotFound())
        read = cache(ModelBackend().get_user)
        patch.setattr(ModelBackend, "get_user", lambda backend, user_id: copy(read(user_id)))
        yield


def cookies_of(user) -> SimpleCookie:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.cookies


@pytest.fixture
def world(made):
    return made[0]


@pytest.fixture
def ask(made):
    """`ask("get", url)`: what it answers to each role; what each did is undone: all find the same world."""
    client = Client()

    def of_each(method: str, url: str, data: dict | None = None) -> dict[str, int | str]:
        answers = {}
        before = transaction.savepoint()
        for role, cookies in made[1].items():
            client.cookies = deepcopy(cookies)
            answers[role] = answer_of(getattr(client, method)(url, data or {}))
            transaction.savepoint_rollback(before)
        return answers

    return of_each


def families():
    """Routes of one room that speak of the same rows: those are made once for them all."""
    found = {}
    for name in sorted(DECLARED):
        found.setdefault((name.partition(":")[0], DECLARED[name].args), []).append(name)
    return [pytest.param(names, id=names[0]) for names in found.values()]


@pytest.mark.parametrize("names", families())
def test_routes_answer_as_declared(names, world, ask):
    args = DECLARED[names[0]].args(world)
    for name in names:
        route = DECLARED[name]
        url = reverse(name, args=args) + route.query
        assert ask("get", url) == route.get, name
        if route.post is not None:
            assert ask("post", url, route.data(world)) == route.post, name


def house_admins():
    """The admin pages of the house's own models."""
    for model, page in admin.site._registry.items():
        if model._meta.app_label in routes.ROOMS:
            yield pytest.param(model, page, id=model._meta.label)


@pytest.mark.parametrize(("model", "page"), list(house_admins()))
def test_an_admin_page_is_for_agents_only(model, page, ask):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    answers = ask("get", url)
    agents = {role: answers.pop(role) for role in (AGENT, OTHER_AGENT)}
    assert set(answers.values()) <= {ELSEWHERE, LOGIN}, "sent to the admin’s own log-in, or to ours"
    assert set(agents.values()) <= {200, 403}


@pytest.mark.parametrize("model", list(apps.get_models()), ids=lambda model: model._meta.label)
def test_an_admin_page_is_scoped_by_its_queryset(model):
    if model._meta.app_label not in routes.ROOMS or model not in admin.site._registry:
        return
    page = admin.site._registry[model]
    scoped = (
        hasattr(model._default_manager.all(), "in_territory_of")
        or type(page).get_queryset is not admin.ModelAdmin.get_queryset
    )
    named = getattr(page, "is_national", False)
    assert scoped or named, "give the QuerySet `in_territory_of(user)`, or say `is_national = True`"
