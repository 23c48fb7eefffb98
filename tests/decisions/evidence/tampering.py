"""Ways in which somebody who owns the database may change what was sealed, triggers off.

Each is done with plain SQL at a random place, and answers the place in the ledger that must be
named first (None: it has none). `KNOWN` are the sizes of which a root was kept elsewhere.
"""

import hashlib
import json
from collections.abc import Callable
from random import Random
from typing import Any

import rfc8785
from django.db import connection

from decisions import snapshot
from infoshare.ledger import merkle
from tests.roles import as_superuser

KNOWN = (4, 9, 16)
SIZE = 16
ROLE_ENDED, ROLES_FOUND = 13, 15
Tampering = Callable[[Random], int | None]
TABLES = (
    "decisions_record",
    "decisions_snapshot",
    "decisions_event",
    "decisions_ledgerentry",
    "ledger_leaf",
    "ledger_statement",
    "ledger_head",
    "guidance_adoption",
    "guidance_storededition",
    "guidance_storedfile",
)


def run(statement: str, *given: Any) -> list[Any]:
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def one(statement: str, *given: Any) -> Any:
    return run(statement, *given)[0][0]


def any_of(chance: Random, statement: str) -> Any:
    """One row of these, at random: the first of its columns, or all when there are more."""
    row = chance.choice(run(statement))
    return row[0] if len(row) == 1 else row


def flipped(chance: Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    changed = bytearray(content)
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)


def some_leaf(chance: Random) -> int:
    return chance.randrange(SIZE)


def flip_a_leaf(chance: Random) -> int:
    seq = some_leaf(chance)
    content = flipped(chance, bytes(one("SELECT leaf FROM ledger_leaf WHERE seq = %s", seq)))
    run("UPDATE ledger_leaf SET leaf = %s WHERE seq = %s", content, seq)
    return seq


def edit_a_leaf(chance: Random) -> int:
    """A leaf of the right form that says something else."""
    seq = some_leaf(chance)
    said = json.loads(bytes(one("SELECT leaf FROM ledger_leaf WHERE seq = %s", seq)))
    said.update(
        chance.choice(
            [
                {"commitment": hashlib.sha256(said["commitment"].encode()).hexdigest()},
                {"type": "disposed"},
                {"actor": "00000000-0000-4000-8000-000000000000"},
                {"seq": seq + 1},
                {"time": "2031-01-01T00:00:00.000000Z"},
                {"revision": said["revision"] + 1},
            ]
        )
    )
    run("UPDATE ledger_leaf SET leaf = %s WHERE seq = %s", rfc8785.dumps(said), seq)
    return seq


def flip_a_node(chance: Random) -> int:
    seq = some_leaf(chance)
    content = flipped(chance, bytes(one("SELECT hashes FROM ledger_leaf WHERE seq = %s", seq)))
    run("UPDATE ledger_leaf SET hashes = %s WHERE seq = %s", content, seq)
    return seq


def delete_a_leaf(chance: Random) -> int:
    seq = some_leaf(chance)
    run("DELETE FROM ledger_leaf WHERE seq = %s", seq)
    return seq


def close_the_gap(chance: Random) -> int:
    """A leaf taken out, and all behind it moved up."""
    seq = chance.randrange(SIZE - 1)
    run("DELETE FROM ledger_leaf WHERE seq = %s", seq)
    for later in range(seq + 1, SIZE):
        run("UPDATE ledger_leaf SET seq = %s WHERE seq = %s", later - 1, later)
    run("UPDATE ledger_head SET size = size - 1")
    return seq


def swap_bytes(chance: Random) -> int:
    first, second = sorted(chance.sample(range(SIZE), 2))
    _swap("ledger_leaf", "leaf", "seq", first, second)
    return first


def swap_rows(chance: Random) -> int:
    first, second = sorted(chance.sample(range(SIZE), 2))
    for old, new in ((first, -1), (second, first), (-1, second)):
        run("UPDATE ledger_leaf SET seq = %s WHERE seq = %s", new, old)
    return first


def edit_a_column(chance: Random) -> int:
    seq = some_leaf(chance)
    change = chance.choice(["revision = revision + 50", "record = gen_random_uuid()"])
    run(f"UPDATE ledger_leaf SET {change} WHERE seq = %s", seq)  # noqa: S608
    return seq


def truncate_the_tail(chance: Random) -> int:
    """The newest leaves gone, the head moved back; what they committed to stays."""
    size = chance.randrange(SIZE)
    run("DELETE FROM ledger_leaf WHERE seq >= %s", size)
    _head_at(size)
    return size


def restore_yesterday(chance: Random) -> int:
    """Every table as it was when the ledger had so many leaves."""
    size = chance.randrange(1, SIZE)
    run(
        "DELETE FROM decisions_event WHERE id IN"
        " (SELECT event_id FROM decisions_ledgerentry WHERE leaf_id >= %s)",
        size,
    )
    run("DELETE FROM decisions_ledgerentry WHERE leaf_id >= %s", size)
    run(
        "DELETE FROM decisions_snapshot"
        " WHERE record_id NOT IN (SELECT record_id FROM decisions_event)"
    )
    run("DELETE FROM decisions_record WHERE id NOT IN (SELECT record_id FROM decisions_event)")
    run("DELETE FROM ledger_statement WHERE leaf_id >= %s", size)
    run("DELETE FROM ledger_leaf WHERE seq >= %s", size)
    _head_at(size)
    return size


def hash_everything_again(chance: Random) -> int:
    """A record changed with all that proves it, and the whole tree made anew."""
    record, seq = any_of(
        chance, "SELECT record, seq FROM ledger_leaf WHERE revision = 1 AND record IS NOT NULL"
    )
    body = bytes(one("SELECT body FROM decisions_snapshot WHERE record_id = %s", record))
    text = body.replace(b"Housing officer", b"Housing manager")
    commitment = snapshot.commitment(text)
    run("UPDATE decisions_snapshot SET body = %s WHERE record_id = %s", text, record)
    run("UPDATE decisions_record SET commitment = %s WHERE id = %s", commitment, record)
    said = json.loads(bytes(one("SELECT leaf FROM ledger_leaf WHERE seq = %s", seq)))
    said["commitment"] = commitment
    run("UPDATE ledger_leaf SET leaf = %s WHERE seq = %s", rfc8785.dumps(said), seq)
    grow_anew()
    return max((size for size in KNOWN if size <= seq), default=0)


def flip_a_snapshot(chance: Random) -> int:
    record, body = any_of(chance, "SELECT record_id, body FROM decisions_snapshot")
    run(
        "UPDATE decisions_snapshot SET body = %s WHERE record_id = %s",
        flipped(chance, bytes(body)),
        record,
    )
    return _seal_of(record)


def swap_snapshots(chance: Random) -> int:
    records = [row[0] for row in run("SELECT record_id FROM decisions_snapshot")]
    first, second = chance.sample(records, 2)
    _swap("decisions_snapshot", "body", "record_id", first, second)
    return min(_seal_of(first), _seal_of(second))


def edit_a_record(chance: Random) -> int:
    record = any_of(chance, "SELECT id FROM decisions_record")
    change = chance.choice(
        [
            "outcome = 'do-not-share'",
            "rule = 'no-purpose'",
            "decision = 'share-in-part'",
            "is_departure = NOT is_departure",
            "reference = 'R-CHANGED'",
            "sealed_at = sealed_at - interval '1 microsecond'",
            "started_at = started_at + interval '1 day'",
            "commitment = repeat('0', 64)",
            "follow_up_due = current_date",
            'gate_answers = gate_answers || \'{"duty": "court-order"}\'',
            "gate_answers = gate_answers - 'duty'",
            "owner_id = (SELECT id FROM people_user WHERE id <> owner_id LIMIT 1)",
            "team_id = (SELECT id FROM people_team WHERE id <> team_id LIMIT 1)",
            "organisation_id = (SELECT id FROM people_organisation WHERE id <> organisation_id"
            " LIMIT 1)",
        ]
    )
    run(f"UPDATE decisions_record SET {change} WHERE id = %s", record)  # noqa: S608
    return _seal_of(record)


def edit_a_case_reference(chance: Random) -> int:
    record = any_of(chance, "SELECT record_id FROM decisions_snapshot")
    run("UPDATE decisions_snapshot SET case_reference = 'OTHER' WHERE record_id = %s", record)
    return _seal_of(record)


def delete_a_record(chance: Random) -> int:
    record = any_of(chance, "SELECT id FROM decisions_record")
    seq = _seal_of(record)
    for table, column in (("decisions_snapshot", "record_id"), ("decisions_record", "id")):
        run(f"DELETE FROM {table} WHERE {column} = %s", record)  # noqa: S608
    return seq


def edit_an_event(chance: Random) -> int:
    event, seq = any_of(chance, "SELECT event_id, leaf_id FROM decisions_ledgerentry")
    change = chance.choice(
        [
            'details = details || \'{"recipient": "Somebody else"}\'',
            "details = details || '{\"n\": 1e400}'",
            "kind = 'received'",
            "at = at - interval '1 microsecond'",
            "at = at + interval '1 year'",
            "salt = sha256(salt)",
            "actor_id = (SELECT id FROM people_user WHERE id <> actor_id ORDER BY name LIMIT 1)",
            "record_id = (SELECT id FROM decisions_record WHERE id <> record_id LIMIT 1)",
        ]
    )
    was_seal = one("SELECT kind = 'sealed' FROM decisions_event WHERE id = %s", event)
    if was_seal and ("details" in change or "salt" in change):
        change = "at = at + interval '1 hour'"  # the seal's own words stand in the record
    run(f"UPDATE decisions_event SET {change} WHERE id = %s", event)  # noqa: S608
    return seq


def delete_an_event(chance: Random) -> int:
    event, seq = any_of(chance, "SELECT event_id, leaf_id FROM decisions_ledgerentry")
    run("DELETE FROM decisions_ledgerentry WHERE event_id = %s", event)
    if chance.random() < 0.5:
        run("DELETE FROM decisions_event WHERE id = %s", event)
    return seq


def move_an_entry(chance: Random) -> int:
    event, seq = any_of(chance, "SELECT event_id, leaf_id FROM decisions_ledgerentry")
    other = chance.choice([n for n in (*range(SIZE), SIZE + 3) if n != seq])
    run(
        "UPDATE decisions_ledgerentry SET leaf_id = %s, place = 70 WHERE event_id = %s",
        other,
        event,
    )
    return min(seq, other)


def swap_entries(chance: Random) -> int:
    """Two views in one batch change places."""
    seq = chance.choice([row[0] for row in _batches()])
    for old, new in ((0, 90), (1, 0), (90, 1)):
        run(
            "UPDATE decisions_ledgerentry SET place = %s WHERE leaf_id = %s AND place = %s",
            new,
            seq,
            old,
        )
    return seq


def forge_an_event(chance: Random) -> None:
    """Something added to a record without the ledger."""
    run(
        "INSERT INTO decisions_event (record_id, kind, actor_id, at, details, salt)"
        " SELECT record_id, 'shared', actor_id, at, '{}', sha256(salt)"
        " FROM decisions_event ORDER BY random() LIMIT 1"
    )


def edit_a_statement(chance: Random) -> int:
    seq = any_of(chance, "SELECT leaf_id FROM ledger_statement")
    column = chance.choice(["salt", "content"])
    content = bytes(one(f"SELECT {column} FROM ledger_statement WHERE leaf_id = %s", seq))  # noqa: S608
    run(
        f"UPDATE ledger_statement SET {column} = %s WHERE leaf_id = %s",  # noqa: S608
        flipped(chance, content),
        seq,
    )
    return seq


def delete_a_statement(chance: Random) -> int:
    seq: int = any_of(chance, "SELECT leaf_id FROM ledger_statement")
    run("DELETE FROM ledger_statement WHERE leaf_id = %s", seq)
    return seq


def move_the_head(chance: Random) -> int | None:
    change, seq = chance.choice(
        [("size = size - 1", SIZE - 1), ("size = size + 1", SIZE), ("time = now()", None)]
    )
    run(f"UPDATE ledger_head SET {change}")  # noqa: S608
    return seq


def behead(chance: Random) -> None:
    run("DELETE FROM ledger_head")


def rename_somebody(chance: Random) -> int:
    """Another pseudonym for whoever did something."""
    run(
        "UPDATE people_user SET pseudonym = gen_random_uuid() WHERE id IN"
        " (SELECT owner_id FROM decisions_record)"
    )
    return int(one("SELECT min(seq) FROM ledger_leaf WHERE record IS NOT NULL"))


def edit_an_edition(chance: Random) -> None:
    number, content = any_of(chance, "SELECT id, content FROM guidance_storedfile")
    run(
        "UPDATE guidance_storedfile SET content = %s WHERE id = %s",
        flipped(chance, bytes(content)),
        number,
    )


def edit_an_adoption(chance: Random) -> int:
    change = chance.choice(
        ["begins_on = begins_on - 30", "found = 'Nothing', reviewed_by = 'Solicitor'"]
    )
    run(f"UPDATE guidance_adoption SET {change}, reviewed_on = begins_on")  # noqa: S608
    return _adoption()


def delete_an_adoption(chance: Random) -> int:
    run("DELETE FROM guidance_adoption")
    return _adoption()


def edit_a_role(chance: Random) -> int:
    """The one role of the cast that ended is held again, or another is held by somebody else."""
    change, seq = chance.choice(
        [
            ("ended_at = NULL WHERE ended_at IS NOT NULL", ROLE_ENDED),
            ("role = 'auditor' WHERE role = 'lead'", ROLES_FOUND),
            ("ended_at = now() WHERE role = 'auditor'", ROLES_FOUND),
        ]
    )
    run(f"UPDATE people_membership SET {change}")  # noqa: S608
    return seq


def forge_a_role(chance: Random) -> None:
    run(
        "INSERT INTO people_membership (id, user_id, organisation_id, role)"
        " SELECT gen_random_uuid(), user_id, organisation_id, 'auditor' FROM people_membership"
        " WHERE role = 'practitioner' ORDER BY user_id LIMIT 1"
    )


def delete_a_role(chance: Random) -> int:
    run("DELETE FROM people_membership WHERE role = 'lead'")
    return ROLES_FOUND


def forge_an_adoption(chance: Random) -> None:
    run(
        "INSERT INTO guidance_adoption (id, organisation_id, edition_id, begins_on, reviewed_by,"
        " found, adopted_by_id, adopted_at) SELECT gen_random_uuid(), organisation_id, edition_id,"
        " begins_on + 1, '', '', adopted_by_id, adopted_at FROM guidance_adoption"
    )


ALL: tuple[Tampering, ...] = (
    flip_a_leaf,
    edit_a_leaf,
    flip_a_node,
    delete_a_leaf,
    close_the_gap,
    swap_bytes,
    swap_rows,
    edit_a_column,
    truncate_the_tail,
    restore_yesterday,
    hash_everything_again,
    flip_a_snapshot,
    swap_snapshots,
    edit_a_record,
    edit_a_case_reference,
    delete_a_record,
    edit_an_event,
    delete_an_event,
    move_an_entry,
    swap_entries,
    forge_an_event,
    edit_a_statement,
    delete_a_statement,
    move_the_head,
    behead,
    rename_somebody,
    edit_an_edition,
    edit_an_adoption,
    delete_an_adoption,
    edit_a_role,
    forge_a_role,
    delete_a_role,
    forge_an_adoption,
)


def grow_anew() -> None:
    """Every hash made again from the leaves as they are now."""
    tree = merkle.Growing()
    for place, content in run("SELECT seq, leaf FROM ledger_leaf ORDER BY seq"):
        hashes = b"".join(tree.add(bytes(content)))
        run("UPDATE ledger_leaf SET hashes = %s WHERE seq = %s", hashes, place)


def guards_off() -> None:
    for table in TABLES:
        run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    # What a key or a check holds, its owner can take away, too.
    run("ALTER TABLE decisions_event DROP CONSTRAINT event_once")
    run("DROP INDEX leaf_of_record")
    run("ALTER TABLE guidance_adoption DROP CONSTRAINT adoption_review_whole")


def _swap(table: str, column: str, key: str, first: Any, second: Any) -> None:
    ask = f"SELECT {column} FROM {table} WHERE {key} = %s"  # noqa: S608
    held = one(ask, first), one(ask, second)
    for place, content in ((first, held[1]), (second, held[0])):
        run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", bytes(content), place)  # noqa: S608


def _seal_of(record: Any) -> int:
    return int(one("SELECT seq FROM ledger_leaf WHERE record = %s AND revision = 1", record))


def _head_at(size: int) -> None:
    leaf = run("SELECT leaf FROM ledger_leaf WHERE seq = %s", size - 1)
    time = json.loads(bytes(leaf[0][0]))["time"] if leaf else "1970-01-01Z"
    run("UPDATE ledger_head SET size = %s, time = %s", size, time)


def _adoption() -> int:
    return int(
        one("SELECT max(leaf_id) FROM ledger_statement WHERE position('adoption' in content) > 0")
    )


def _batches() -> list[Any]:
    return run("SELECT leaf_id FROM decisions_ledgerentry GROUP BY leaf_id HAVING count(*) > 1")
