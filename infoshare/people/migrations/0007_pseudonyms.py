import uuid

from django.db import migrations, models

# A default that differs for each row, so that those who are there get one, too.
ADD = """
ALTER TABLE people_user ADD COLUMN pseudonym uuid NULL DEFAULT gen_random_uuid();
ALTER TABLE people_user ALTER COLUMN pseudonym DROP DEFAULT;
ALTER TABLE people_user ADD CONSTRAINT people_user_pseudonym_key UNIQUE (pseudonym);
"""


class Migration(migrations.Migration):
    """Who people are in the ledger's leaves."""

    dependencies = [("people", "0006_due_times"), ("ledger", "0001_first")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(ADD, "ALTER TABLE people_user DROP COLUMN pseudonym")
            ],
            state_operations=[
                migrations.AddField(
                    model_name="user",
                    name="pseudonym",
                    field=models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Who they are in the ledger's leaves; emptied, nobody knows whose those are",
                        null=True,
                        unique=True,
                    ),
                )
            ],
        )
    ]
