from django.db import migrations

from infoshare.append_only import only_grows


class Migration(migrations.Migration):
    """Sealed rows are never changed, by anyone."""

    dependencies = [("decisions", "0001_drafts_and_records")]
    operations = [
        only_grows("decisions_record"),
        only_grows("decisions_snapshot"),
        only_grows("decisions_event"),
    ]
