from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from baken.directory.finding import store


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    store.create(schema_editor.connection)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    store.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """The index of the finding engine: made from the services, so that going back loses nothing."""

    dependencies = [("directory", "0001_first")]

    operations = [migrations.RunPython(create, drop)]
