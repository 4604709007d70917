"""Migrations that make many tables: the net of models is drawn once for all of them."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Operations that need nothing of each other's tables as they were in between.

    One by one, each makes Django draw again every model that another can lead to, which is all of them: that is most
    of the time of a first `migrate`. Here they are all said, then drawn once, then done, in their order.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # A cached property: drawn again by the first who asks.
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def tables_first(operations: Sequence[Operation]) -> list[Operation]:
    """Every table, then what is added to one because it speaks of another: columns, constraints, triggers."""
    tables = [it for it in operations if isinstance(it, CreateModel)]
    added = [it for it in operations if not isinstance(it, CreateModel)]
    return [Together(tables), *([Together(added)] if added else [])]
