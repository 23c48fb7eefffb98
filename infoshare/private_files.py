"""Files with a secret in them: read only when nobody else can have read them."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class PrivateFileError(Exception):
    """The file cannot be trusted or read; names it and says what to do."""


def read_private(path: Path) -> bytes:
    """What the file holds; raises `PrivateFileError` unless it is its owner's alone, and ours."""
    try:
        with path.open("rb") as file:
            _refuse_what_others_read(path, os.fstat(file.fileno()))
            return file.read()
    except OSError as error:
        raise PrivateFileError(f"{path} cannot be read: {error.strerror}") from error


def _refuse_what_others_read(path: Path, about: os.stat_result) -> None:
    if about.st_mode & OTHERS:
        raise PrivateFileError(
            f"{path} can be read by others ({stat.filemode(about.st_mode)}). Run chmod 600 on it, "
            "and think of the key as known: create another and delete this one"
        )
    if about.st_uid != os.geteuid():
        raise PrivateFileError(
            f"{path} belongs to another account. The account that reads it must own it"
        )


def write_private(path: Path, content: bytes) -> None:
    """Write the file anew, so that its owner alone can read it. Raises `OSError`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def new_private(path: Path) -> BinaryIO:
    """A new file, open for writing, that its owner alone can read. Raises `OSError`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    return os.fdopen(os.open(path, flags, 0o600), "wb")
