"""Leaves for what was sealed, and what happened to records, before there was a ledger."""

import json

from django.db import migrations, transaction

from infoshare import clock
from infoshare.ledger import commitments

AT_ONCE = 1_000

# In order of time, and of each record its seal first.
EARLIER = """
SELECT e.id, e.kind, e.at, e.details, e.salt, e.actor_id::text, r.id::text, r.commitment,
    u.pseudonym::text
FROM decisions_event e
    JOIN decisions_record r ON r.id = e.record_id
    JOIN people_user u ON u.id = e.actor_id
    LEFT JOIN decisions_ledgerentry l ON l.event_id = e.id
WHERE e.kind <> 'viewed' AND l.event_id IS NULL
ORDER BY greatest(e.at, r.sealed_at), e.kind <> 'sealed', e.id
LIMIT %s
"""
TYPES = {"sealed": "sealed", "exported": "exported", "doubt-settled": "doubt-settled"}


def enter(apps, schema_editor):
    """Each seal and event gets its leaf; cut off, it goes on where it stopped."""
    connection = schema_editor.connection
    total = 0
    while count := _some(connection):
        total += count
    if total:
        with transaction.atomic(using=connection.alias):
            _state(connection, total)


def _some(connection):
    # A thousand in a transaction: the head's row would otherwise leave a long trail to read.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(EARLIER, [AT_ONCE])
        rows = cursor.fetchall()
        for number, kind, at, details, salt, actor, record, commitment, pseudonym in rows:
            if kind != "sealed":
                commitment = commitments.of_event(
                    bytes(salt), _content(actor, at, json.loads(details), kind, record)
                )
            cursor.execute(
                "INSERT INTO decisions_ledgerentry (event_id, leaf_id, place)"
                " SELECT %s, seq, 0 FROM public.ledger_append(%s, %s, %s, %s, %s)",
                [number, TYPES.get(kind, "added-to"), record, commitment, pseudonym, at],
            )
        return len(rows)


def _content(actor, at, details, kind, record):
    return commitments.canonical(
        {
            "actor": actor,
            "at": commitments.utc(at),
            "details": details,
            "kind": kind,
            "record": record,
        }
    )


def _state(connection, total):
    """The leaf that says: what is in front was entered all at once."""
    now, salt = clock.now(), commitments.new_salt()
    content = commitments.canonical(
        {"at": commitments.utc(now), "entered": total, "kind": "ledger-began"}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_statement (leaf_id, salt, content)"
            " SELECT seq, %s, %s FROM public.ledger_append('ledger-began', NULL, %s, NULL, %s)",
            [salt, content, commitments.of_event(salt, content), now],
        )


class Migration(migrations.Migration):
    """What was sealed before there was a ledger gets its leaves."""

    atomic = False
    dependencies = [("decisions", "0012_ledger_entries"), ("people", "0007_pseudonyms")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=False)]
