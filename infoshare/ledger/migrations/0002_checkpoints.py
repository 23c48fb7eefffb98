from django.db import migrations, models

from infoshare.append_only import only_grows


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="SignedCheckpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.TextField(help_text="The signed note, exactly")),
                ("signed_at", models.DateTimeField()),
            ],
            options={"db_table": "ledger_checkpoint"},
        ),
        only_grows("ledger_checkpoint"),
    ]
