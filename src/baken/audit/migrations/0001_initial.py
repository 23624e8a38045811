"""The tables of the audit: events and the head of their chain."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("member_id", models.CharField(blank=True, max_length=64)),
                ("organisation_id", models.CharField(blank=True, max_length=64)),
                ("function", models.CharField(blank=True, max_length=64)),
                ("on_behalf_of", models.CharField(blank=True, max_length=64)),
                ("action", models.CharField(max_length=64)),
                ("object_kind", models.CharField(max_length=64)),
                ("object_id", models.CharField(blank=True, max_length=64)),
                ("listed", models.TextField(blank=True)),
                ("footing", models.CharField(blank=True, max_length=64)),
                ("outcome", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["object_kind", "object_id"], name="audit_event_object"),
                    models.Index(fields=["organisation_id", "at"], name="audit_event_organisation"),
                    models.Index(fields=["member_id", "at"], name="audit_event_member"),
                    models.Index(fields=["at"], name="audit_event_at"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="audit_event_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", ""), _negated=True), models.Q(("object_kind", ""), _negated=True)
                        ),
                        name="audit_event_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["ok", "refused"])), name="audit_event_outcome"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("hash"), models.Value(64)
                            )
                        ),
                        name="audit_event_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous", ""), ("sequence", 1)),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("previous"), models.Value(64)
                                ),
                                ("sequence__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="audit_event_linked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("at", models.DateTimeField(null=True)),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("signature", models.CharField(blank=True, max_length=128)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_single")],
            },
        ),
    ]
