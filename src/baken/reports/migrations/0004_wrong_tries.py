"""Count wrong passcodes of one-time pages beside the audit, which names only some of them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0003_inbox_indexes")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="handover",
            name="wrong_tries",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
