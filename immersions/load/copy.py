"""Write many rows by COPY: an INSERT of a hundred thousand rows is mostly Python."""

from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


def write(rows: list[Any]) -> list[Any]:
    """Like `bulk_create`, rows of one model, their keys given."""
    if not rows:
        return rows
    model = type(rows[0])
    give_keys(model, rows)
    fields = [each for each in model._meta.local_concrete_fields if is_ours(each, rows[0])]
    names = ", ".join(f'"{each.column}"' for each in fields)
    statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([prepared(field, row) for field in fields])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def is_ours(field: models.Field, row: Any) -> bool:
    """Neither computed by the database, nor left to its default."""
    return not (field.generated or isinstance(getattr(row, field.attname), DatabaseDefault))


def prepared(field: models.Field, row: Any) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


def give_keys(model: type[models.Model], rows: list[Any]) -> None:
    """Take as many numbers from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
