"""Say what the ledger is now, signed, and only if it goes on from what was said last.

The checkpoint before is read from outside the database (`kept`). So whoever changes what it
covers, in the database alone, stops the next one from being signed.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from infoshare import clock
from infoshare.ledger import kept, keys, merkle, notes, proofs
from infoshare.ledger.models import SignedCheckpoint
from infoshare.ledger.notes import Checkpoint, NoteError, SigningKey, VerifierKey

# Taken by whoever signs, until the end of the transaction; any number that no one else takes.
LOCK = 0x1EDCE2


class InconsistentLedgerError(Exception):
    """The database is not what was signed before: nothing is signed, and somebody must look."""


def folder() -> Path:
    """Where the keys and the last checkpoint are kept."""
    return Path(settings.LEDGER_FOLDER)


def verifier_keys() -> list[VerifierKey]:
    """Every key that ever signed a checkpoint here, the oldest first; raises `KeyFileError`."""
    return keys.verifier_keys(folder() / "keys")


def signing_keys() -> list[SigningKey]:
    """The keys that sign now; raises `KeyFileError` when there is none that may be used."""
    return keys.signing_keys(folder() / "keys")


def can_sign() -> bool:
    """Whether a key was ever made here. Where none was, no checkpoint is expected."""
    return (folder() / "keys" / keys.PUBLIC).exists()


@transaction.atomic
def seal() -> SignedCheckpoint | None:
    """The checkpoint over every leaf there is; None for a ledger without any.

    It is the last one again when no leaf was added. Raises `KeyFileError` without a usable key,
    and `InconsistentLedgerError` when the ledger does not go on from the last checkpoint.
    """
    signing, trusted = signing_keys(), verifier_keys()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    size = proofs.tip().size
    now = Checkpoint(signing[-1].name, size, proofs.root(size))
    before = _before(trusted)
    if before:
        _refuse_other_history(before, now)
    newest = SignedCheckpoint.objects.order_by("-size").first()
    if (newest and newest.size == size) or not size:
        return newest
    note = notes.sign(now, signing)
    # Kept first: what was signed and then lost from the database is found by the next run.
    kept.write(folder(), note)
    return SignedCheckpoint.objects.create(size=size, note=note, signed_at=clock.now())


def _before(trusted: list[VerifierKey]) -> Checkpoint | None:
    """The last checkpoint, as it is kept; raises when it is lost or not ours."""
    try:
        before = kept.read(folder(), trusted)
    except NoteError as error:
        raise InconsistentLedgerError(f"{folder() / kept.FILE}: {error}.") from error
    if before is None and SignedCheckpoint.objects.exists():
        raise InconsistentLedgerError(
            f"{folder() / kept.FILE} is missing, and the database holds checkpoints. Copy the "
            "newest one that was published or exported to that place, then run this again."
        )
    return before


def _refuse_other_history(before: Checkpoint, now: Checkpoint) -> None:
    """Raise unless the ledger as it is now began as the last checkpoint says."""
    if before.origin != now.origin:
        raise InconsistentLedgerError(
            f"The last checkpoint is of {before.origin}, not {now.origin}."
        )
    if before.size > now.size:
        raise InconsistentLedgerError(
            f"The last checkpoint covers {before.size:,} leaves, and the database has only "
            f"{now.size:,}: the leaves from {now.size:,} on are gone."
        )
    proof = proofs.consistency_proof(before.size, now.size)
    if not merkle.consistent(before.size, now.size, before.root, now.root, proof):
        raise InconsistentLedgerError(
            f"The first {before.size:,} leaves are not those that the last checkpoint was signed "
            "for. Nothing was signed. Run manage.py verify_ledger, which names the first one."
        )
