"""Who may open the pages of the roof."""

from immersions.tests.access_agreements import frozen
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    OTHER_ADVISOR,
    OTHER_CANDIDATE,
    OTHER_MEMBER,
    UNCONFIRMED,
    VISITOR,
    Route,
    all_answer,
    only,
    public,
)

ROUTES = {
    "home": public(),
    "sitemap": public(),
    "sitemap_section": public(args=lambda world: ["offres"]),
    "robots": public(),
    "candidate_space": Route(get=only(CANDIDATE, OTHER_CANDIDATE)),
    "company_space": Route(get=only(MEMBER, UNCONFIRMED, OTHER_MEMBER)),
    "advisor_space": Route(get=only(ADVISOR, OTHER_ADVISOR)),
    "after_login": Route(get=all_answer(ELSEWHERE, **{VISITOR: LOGIN})),
    "health": Route(get=all_answer(503)),  # No worker in tests: the page says so.
    "health_web": public(),
    "help": public(),
    "contact": public(),
    "legal_notice": public(),
    "personal_data": public(),
    "accessibility": public(),
    "site_map": public(),
    "colours": public(),
    "verify": public(args=lambda world: [frozen(world).version.code]),
    "demo_components": public(),
    "demo_inbox": public(),
    "demo_inbox_json": public(),
    "demo_mail": public(args=lambda world: [world.mail.pk]),
    "demo_mail_html": public(args=lambda world: [world.mail.pk]),
    "demo_attachment": public(args=lambda world: [world.mail.pk, 0]),
}
