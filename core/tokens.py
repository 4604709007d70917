"""What a mailed link carries: who has it, has received it."""

import secrets


def new_token() -> str:
    return secrets.token_urlsafe(24)
