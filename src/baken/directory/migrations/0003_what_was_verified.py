from django.db import migrations, models


class Migration(migrations.Migration):
    """What exactly was verified, and that mail to an owner came back."""

    dependencies = [("directory", "0002_finding")]

    operations = [
        migrations.AddField("provider", "bounced_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("verification", "value", models.CharField(blank=True, max_length=16)),
    ]
