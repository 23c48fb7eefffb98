"""What was signed earlier, wherever it still stands: what the ledger must have begun as.

Three places: the database itself, the one file that is kept outside it, and the folder that
checkpoints are published to. What stands in only one of them counts as much.
"""

from collections.abc import Iterator

from django.core.files.storage import storages

from infoshare.ledger import checkpoints, kept, notes
from infoshare.ledger.following import Finding
from infoshare.ledger.keys import KeyFileError
from infoshare.ledger.models import SignedCheckpoint
from infoshare.ledger.notes import Checkpoint, NoteError, VerifierKey
from infoshare.ledger.publishing import FIRST
from infoshare.ledger.verifying import Known

Note = tuple[str, str]
"""Where a checkpoint stands, for people, and its text."""


def known() -> Iterator[Known]:
    """Every checkpoint of a trusted key, each size and root once."""
    seen: set[tuple[int, bytes]] = set()
    for name, found in _read():
        if isinstance(found, Checkpoint) and (found.size, found.root) not in seen:
            seen.add((found.size, found.root))
            yield Known(found.size, found.root, name)


def problems() -> Iterator[Finding]:
    """Each checkpoint that is none, is not signed by a key of ours, or stands nowhere else."""
    try:
        trusted = checkpoints.verifier_keys()
    except KeyFileError as error:
        yield Finding(None, str(error))
        return
    if not trusted and SignedCheckpoint.objects.exists():
        yield Finding(None, f"there are checkpoints, and no key in {checkpoints.folder() / 'keys'}")
        return
    for name, found in _read():
        if isinstance(found, NoteError):
            yield Finding(None, f"{name}: {found}")
    if not (checkpoints.folder() / kept.FILE).exists() and SignedCheckpoint.objects.exists():
        yield Finding(None, f"the last checkpoint is not in {checkpoints.folder() / kept.FILE}")


def read_given(name: str, note: str) -> Known:
    """The checkpoint that somebody kept elsewhere; raises `NoteError`, and `KeyFileError`."""
    found = notes.read(note, checkpoints.verifier_keys())
    return Known(found.size, found.root, name)


def _read() -> Iterator[tuple[str, Checkpoint | NoteError]]:
    try:
        trusted = checkpoints.verifier_keys()
    except KeyFileError:
        return
    for name, note in _notes():
        yield name, _checkpoint(name, note, trusted)


def _checkpoint(name: str, note: str, trusted: list[VerifierKey]) -> Checkpoint | NoteError:
    try:
        found = notes.read(note, trusted)
    except NoteError as error:
        return error
    size = name.rpartition(" ")[2]
    if size.isdigit() and int(size) != found.size:
        return NoteError(f"it is a checkpoint of {found.size} leaves")
    return found


def _notes() -> Iterator[Note]:
    rows = SignedCheckpoint.objects.order_by("size").values_list("size", "note")
    for size, note in rows.iterator(chunk_size=500):
        yield f"checkpoint {size}", note
    path = checkpoints.folder() / kept.FILE
    if path.exists():
        yield f"the last checkpoint in {path}", path.read_text("utf-8", errors="replace")
    published = storages[FIRST]
    try:
        names = published.listdir("")[1]
    except FileNotFoundError:
        return
    for name in sorted(filter(str.isdigit, names), key=int):
        with published.open(name) as file:
            yield f"published checkpoint {name}", file.read().decode("utf-8", "replace")
