"""The whole demo, in the order in which its parts need each other."""

from django.db import connection, transaction

from candidates.structures.demo import seed_structures
from companies.models import Company
from immersions.applications.models import Application
from immersions.offers.models import Offer
from trainings.models import Session
from traitdunion.demo.applications import seed_applications
from traitdunion.demo.catalogue import seed_trainings
from traitdunion.demo.followings import seed_followings
from traitdunion.demo.needs import seed_needs, seed_skill_links
from traitdunion.demo.offers import seed_offers
from traitdunion.demo.organisations import seed_organisations
from traitdunion.demo.past import Past
from traitdunion.demo.paths import seed_paths
from traitdunion.demo.people import seed_agents, seed_candidates, seed_companies
from traitdunion.demo.projects import seed_projects
from traitdunion.demo.seats import seed_seats


def seed(*, only_first: bool = False) -> dict[str, int]:
    """Add what is missing, and dates where dates went by. Says how many rows of each kind are new.

    `only_first`: what a newcomer meets first, up to the immersions; the projects, longer to tell, come
    while the site is already up. What people write there meanwhile is not seen, so never moved in time.
    """
    is_alone = not connection.in_atomic_block
    with transaction.atomic():
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _tell(only_first=only_first)


def _tell(*, only_first: bool) -> dict[str, int]:
    before = _counts()
    past = Past()
    _tell_first(past)
    if not only_first:
        seed_seats(past)
        seed_projects(past)
        seed_paths(past)
    mails = past.deliver()
    added = {kind: count - before[kind] for kind, count in _counts().items()}
    return added | {"courriels": mails}


def _tell_first(past: Past) -> None:
    seed_agents()
    seed_structures()
    seed_candidates(past)
    seed_companies(past)
    seed_trainings()
    seed_skill_links()
    seed_organisations(past)
    seed_offers(past)
    seed_needs(past)
    seed_followings(past)
    seed_applications(past)


def _counts() -> dict[str, int]:
    models = {"entreprises": Company, "offres": Offer, "sessions": Session, "candidatures": Application}
    return {kind: model._default_manager.count() for kind, model in models.items()}
