import pytest
from django.db import connection, transaction

from territories import geo, reference


@pytest.fixture(scope="module")
def full_reference(django_db_setup, django_db_blocker):
    """All the reference data, loaded once for the tests of a module, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load()
        connection.check_constraints()  # Now, or each test would look at all these rows again before it ends.
        yield
        transaction.set_rollback(True)
    geo.forget()


@pytest.fixture(autouse=True)
def _communes_of_this_test():
    geo.forget()
    yield
    geo.forget()
