"""The agents of the Region: what they watch over, and what they may do in the admin."""

from collections.abc import Iterable, Iterator

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core.rules import RuleBroken
from territories.models import AgentTerritory, Department, Region
from territories.models.agents import departments_of

__all__ = ["GROUP", "departments_of", "grant_agents", "make_agent"]

GROUP = "Agents de la Région"
# Who may change these could give themselves any right: superusers only.
ONLY_SEEN = (settings.AUTH_USER_MODEL.lower(), "territories.agentterritory", "territories.region")


def grant_agents() -> Group:
    """Give the agents' group its rights on every model of the house. Safe to run again.

    An agent sees, adds and changes; nobody deletes. What a page leaves read-only stays so: a
    right opens the page, the page decides what may be typed there.
    """
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.set(Permission.objects.filter(_granted()))
    return group


def _granted() -> Q:
    house = Q(content_type__app_label__in=[app.label for app in _rooms()])
    granted = house & ~Q(codename__startswith="delete_")
    for name in ONLY_SEEN:
        label, model = name.split(".")
        one = Q(content_type__app_label=label, content_type__model=model)
        granted &= ~one | Q(codename=f"view_{model}")
    return granted


def _rooms() -> Iterator[AppConfig]:
    """The apps of this project, as opposed to those that it is built on."""
    for app in apps.get_app_configs():
        if str(settings.BASE_DIR) in app.path and "site-packages" not in app.path:
            yield app


@transaction.atomic
def make_agent(
    email: str, *, region: Region | None = None, departments: Iterable[Department] = ()
) -> tuple[User, bool]:
    """Open the admin to that address, for a region or some departments. True: a new account."""
    chosen = list(departments)
    if not (region or chosen):
        raise RuleBroken("Un agent a une région, ou des départements.", code="no_territory")
    users = get_user_model().objects
    user = users.filter(email__iexact=email.strip()).first()
    is_new = user is None
    if user is None:
        user = users.create_user(email.strip())
    user.is_staff = user.is_active = True
    user.save(update_fields=["is_staff", "is_active"])
    user.groups.add(grant_agents())
    territory, _ = AgentTerritory.objects.update_or_create(user=user, defaults={"region": region})
    territory.departments.set(chosen)
    return user, is_new
