"""Who may open the pages of the entrance and of one's own account."""

from accounts.models import Invitation
from tests.access.answers import (
    AGENT,
    ELSEWHERE,
    FORBIDDEN,
    HIDDEN,
    LOGIN,
    NOT_A_LINK,
    OTHER_AGENT,
    PAGE,
    Route,
    all_answer,
)

FOR_VISITORS = all_answer(ELSEWHERE, visitor=PAGE)
LOGGED_IN = all_answer(PAGE, visitor=LOGIN)
AGENTS = {**all_answer(HIDDEN, visitor=LOGIN), AGENT: PAGE, OTHER_AGENT: PAGE}
NOT_ACTIVE = all_answer(HIDDEN, visitor=LOGIN)  # Nothing there before the second factor is.


def an_invitation(world) -> list[str]:
    manager = world.company.confirmed_members().first()
    return [
        Invitation.objects.create(
            organisation=world.company.organisation, email="ami@example.org", invited_by=manager
        ).token
    ]


ROUTES = {
    "account_login": Route(get=FOR_VISITORS),
    "account_request_login_code": Route(get=FOR_VISITORS),
    "account_confirm_login_code": Route(get=all_answer(ELSEWHERE, visitor=LOGIN)),
    "account_signup": Route(get=FOR_VISITORS),
    "account_signup_email": Route(get=FOR_VISITORS, query="?qui=candidate"),
    "account_logout": Route(get=all_answer(PAGE, visitor=ELSEWHERE), post=all_answer(ELSEWHERE)),
    "mfa_index": Route(get=AGENTS),
    "mfa_activate_totp": Route(get=AGENTS),
    "mfa_authenticate": Route(get=all_answer(ELSEWHERE, visitor=LOGIN)),
    "mfa_reauthenticate": Route(get=NOT_ACTIVE | {AGENT: FORBIDDEN, OTHER_AGENT: FORBIDDEN}),
    "mfa_deactivate_totp": Route(get=NOT_ACTIVE),
    "mfa_view_recovery_codes": Route(get=NOT_ACTIVE),
    "mfa_generate_recovery_codes": Route(get=AGENTS),
    "mfa_download_recovery_codes": Route(get=NOT_ACTIVE),
    "accounts:welcome": Route(get=LOGGED_IN),
    "accounts:invitation": Route(get=all_answer(PAGE), args=an_invitation),
    "accounts:account": Route(get=LOGGED_IN),
    "accounts:name": Route(get=LOGGED_IN),
    "accounts:new_address": Route(get=LOGGED_IN),
    "accounts:new_address_code": Route(get=all_answer(ELSEWHERE, visitor=LOGIN)),
    "accounts:my_data": Route(get=LOGGED_IN, post=all_answer(NOT_A_LINK, visitor=LOGIN)),
    "accounts:erase": Route(get=LOGGED_IN),
}
