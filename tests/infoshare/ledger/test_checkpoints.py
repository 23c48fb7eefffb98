"""A checkpoint is signed only over a ledger that goes on from the last one."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from infoshare.ledger import append, checkpoints, earlier, kept, keys, notes, publishing
from infoshare.ledger.leaf import Type
from infoshare.ledger.models import SignedCheckpoint
from infoshare.ledger.verifying import verify
from tests.roles import as_superuser

NAME = "a.example/ledger"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path: Path, settings: Any) -> Path:
    """The folder of a ledger with a key and three more leaves."""
    settings.LEDGER_FOLDER = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "checkpoints": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "published"},
        }
    }
    keys.create(tmp_path / "keys", NAME)
    grow(3)
    return tmp_path


def grow(leaves: int) -> None:
    for number in range(leaves):
        append.state(type=Type.ROLE_CHANGED, content={"kind": "test", "n": number}, actor=None)


def tamper(statement: str) -> None:
    """Change what only grows, as a superuser can."""
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("ledger_leaf", "ledger_head", "ledger_statement"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_it_is_signed_kept_outside_and_goes_on(ledger: Path) -> None:
    first = checkpoints.seal()
    assert first
    trusted = checkpoints.verifier_keys()
    assert notes.read(first.note, trusted) == kept.read(ledger, trusted)
    assert checkpoints.seal() == first, "nothing was added"
    grow(2)
    second = checkpoints.seal()
    assert second and second.size == first.size + 2
    assert SignedCheckpoint.objects.count() == 2


def test_what_was_signed_and_then_lost_is_signed_again(ledger: Path) -> None:
    with transaction.atomic():
        lost = checkpoints.seal()
        transaction.set_rollback(True)
    assert SignedCheckpoint.objects.count() == 0
    again = checkpoints.seal()
    assert lost and again and again.note == lost.note


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "UPDATE ledger_leaf SET hashes = sha256(hashes) || substring(hashes FROM 33)",
            "not those",
        ),
        (
            "DELETE FROM ledger_statement; DELETE FROM ledger_leaf;"
            " UPDATE ledger_head SET size = 0",
            "are gone",
        ),
    ],
)
def test_a_changed_ledger_is_not_signed(ledger: Path, change: str, says: str) -> None:
    before = checkpoints.seal()
    tamper(change)
    with pytest.raises(checkpoints.InconsistentLedgerError, match=says):
        checkpoints.seal()
    trusted = checkpoints.verifier_keys()
    assert before and kept.read(ledger, trusted) == notes.read(before.note, trusted)


def test_a_last_checkpoint_that_is_missing_or_forged_stops_the_next(ledger: Path) -> None:
    checkpoints.seal()
    file = ledger / kept.FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n3\n", "\n2\n").replace("\n4\n", "\n2\n"), encoding="utf-8")
    with pytest.raises(checkpoints.InconsistentLedgerError, match="does not hold"):
        checkpoints.seal()
    file.unlink()
    with pytest.raises(checkpoints.InconsistentLedgerError, match="missing"):
        checkpoints.seal()


def test_the_command_publishes_what_is_not_out_yet_and_says_so(ledger: Path) -> None:
    checkpoints.seal()
    grow(1)
    said = StringIO()
    call_command("seal_checkpoint", stdout=said)
    assert "files published: 2" in said.getvalue()
    newest = SignedCheckpoint.objects.latest("size")
    published = storages[publishing.FIRST]
    assert published.open(str(newest.size)).read().decode() == newest.note
    assert publishing.publish() == 0


def test_a_place_that_cannot_be_written_to_is_an_error_and_made_up_for(ledger: Path) -> None:
    (ledger / "published").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(CommandError, match="Signed, but not published"):
        call_command("seal_checkpoint")
    (ledger / "published").unlink()
    call_command("seal_checkpoint", stdout=StringIO())
    assert len(storages[publishing.FIRST].listdir("")[1]) == 1


def test_without_a_key_nothing_is_signed(ledger: Path) -> None:
    for file in (ledger / "keys").glob("*.key"):
        file.unlink()
    with pytest.raises(CommandError, match="create_signing_key"):
        call_command("seal_checkpoint")


def test_a_second_key_is_made_only_when_asked_and_keeps_the_name(ledger: Path) -> None:
    with pytest.raises(CommandError, match="--replace"):
        call_command("create_signing_key")
    with pytest.raises(CommandError, match=NAME):
        call_command("create_signing_key", replace=True, name="another.example")
    said = StringIO()
    call_command("create_signing_key", replace=True, stdout=said)
    old, new = checkpoints.verifier_keys()
    assert str(new) in said.getvalue()
    sealed = checkpoints.seal()
    assert sealed
    for trusted in (old, new):
        assert notes.read(sealed.note, [trusted]).origin == NAME


def test_whatever_was_signed_anywhere_is_held_against_the_ledger(ledger: Path) -> None:
    call_command("seal_checkpoint", stdout=StringIO())
    assert not list(earlier.problems())
    (found,) = earlier.known()
    assert not verify(known=[found]).findings
    tamper("UPDATE ledger_leaf SET leaf = leaf, hashes = sha256(hashes) WHERE seq = 0")
    assert verify(known=[found]).findings
    tamper("ALTER TABLE ledger_checkpoint DISABLE TRIGGER USER; DELETE FROM ledger_checkpoint")
    assert [one.size for one in earlier.known()] == [found.size], "it stands outside, too"


def test_a_checkpoint_that_is_not_ours_is_a_problem(ledger: Path) -> None:
    call_command("seal_checkpoint", stdout=StringIO())
    forged = notes.sign(notes.Checkpoint(NAME, 9, bytes(32)), [notes.new_key(NAME)])
    (ledger / "published" / "9").write_text(forged, encoding="utf-8")
    assert [str(one) for one in earlier.problems()] == [
        "published checkpoint 9: no key that is trusted here signed this note"
    ]
    (ledger / kept.FILE).unlink()
    assert len(list(earlier.problems())) == 2


def test_after_a_restore_it_goes_on_as_the_operator_is_told(ledger: Path) -> None:
    call_command("seal_checkpoint", stdout=StringIO())
    published = ledger / "published"
    (older,) = published.iterdir()
    with transaction.atomic():
        grow(2)
        call_command("seal_checkpoint", stdout=StringIO())
        transaction.set_rollback(True)  # what a restored database is: as it was before
    with pytest.raises(CommandError, match="are gone"):
        call_command("seal_checkpoint")
    (newer,) = set(published.iterdir()) - {older}
    assert verify(known=[earlier.read_given("newer", newer.read_text("utf-8"))]).findings
    assert not verify(known=[earlier.read_given("older", older.read_text("utf-8"))]).findings
    (ledger / kept.FILE).write_bytes(older.read_bytes())
    newer.rename(ledger / "put-aside")
    grow(1)
    call_command("seal_checkpoint", stdout=StringIO())
    assert not list(earlier.problems())
    assert not verify(known=list(earlier.known())).findings
