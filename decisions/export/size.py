"""How much room the file of an export takes."""

from typing import Any

from django.db import connection

from decisions.export.models import Export
from decisions.kept_pdf.models import KeptDocument

# What a record's proof, and its lines in the tables, take beside its words.
BESIDE = 12_000
NEEDED = """
SELECT coalesce(sum(octet_length(s.body)), 0) + count(*) * %(beside)s
    + CASE WHEN %(pdfs)s THEN coalesce(sum(p.size), 0) + coalesce(sum(k.size), 0) ELSE 0 END
FROM decisions_exportrecord c
JOIN decisions_snapshot s ON s.record_id = c.record_id
LEFT JOIN decisions_recordpdf p ON p.record_id = c.record_id
LEFT JOIN LATERAL (
    SELECT size FROM decisions_keptdocument d
    WHERE d.record_id = c.record_id AND d.what = %(what)s ORDER BY d.id DESC LIMIT 1
) k ON true
WHERE c.export_id = %(export)s
"""


def room_needed(export: Export) -> int:
    """About how many bytes its file will have, by what is kept of its records now."""
    asked: dict[str, Any] = {
        "export": export.pk,
        "beside": BESIDE,
        "pdfs": export.needs_pdfs,
        "what": KeptDocument.AFTERWARDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, asked)
        return int(cursor.fetchone()[0])
