import django.db.models.deletion
from django.db import migrations, models

import infoshare.clock
from infoshare.append_only import only_grows

# Compressed already: PostgreSQL need not try again.
HELD = """
ALTER TABLE decisions_keptdocument ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE decisions_keptdocument ADD CONSTRAINT keptdocument_is_what_it_says
    CHECK (sha256 = encode(sha256(body), 'hex') AND size = octet_length(body));
"""
UNHELD = "ALTER TABLE decisions_keptdocument DROP CONSTRAINT keptdocument_is_what_it_says"


class Migration(migrations.Migration):
    """What happened afterwards, and a pair of records, are printed once for each state and kept."""

    dependencies = [("decisions", "0017_review")]
    operations = [
        migrations.CreateModel(
            name="KeptDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(help_text="What it says was so; see the maker", max_length=64),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(help_text="in bytes")),
                ("made_at", models.DateTimeField(default=infoshare.clock.now)),
                ("body", models.BinaryField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_documents",
                        to="decisions.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "what", "state"), name="one_document_for_a_state"
                    )
                ],
            },
        ),
        migrations.RunSQL(HELD, UNHELD),
        only_grows("decisions_keptdocument"),
    ]
