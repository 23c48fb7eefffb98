"""The last checkpoint, kept outside the database: what a changed database is held against.

One file, written whole or not at all. Who changes the database must also change this file, and
every copy of it that went elsewhere.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from infoshare.ledger import notes
from infoshare.ledger.notes import Checkpoint, VerifierKey

FILE = "last-checkpoint"


def read(folder: Path, trusted: Sequence[VerifierKey]) -> Checkpoint | None:
    """The checkpoint that was signed last; None when there is no file yet.

    Raises `NoteError` when the file is not a checkpoint that one of these keys signed.
    """
    path = folder / FILE
    return notes.read(path.read_text(encoding="utf-8"), trusted) if path.exists() else None


def write(folder: Path, note: str) -> None:
    """Keep this note in place of the one before, so that a crash leaves one of the two."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, encoding="utf-8", delete=False) as file:
        try:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(folder / FILE)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    entry = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
