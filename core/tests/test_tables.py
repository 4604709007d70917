"""Tables made together are those that one by one would be made."""

import pytest
from django.db import connection, models
from django.db.migrations import AddField, CreateModel
from django.db.migrations.state import ModelState, ProjectState

from core.tables import tables_first

pytestmark = pytest.mark.django_db


def made(operations, *, backwards=False):
    """The tables that stand after these operations; undone again, if asked."""
    before = ProjectState()
    for operation in operations:
        after = before.clone()
        operation.state_forwards("core", after)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("core", editor, before, after)
            if backwards:
                operation.database_backwards("core", editor, after, before)
        before = after
    return {
        name: columns_of(name)
        for name in connection.introspection.table_names()
        if name.startswith("core_zz")
    }


def columns_of(table):
    with connection.cursor() as cursor:
        return {it.name for it in connection.introspection.get_table_description(cursor, table)}


def operations():
    """Two tables that speak of each other: the first learns of the second once that one is there."""
    return [
        CreateModel("ZzHouse", [("id", models.BigAutoField(primary_key=True))]),
        AddField("ZzHouse", "rooms", models.IntegerField(null=True)),
        CreateModel(
            "ZzRoom",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("house", models.ForeignKey("core.ZzHouse", models.CASCADE)),
            ],
        ),
    ]


def test_tables_come_first_then_their_columns():
    expected = {"core_zzhouse": {"id", "rooms"}, "core_zzroom": {"id", "house_id"}}
    assert made(tables_first(operations())) == expected


def test_and_they_go_away_together():
    tables = tables_first(operations())[:1]
    assert made(tables, backwards=True) == {}


def test_each_model_is_drawn_once(monkeypatch):
    drawn, draw = [], ModelState.render
    monkeypatch.setattr(ModelState, "render", lambda it, apps: drawn.append(it.name) or draw(it, apps))
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    tables_first(operations())[0].state_forwards("core", state)
    assert {model.__name__ for model in state.apps.get_models()} == {"ZzHouse", "ZzRoom"}
    assert sorted(drawn) == ["ZzHouse", "ZzRoom"]
