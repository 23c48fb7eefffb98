import json
from collections import defaultdict
from itertools import islice

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from decisions.afterwards.rules import Happened, to_tell
from decisions.register import entering

AT_ONCE = 500


def enter(apps, schema_editor):
    """An entry for each record that was sealed before there was a register."""
    entry = apps.get_model("decisions", "Entry")
    records = apps.get_model("decisions", "Record").objects.select_related("snapshot")
    known = {field.attname for field in entry._meta.fields}
    untold = _untold(apps)
    rows = records.order_by("sealed_at", "pk").iterator(chunk_size=AT_ONCE)
    while batch := list(islice(rows, AT_ONCE)):
        entry.objects.bulk_create(
            entry(
                withdrawal_open=record.pk in untold,
                **{
                    name: value
                    for name, value in entering.columns(record, _sections(record)).items()
                    if name in known
                },
            )
            for record in batch
        )


def _sections(record):
    """The contents by section; none when the words were disposed of."""
    held = getattr(record, "snapshot", None)
    if held is None:
        return {}
    sections = json.loads(bytes(held.body))["sections"]
    return {name: section["content"] for name, section in sections.items()}


def _untold(apps):
    """Records whose consent was withdrawn while somebody who has them does not know it yet."""
    events = apps.get_model("decisions", "Event").objects.filter(
        kind__in=("consent-withdrawn", "recipient-told")
    )
    waiting = defaultdict(set)
    for number, record, kind, details in events.order_by("id").values_list(
        "id", "record_id", "kind", "details"
    ):
        if kind == "recipient-told":
            waiting[record].discard(details["recipient"])
        else:
            waiting[record] |= set(to_tell(Happened(number, kind, details)))
    return {record for record, keys in waiting.items() if keys}


class Migration(migrations.Migration):
    """The register, with what was sealed before it."""

    dependencies = [
        ("decisions", "0015_document_events"),
        ("guidance", "0006_protocols"),
        ("people", "0007_pseudonyms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="decisions.record",
                    ),
                ),
                ("reference", models.CharField(max_length=14, unique=True)),
                ("sealed_at", models.DateTimeField()),
                ("started_at", models.DateTimeField()),
                ("decision", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=20)),
                ("rule", models.CharField(max_length=60)),
                ("is_departure", models.BooleanField()),
                ("is_urgent", models.BooleanField()),
                (
                    "setting",
                    models.CharField(
                        help_text="The gate's answer; empty when not asked", max_length=60
                    ),
                ),
                ("consent", models.CharField(help_text="Likewise", max_length=60)),
                ("lawful_basis", models.CharField(help_text="Likewise", max_length=60)),
                ("duty", models.CharField(help_text="Likewise", max_length=60)),
                ("detriment", models.CharField(help_text="Likewise", max_length=60)),
                (
                    "not_sure",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        help_text="Gates answered not sure",
                        size=None,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        help_text="The id of one of the edition's methods", max_length=60
                    ),
                ),
                (
                    "recipient",
                    models.TextField(help_text="As sealed; empty when nothing was shared"),
                ),
                ("follow_up_due", models.DateField(null=True)),
                (
                    "search",
                    django.contrib.postgres.search.SearchVectorField(
                        help_text="References, recipient and reasons, cut into words"
                    ),
                ),
                (
                    "review_state",
                    models.CharField(default="", help_text="Empty: needs none", max_length=20),
                ),
                ("review_due", models.DateField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "consent_overridden",
                    models.BooleanField(
                        default=False, help_text="Shared although consent was refused or withdrawn"
                    ),
                ),
                (
                    "withdrawal_open",
                    models.BooleanField(
                        default=False,
                        help_text="Consent was withdrawn and a recipient does not know yet",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guidance.storededition",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("organisation"),
                        models.OrderBy(models.F("sealed_at"), descending=True),
                        models.OrderBy(models.F("record"), descending=True),
                        name="entry_organisation",
                    ),
                    models.Index(
                        models.F("team"),
                        models.OrderBy(models.F("sealed_at"), descending=True),
                        models.OrderBy(models.F("record"), descending=True),
                        name="entry_team",
                    ),
                    models.Index(
                        models.F("owner"),
                        models.OrderBy(models.F("sealed_at"), descending=True),
                        models.OrderBy(models.F("record"), descending=True),
                        name="entry_owner",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="entry_search"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("review_due__isnull", False), ("reviewed_at__isnull", True)
                        ),
                        fields=["organisation", "review_due"],
                        name="entry_review_due",
                    ),
                    models.Index(
                        condition=models.Q(("follow_up_due__isnull", False)),
                        fields=["organisation", "follow_up_due"],
                        name="entry_follow_up_due",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawal_open", True)),
                        fields=["organisation", "team"],
                        name="entry_withdrawal_open",
                    ),
                ],
            },
        ),
        migrations.RunPython(enter, migrations.RunPython.noop, elidable=False),
    ]
