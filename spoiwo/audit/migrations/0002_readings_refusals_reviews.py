"""Readings, the circumstances of each entry, refusals and weekly reviews; indexes for a million entries.

Why: an entry tells the request, the roles and the fingerprint of the address; who looked at a record is asked often.
Rows written before keep form 1 and their hashes, for which the new columns are not there; nothing in them changes.
Size: SQLite copies the table for each new column, about half a minute for a million entries; PostgreSQL needs seconds.
Way back: reversible while no entry of form 2 was written; after that the chain would no longer be verified.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("view", models.CharField(max_length=120)),
                ("status", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.CharField(max_length=8, unique=True, verbose_name="week")),
                ("hits", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=64)),
                ("remarks", models.TextField(verbose_name="remarks")),
                ("signed_by_name", models.CharField(max_length=200)),
                ("signed_at", models.DateTimeField(verbose_name="signed")),
            ],
            options={
                "ordering": ["-week"],
            },
        ),
        migrations.RemoveIndex(
            model_name="record",
            name="audit_record_about",
        ),
        migrations.AddField(
            model_name="record",
            name="address_hash",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.AddField(
            model_name="record",
            name="form",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="record",
            name="reading",
            field=models.BooleanField(default=False, verbose_name="a reading"),
        ),
        migrations.AddField(
            model_name="record",
            name="request_id",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.AddField(
            model_name="record",
            name="roles",
            field=models.CharField(blank=True, default="", max_length=400, verbose_name="roles"),
        ),
        migrations.AlterField(
            model_name="record",
            name="at",
            field=models.DateTimeField(db_index=True, verbose_name="time"),
        ),
        migrations.AlterField(
            model_name="record",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="hash",
            field=models.CharField(max_length=64),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["about_type", "about_id", "sequence"], name="audit_record_about_in_order"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["by", "sequence"], name="audit_record_by_person"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["deed", "sequence"], name="audit_record_by_deed"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(condition=models.Q(("reading", True)), fields=["at"], name="audit_record_readings"),
        ),
        migrations.AddField(
            model_name="refusal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="signed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.UniqueConstraint(
                fields=("by", "day", "view", "status"), name="refusals_counted_once_a_day"
            ),
        ),
    ]
