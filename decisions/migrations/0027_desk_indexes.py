from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0026_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["at", "id"], condition=models.Q(kind="viewed"), name="event_viewed"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["actor", "at", "id"],
                condition=models.Q(kind="viewed"),
                name="event_viewed_by",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["id"], condition=models.Q(kind="exported"), name="event_exported"
            ),
        ),
    ]
