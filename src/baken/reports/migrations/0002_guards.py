"""Refuse, in the database itself, a change of state that is no move."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from baken.reports import guards


def put(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.put(schema_editor.connection)


def take(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.take(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(put, take)]
