"""Remember until when the clock was right, so that one that leaps ahead erases nothing."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notices", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="TrustedMoment",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
