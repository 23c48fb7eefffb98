"""Where the ledger's keys are kept: one folder, outside the database.

`<id>.key` holds a signing key, readable by its owner alone. `verifier-keys.txt` names every key
that ever signed, one a line, the newest last; it is public. A signing key that is retired is
deleted by the operator, and its line stays: what it signed must still be checked.
"""

import os
from pathlib import Path

from infoshare.ledger.notes import (
    NoteError,
    SigningKey,
    VerifierKey,
    new_key,
    read_signing_key,
    read_verifier_key,
)
from infoshare.private_files import PrivateFileError, read_private

PUBLIC = "verifier-keys.txt"


class KeyFileError(Exception):
    """The keys cannot be used as they lie; names the file and says what to do."""


def verifier_keys(folder: Path) -> list[VerifierKey]:
    """Every key that ever signed, the oldest first; none when there is no folder yet.

    Raises `KeyFileError` when the file is damaged, or closed to this account.
    """
    path = folder / PUBLIC
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read: {error.strerror}") from error
    try:
        return [read_verifier_key(line) for line in lines if line.strip()]
    except NoteError as error:
        raise KeyFileError(f"{path}: {error}") from error


def signing_keys(folder: Path) -> list[SigningKey]:
    """The keys that sign now, the oldest first; two while one takes the place of another.

    Raises `KeyFileError` when there is none, when others than its owner may read one, or when
    one is damaged or not among the verifier keys.
    """
    public = verifier_keys(folder)
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.key"))}
    unknown = [name for name, key in found.items() if key.verifier not in public]
    if unknown:
        raise KeyFileError(f"{folder / unknown[0]}.key is not among the keys of {folder / PUBLIC}")
    if not found:
        raise KeyFileError(f"There is no signing key in {folder}. Run manage.py create_signing_key")
    return sorted(found.values(), key=lambda key: public.index(key.verifier))


def create(folder: Path, name: str) -> SigningKey:
    """A new key of this name, written so that its owner alone can read it.

    Raises `NoteError` for a name that no key can have.
    """
    key = new_key(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    secret = os.open(folder / f"{key.verifier.id.hex()}.key", flags, 0o600)
    with os.fdopen(secret, "w", encoding="ascii") as file:
        file.write(key.secret_line + "\n")
        file.flush()
        os.fsync(file.fileno())
    with (folder / PUBLIC).open("a", encoding="utf-8") as file:
        file.write(f"{key.verifier}\n")
    return key


def _read(path: Path) -> SigningKey:
    try:
        return read_signing_key(read_private(path).decode("ascii"))
    except PrivateFileError as error:
        raise KeyFileError(str(error)) from error
    except (NoteError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path}: {error}") from error
