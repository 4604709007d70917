"""`core.verification`, under the name by which older migrations know it."""

from core.verification import new_verification_code

__all__ = ["new_verification_code"]
