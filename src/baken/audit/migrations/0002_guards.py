"""Refuse, in the database itself, to change or remove what the audit holds."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from baken.audit import guards


def put(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.put(schema_editor.connection)


def lift(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(put, lift)]
