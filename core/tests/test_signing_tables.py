"""Whatever room signs something, PostgreSQL holds the same promises for its tables."""

import pytest
from django.apps import apps
from django.db import connection, models

from core.signing.models import FrozenText, SignatureBase

pytestmark = pytest.mark.django_db


def tables(base):
    return [model for model in apps.get_models() if issubclass(model, base)]


def triggers_of(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        return " ".join(row[0] for row in cursor.fetchall())


def checks_of(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
            [model._meta.db_table],
        )
        return " ".join(row[0] for row in cursor.fetchall())


def test_there_are_some():
    assert tables(FrozenText)
    assert tables(SignatureBase)


def test_texts_and_signatures_are_never_changed():
    for model in tables(FrozenText) + tables(SignatureBase):
        assert "BEFORE UPDATE" in triggers_of(model), model


def test_a_text_has_a_hash():
    for model in tables(FrozenText):
        assert "[0-9a-f]{64}" in checks_of(model), model


def test_a_signature_on_paper_has_its_copy_and_each_role_signs_a_text_once():
    for model in tables(SignatureBase):
        assert "recorded_by_id IS NOT NULL" in checks_of(model), model
        once = [set(it.fields) for it in model._meta.constraints if isinstance(it, models.UniqueConstraint)]
        assert {"version", "role"} in once, model
