"""The table of the shared cache, so that `migrate` alone makes a working database.

Sign-in limits are counted there, over all processes. The columns are those that Django's
`createcachetable` makes; it leaves a table that exists alone.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_hold_what_must_hold"),
    ]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE TABLE IF NOT EXISTS infoshare_cache (
                    cache_key varchar(255) PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                );
                CREATE INDEX IF NOT EXISTS infoshare_cache_expires ON infoshare_cache (expires);
            """,
            reverse_sql="DROP TABLE infoshare_cache;",
        ),
    ]
