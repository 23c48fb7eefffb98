from django.db import migrations

INDEX = """
CREATE INDEX record_in_doubt ON decisions_record (organisation_id, sealed_at)
WHERE jsonb_path_exists(gate_answers, '$.* ? (@ == "not-sure")') AND outcome <> 'seek-advice'
"""


class Migration(migrations.Migration):
    """A lead's pages count the doubts that wait on every request: an index of just those records."""

    dependencies = [("decisions", "0008_case_systems")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX record_in_doubt")]
