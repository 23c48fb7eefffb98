import django.db.models.deletion
from django.db import migrations, models

import infoshare.clock
from infoshare.append_only import only_grows

# Compressed already: PostgreSQL need not try again.
HELD = """
ALTER TABLE decisions_recordpdf ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE decisions_recordpdf ADD CONSTRAINT recordpdf_is_what_it_says
    CHECK (sha256 = encode(sha256(body), 'hex') AND size = octet_length(body));
"""
UNHELD = "ALTER TABLE decisions_recordpdf DROP CONSTRAINT recordpdf_is_what_it_says"


class Migration(migrations.Migration):
    """The PDF of a record is made once and kept."""

    dependencies = [("decisions", "0013_ledger_history")]
    operations = [
        migrations.CreateModel(
            name="RecordPdf",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pdf",
                        serialize=False,
                        to="decisions.record",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(help_text="in bytes")),
                ("made_at", models.DateTimeField(default=infoshare.clock.now)),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(HELD, UNHELD),
        only_grows("decisions_recordpdf"),
    ]
