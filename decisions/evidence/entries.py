"""The register, held against the records it speaks of.

An entry is no evidence, but what is not in the register is found by nobody. So each record has its
entry, and that says what the record's own row says; the row is held against the sealed bytes.
"""

from collections.abc import Iterator

from django.db import connection

from infoshare.ledger.following import Finding

MOST = 10
WRONG = """
SELECT r.reference, e.record_id IS NULL
FROM decisions_record r LEFT JOIN decisions_entry e ON e.record_id = r.id
WHERE e.record_id IS NULL
    OR (e.organisation_id, e.team_id, e.owner_id, e.edition_id, e.reference, e.sealed_at,
        e.started_at, e.decision, e.outcome, e.rule, e.is_departure)
        <> (r.organisation_id, r.team_id, r.owner_id, r.edition_id, r.reference, r.sealed_at,
        r.started_at, r.decision, r.outcome, r.rule, r.is_departure)
    OR e.follow_up_due IS DISTINCT FROM r.follow_up_due
    OR (e.setting, e.consent, e.lawful_basis, e.duty, e.detriment)
        <> (coalesce(r.gate_answers ->> 'setting', ''), coalesce(r.gate_answers ->> 'consent', ''),
        coalesce(r.gate_answers ->> 'lawful-basis', ''), coalesce(r.gate_answers ->> 'duty', ''),
        coalesce(r.gate_answers ->> 'detriment', ''))
ORDER BY r.sealed_at LIMIT %s
"""


def unlike() -> Iterator[Finding]:
    """Records without an entry, or with one that says something else; the first ten."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG, [MOST])
        rows = cursor.fetchall()
    for reference, is_missing in rows:
        what = "does not stand in the register" if is_missing else "stands altered in the register"
        yield Finding(None, f"record {reference} {what}")
