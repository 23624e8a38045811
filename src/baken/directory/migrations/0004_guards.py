"""Refuse, in the database itself, an address of what must stay out of sight."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from baken.directory import guards


def put(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.put(schema_editor.connection)


def take(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.take(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_what_was_verified")]
    operations = [migrations.RunPython(put, take)]
