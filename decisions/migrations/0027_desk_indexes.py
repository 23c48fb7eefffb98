from django.conf import settings
from django.db import migrations, models

OPENED = models.Q(kind="viewed") & ~models.Q(details__has_key="export")


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0026_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["record", "id"],
                condition=models.Q(kind="doubt-settled"),
                name="event_settled",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at", "id"], condition=OPENED, name="event_viewed"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["actor", "at", "id"],
                condition=OPENED,
                name="event_viewed_by",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["id"], condition=models.Q(kind="exported"), name="event_exported"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["actor", "id"],
                condition=models.Q(kind="exported"),
                name="event_exported_by",
            ),
        ),
    ]
