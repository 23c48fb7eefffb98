from django.db import migrations, models

import infoshare.ledger.commitments
from infoshare.append_only import only_grows

# Two random UUIDs hold 244 random bits. A default that differs for each row also fills those that
# are there, which an UPDATE may not.
SALT = """
ALTER TABLE decisions_event ADD COLUMN salt bytea NOT NULL
    DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
ALTER TABLE decisions_event ALTER COLUMN salt DROP DEFAULT;
ALTER TABLE decisions_event ADD CONSTRAINT event_salt CHECK (length(salt) = 32);
"""


class Migration(migrations.Migration):
    """Each event has a salt, and a note of the leaf that commits to it."""

    dependencies = [("decisions", "0011_protocol_suggestions"), ("ledger", "0001_first")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(SALT, "ALTER TABLE decisions_event DROP COLUMN salt")
            ],
            state_operations=[
                migrations.AddField(
                    model_name="event",
                    name="salt",
                    field=models.BinaryField(
                        default=infoshare.ledger.commitments.new_salt,
                        editable=False,
                        help_text="So that nobody guesses it from its leaf",
                    ),
                )
            ],
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="ledger_entry",
                        serialize=False,
                        to="decisions.event",
                    ),
                ),
                ("place", models.PositiveIntegerField(default=0)),
                (
                    "leaf",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="ledger.leaf",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("leaf", "place"), name="ledger_entry_place")
                ],
            },
        ),
        only_grows("decisions_ledgerentry"),
    ]
