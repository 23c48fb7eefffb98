from django.db import migrations

from infoshare.append_only import only_grows


class Migration(migrations.Migration):
    """What a record was decided under is never changed, by anyone."""

    dependencies = [("guidance", "0001_stored_editions")]
    operations = [only_grows("guidance_storededition"), only_grows("guidance_storedfile")]
