"""Leaves for roles, adoptions and protocols that are older than the ledger."""

import json
from datetime import date, datetime
from uuid import UUID

from django.db import migrations, transaction

from infoshare import clock
from infoshare.ledger import commitments

KINDS = {
    "adoption": ("guidance_adoption", "edition-adopted"),
    "adoption-end": ("guidance_adoptionend", "edition-adopted"),
    "protocol-version": ("guidance_protocolversion", "protocol-changed"),
    "protocol-document": ("guidance_protocoldocument", "protocol-changed"),
}
JSONB = 3802  # the number that PostgreSQL has for this type
ROLES = """
SELECT id::text, user_id::text, organisation_id::text, team_id::text, role, ended_at IS NOT NULL
FROM people_membership ORDER BY id
"""
ROLE = ("membership", "user", "organisation", "team", "role", "ended")


def enter(apps, schema_editor):
    """All roles that are found in one leaf, and a leaf for each other row. Again: nothing more."""
    connection = schema_editor.connection
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        roles, rows = _stated(cursor)
        _roles(cursor, roles)
        for kind, (table, type_) in KINDS.items():
            _rows(cursor, kind, table, type_, rows)


def _stated(cursor):
    cursor.execute("SELECT content FROM ledger_statement")
    said = [json.loads(bytes(content)) for (content,) in cursor.fetchall()]
    found = [one["memberships"] for one in said if one["kind"] == "roles-found"]
    roles = {one["membership"] for one in said if "membership" in one}
    roles |= {one["membership"] for each in found for one in each}
    return roles, {(one["kind"], str(one["row"]["id"])) for one in said if "row" in one}


def _roles(cursor, stated):
    cursor.execute(ROLES)
    found = [dict(zip(ROLE, row, strict=True)) for row in cursor.fetchall()]
    if found := [one for one in found if one["membership"] not in stated]:
        _state(cursor, "role-changed", {"kind": "roles-found", "memberships": found})


def _rows(cursor, kind, table, type_, stated):
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
    columns = cursor.description
    for values in cursor.fetchall():
        row = {of.name: _plain(of, value) for of, value in zip(columns, values, strict=True)}
        if (kind, str(row["id"])) not in stated:
            _state(cursor, type_, {"kind": kind, "row": row})


def _plain(column, value):
    if column.type_code == JSONB:
        return json.loads(value)
    if isinstance(value, datetime):
        return commitments.utc(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _state(cursor, type_, said):
    now, salt = clock.now(), commitments.new_salt()
    content = commitments.canonical({"at": commitments.utc(now), **said})
    cursor.execute(
        "INSERT INTO ledger_statement (leaf_id, salt, content)"
        " SELECT seq, %s, %s FROM public.ledger_append(%s, NULL, %s, NULL, %s)",
        [salt, content, type_, commitments.of_event(salt, content), now],
    )


class Migration(migrations.Migration):
    """What was there before the ledger gets its leaves."""

    dependencies = [
        ("decisions", "0021_telling"),
        ("guidance", "0006_protocols"),
        ("people", "0007_pseudonyms"),
    ]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=False)]
