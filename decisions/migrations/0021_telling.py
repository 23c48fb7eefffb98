import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import infoshare.clock
from decisions.wizard.advice.too_long import advice_late_from
from decisions.wizard.journey import Journey
from decisions.wizard.urgent.due import due_on
from guidance import stored
from infoshare.append_only import only_grows

# As `following.BEFORE_IT_WAS_KEPT`.
WORKING_DAYS = 2


def note_times(apps, schema_editor):
    """From when drafts wait too long; and follow-ups of records sealed before that was kept."""
    parked = apps.get_model("decisions", "Draft").objects.filter(
        parked_since__isnull=False, record__isnull=True
    )
    for draft in parked.select_related("organisation").iterator():
        journey = Journey(stored.edition(draft.edition_id), draft.answers)
        days = draft.organisation.advice_days
        draft.advice_late_from = advice_late_from(journey, draft.parked_since, days)
        draft.save(update_fields=["advice_late_from"])
    entries = apps.get_model("decisions", "Entry").objects.filter(
        is_urgent=True, follow_up_due__isnull=True
    )
    for entry in entries.iterator():
        entry.follow_up_due = due_on(entry.sealed_at, WORKING_DAYS)
        entry.save(update_fields=["follow_up_due"])


class Migration(migrations.Migration):
    """What people are told, whether they looked, and when a draft has waited too long."""

    dependencies = [
        ("decisions", "0019_saved_views"),
        ("guidance", "0006_protocols"),
        ("people", "0007_pseudonyms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at-once", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week, on Mondays"),
                            ("never", "Never"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "day",
                    models.DateField(
                        help_text="Of a daily or weekly mail: the day it is for", null=True
                    ),
                ),
                ("made_at", models.DateTimeField(default=infoshare.clock.now)),
                (
                    "sending_since",
                    models.DateTimeField(help_text="It was handed to the mail server", null=True),
                ),
                (
                    "sent_at",
                    models.DateTimeField(help_text="The mail server has taken it", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Looked",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="looked",
                        serialize=False,
                        to="decisions.record",
                    ),
                ),
                ("at", models.DateTimeField(default=infoshare.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mail_choice",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at-once", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week, on Mondays"),
                            ("never", "Never"),
                        ],
                        default="daily",
                        max_length=10,
                    ),
                ),
                ("off", models.JSONField(default=list, help_text="Kinds that they are not told")),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                (
                    "thing",
                    models.UUIDField(
                        help_text="The record, draft, protocol or export that it is about"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="A record's own; empty for other things", max_length=14
                    ),
                ),
                (
                    "once",
                    models.UUIDField(help_text="Of person, kind, thing and occasion", unique=True),
                ),
                ("at", models.DateTimeField(default=infoshare.clock.now)),
                ("read_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="draft",
            name="advice_late_from",
            field=models.DateTimeField(
                blank=True, help_text="While it waits for advice: when that is too long", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(
                    ("advice_late_from__isnull", False), ("closed_at__isnull", True)
                ),
                fields=["team", "advice_late_from"],
                name="draft_waits_for_advice",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(
                    models.Q(("is_departure", True), ("consent_overridden", True), _connector="OR"),
                    ("review_state", ""),
                ),
                fields=["organisation", "team"],
                name="entry_to_look_at",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="digests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="looked",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["at-once", "daily", "weekly", "never"])),
                name="mail_choice_rhythm",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="digest",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told",
                to="decisions.digest",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.team",
            ),
        ),
        migrations.AddIndex(
            model_name="digest",
            index=models.Index(
                condition=models.Q(("sending_since__isnull", True)),
                fields=["made_at"],
                name="digest_unsent",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(
                fields=("person", "rhythm", "day"), name="digest_once"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["person", "-id"], name="message_by_person"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["person"],
                name="message_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("digest__isnull", False)),
                fields=["digest"],
                name="message_by_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("digest__isnull", True), ("read_at__isnull", True)),
                fields=["person", "at"],
                name="message_unmailed",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["at"], name="message_by_time"),
        ),
        only_grows("decisions_looked"),
        migrations.RunPython(note_times, migrations.RunPython.noop),
    ]
