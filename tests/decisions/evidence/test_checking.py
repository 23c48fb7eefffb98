"""Each thing that happens has its leaf; everything read again is clean or says what is wrong."""

import importlib
import json
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.evidence.batching import batch_reads
from decisions.evidence.checking import check_everything
from decisions.evidence.events import waiting
from decisions.records.events import note_exported
from decisions.records.models import Event, LedgerEntry, Record
from infoshare.ledger import append as ledger
from infoshare.ledger import leaf, proofs
from infoshare.ledger.models import Leaf, Statement
from infoshare.people import writers
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.evidence import tampering, world

Records = list[Record]
WORLD = (
    "role-changed sealed exported sealed viewed added-to added-to edition-adopted sealed viewed"
    " exported exported exported role-changed added-to role-changed"
)


@pytest.fixture
def records(cast: Cast, signed_in: Callable[[User], Client]) -> Records:
    """The records of a small ledger of every kind of leaf."""
    return world.build(cast, signed_in)


def said() -> list[leaf.Leaf]:
    rows = Leaf.objects.order_by("seq").values_list("leaf", flat=True)
    return [leaf.read(bytes(one)) for one in rows]


def verified() -> str:
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    return out.getvalue()


def test_each_thing_that_happens_has_its_leaf(records: Records, cast: Cast) -> None:
    found = said()
    assert [one.type for one in found] == WORLD.split()
    first = records[0]
    assert found[1] == leaf.Leaf(
        actor=cast.priya.pseudonym,
        commitment=first.commitment,
        record=first.pk,
        revision=1,
        seq=1,
        time=first.sealed_at,
        type="sealed",
    )
    mine = [one for one in found if one.record == first.pk]
    assert [(one.revision, one.type) for one in mine] == [
        (1, "sealed"),
        (2, "exported"),
        (3, "added-to"),
        (4, "exported"),
    ]
    assert {one.actor for one in found if one.type == "viewed"} == {None}
    assert check_everything().findings == ()


def test_a_leaf_tells_nobody_who_or_what(records: Records, cast: Cast) -> None:
    """Not even the file's hash or the account's number: each is behind a salt."""
    everything = b"".join(bytes(one) for one in Leaf.objects.values_list("leaf", flat=True))
    people = [str(value) for one in cast.people for value in (one.pk, one.name, one.email)]
    for secret in (*people, "ab" * 32, "Housing officer", records[0].reference, "CASE-1"):
        assert secret.encode() not in everything


def test_a_change_of_roles_is_stated(records: Records, cast: Cast) -> None:
    writers.deactivate(user=cast.tom)
    writers.reactivate(user=cast.tom)
    rows = Statement.objects.order_by("leaf_id").values_list("content", flat=True)
    stated = [json.loads(bytes(row)) for row in rows]
    assert [one["kind"] for one in stated] == [
        "role-given",
        "adoption",
        "role-ended",
        "roles-found",
        "account-closed",
        "account-opened",
    ]
    assert stated[0] == {**stated[2], "kind": "role-given", "at": stated[0]["at"]}
    assert (stated[0]["user"], stated[0]["team"]) == (str(cast.tom.pk), str(cast.adults.pk))
    assert check_everything().findings == ()


def test_roles_and_adoptions_that_no_leaf_speaks_of_are_found(records: Records, cast: Cast) -> None:
    """Written by SQL alone, by somebody who wants to read what they may not."""
    tampering.run("SET CONSTRAINTS ALL IMMEDIATE")
    tampering.run(
        "INSERT INTO people_membership (id, user_id, organisation_id, role)"
        " VALUES (gen_random_uuid(), %s, %s, 'auditor')", cast.tom.pk, cast.northmoor.pk
    )  # fmt: skip
    tampering.run(
        "UPDATE people_membership SET role = 'auditor', team_id = NULL WHERE user_id = %s",
        cast.maya.pk,
    )
    tampering.run("UPDATE people_membership SET ended_at = NULL WHERE ended_at IS NOT NULL")
    tampering.run("DELETE FROM people_membership WHERE user_id = %s", cast.sam.pk)
    tampering.run(
        "INSERT INTO guidance_adoption (id, organisation_id, edition_id, begins_on, reviewed_by,"
        " found, adopted_by_id, adopted_at) SELECT gen_random_uuid(), %s, edition_id,"
        " begins_on, '', '', adopted_by_id, adopted_at FROM guidance_adoption",
        cast.southfield.pk,
    )
    found = [(one.seq, one.what) for one in check_everything().findings]
    ended, stated = 13, 15
    # Rows are read in the order of their numbers, which are random.
    assert sorted(one for one in found if one[0] is not None) == [
        (ended, "the role that it states is another now: has ended"),
        (stated, "the role that it states is another now: team, role"),
        (stated, "the role that it states is not there any more"),
    ]
    unstated = " ".join(what for seq, what in found if seq is None)
    assert "(auditor) has no leaf" in unstated and "the adoption" in unstated
    assert len(found) == 5


def test_a_role_that_is_held_already_is_stated_once(cast: Cast) -> None:
    for _ in range(2):
        writers.give_role(user=cast.sam, role=Role.LEAD, organisation=cast.northmoor)
    assert [one.type for one in said()] == ["role-changed"]


def test_views_wait_for_their_batch(records: Records, cast: Cast) -> None:
    assert batch_reads() == 0
    before = proofs.tip().size
    world.look(records[1], cast)
    assert (waiting(), proofs.tip().size) == (2, before)
    assert "2 views wait for their batch" in verified()
    out = StringIO()
    call_command("batch_reads", stdout=out)
    assert out.getvalue() == "2 views were put into the ledger.\n"
    assert (waiting(), proofs.tip().size) == (0, before + 1)
    assert verified().endswith("Nothing is wrong.\n")


def test_a_view_by_a_server_whose_clock_is_ahead_is_no_alarm(records: Records, cast: Cast) -> None:
    late = said()[-1].time.replace(year=2040)
    Event.objects.create(record=records[0], kind=Event.VIEWED, actor=cast.maya, at=late)
    batch_reads()
    assert said()[-1].time == late
    assert check_everything().findings == ()


def test_the_command_names_the_first_wrong_leaf(records: Records) -> None:
    tampering.run("SET CONSTRAINTS ALL IMMEDIATE")
    tampering.run("ALTER TABLE decisions_record DISABLE TRIGGER only_grows_row")
    tampering.run("UPDATE decisions_record SET decision = 'do-not-share'")
    tampering.run("ALTER TABLE decisions_record ENABLE TRIGGER only_grows_row")
    with pytest.raises(CommandError) as refused:
        verified()
    assert str(refused.value).split("\n") == [
        "The ledger is not whole.",
        f"leaf 1: record {records[0].reference}: not what was sealed: decision",
        *(f"record {one.reference} stands altered in the register" for one in records),
        "the guard only_grows_row of decisions_record is missing, off or another one",
    ]
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE ledger_leaf DISABLE TRIGGER only_grows_row", "only_grows_row of ledger_leaf"),
        ("DROP TRIGGER only_grows_table ON decisions_event", "only_grows_table of decisions_event"),
        ("ALTER TABLE ledger_head ENABLE REPLICA TRIGGER head_row", "head_row of ledger_head"),
        (
            "CREATE OR REPLACE FUNCTION infoshare_refuse_change() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$",
            "the function infoshare_refuse_change",
        ),
        ("ALTER FUNCTION ledger_append SECURITY INVOKER", "the function ledger_append"),
        ("ALTER FUNCTION ledger_append SET search_path = public", "the function ledger_append"),
        (
            "CREATE RULE quiet AS ON DELETE TO decisions_event DO INSTEAD NOTHING",
            "decisions_event has a rule that is not InfoShare's: quiet",
        ),
        (
            "CREATE TRIGGER more BEFORE INSERT ON ledger_leaf FOR EACH ROW"
            " EXECUTE FUNCTION infoshare_refuse_change()",
            "ledger_leaf has a trigger that is not InfoShare's: more",
        ),
        (
            "GRANT UPDATE (body) ON decisions_snapshot TO infoshare_app",
            "the role infoshare_app may UPDATE decisions_snapshot",
        ),
        ("GRANT DELETE ON decisions_event TO PUBLIC", "everybody may DELETE decisions_event"),
        (
            "GRANT INSERT ON ledger_leaf TO infoshare_app",
            "the role infoshare_app may INSERT ledger_leaf by hand",
        ),
        (
            "ALTER TABLE decisions_record OWNER TO infoshare_app",
            "decisions_record belongs to the role infoshare_app",
        ),
        (
            "ALTER FUNCTION ledger_append OWNER TO infoshare_app",
            "ledger_append() belongs to the role infoshare_app",
        ),
        ("GRANT EXECUTE ON FUNCTION ledger_append TO PUBLIC", "everybody may call ledger_append"),
        (
            "CREATE FUNCTION escape() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT'",
            "the function escape() runs as the owner",
        ),
    ],
)
@pytest.mark.django_db
def test_a_guard_that_is_gone_is_named(change: str, said: str) -> None:
    tampering.run(change)
    (found,) = check_everything().findings
    assert said in str(found)


ACTS = st.lists(st.sampled_from(["view", "batch", "export", "share", "role"]), max_size=8)


@given(acts=ACTS)
@settings(max_examples=max(10, settings().max_examples // 10))
def test_nothing_is_wrong_whatever_happens(records: Records, cast: Cast, acts: list[str]) -> None:
    for act in acts:
        one = records[len(acts) % 3]
        match act:
            case "view":
                world.look(one, cast)
            case "batch":
                batch_reads()
            case "export":
                note_exported(record=one, person=cast.priya, file_hash="00" * 32)
            case "share":
                world.share(one, cast.priya)
            case "role":
                for held in cast.sam.memberships.filter(ended_at=None):
                    writers.end_role(membership=held)
                writers.give_role(user=cast.sam, role=Role.LEAD, organisation=cast.northmoor)
    assert check_everything().findings == ()


def test_what_was_sealed_before_there_was_a_ledger_gets_its_leaves(records: Records) -> None:
    """The migration, on the same records as they were without one."""
    tampering.run("SET CONSTRAINTS ALL IMMEDIATE")
    tampering.guards_off()
    for table in ("decisions_ledgerentry", "ledger_statement", "ledger_leaf"):
        tampering.run(f"DELETE FROM {table}")  # noqa: S608
    tampering.run("UPDATE ledger_head SET size = 0, time = '1970-01-01Z'")
    assert len(check_everything().findings) > 3
    history = importlib.import_module("decisions.migrations.0013_ledger_history")
    history.AT_ONCE = 4
    history.enter(apps, SimpleNamespace(connection=connection))
    history.enter(apps, SimpleNamespace(connection=connection))  # a second time changes nothing
    found = said()
    types = [kind for kind in WORLD.split() if kind in ("sealed", "exported", "added-to")]
    assert [one.type for one in found] == [*types, "ledger-began"]
    assert found[0].time == records[0].sealed_at
    assert json.loads(bytes(Statement.objects.get().content))["entered"] == len(types)
    assert LedgerEntry.objects.count() == len(types)
    assert "has no leaf" in " ".join(str(one) for one in check_everything().findings)
    world.state_found_rows()
    world.state_found_rows()
    assert [one.type for one in said()][len(types) + 1 :] == ["role-changed", "edition-adopted"]
    batch_reads()
    assert [str(one) for one in check_everything().findings if "guard" not in str(one)] == []


def test_a_leaf_that_is_left_out_shows_in_the_numbers_of_its_record(records: Records) -> None:
    """Even when the whole tree was made anew: a later leaf says that one came before it."""
    tampering.run("SET CONSTRAINTS ALL IMMEDIATE")
    tampering.guards_off()
    (last,) = tampering.run(
        "SELECT seq, record, revision FROM ledger_leaf WHERE record IS NOT NULL"
        " ORDER BY seq DESC LIMIT 1"
    )
    seq, _, revision = last
    content = bytes(tampering.one("SELECT leaf FROM ledger_leaf WHERE seq = %s", seq))
    forged = content.replace(b'"revision":%d' % revision, b'"revision":%d' % (revision + 1))
    tampering.run(
        "UPDATE ledger_leaf SET leaf = %s, revision = revision + 1 WHERE seq = %s", forged, seq
    )
    tampering.grow_anew()
    found = check_everything().findings[0]
    assert (found.seq, "not numbered in order" in found.what) == (seq, True)


def test_the_ledger_can_be_checked_while_it_grows(records: Records, cast: Cast) -> None:
    """What is appended after the start is left to the next time."""
    reports: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        ledger.state(type=leaf.Type.EDITION_ADOPTED, content={"kind": "adopted"}, actor=None)
        reports.append((done, total))

    read: Any = check_everything(report=report)
    assert reports == [(tampering.SIZE, tampering.SIZE)]
    assert read.size == tampering.SIZE
