"""The folder of exports, which workers and web servers on several hosts share.

A file is `<export>-<random>.part` while it is written, and `.zip` once it is whole. Which of them
counts, the export's row alone says.
"""

import os
import secrets
import shutil
import time
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings

from infoshare.private_files import new_private

PART, WHOLE = ".part", ".zip"
A_DAY = 24 * 3600


def folder() -> Path:
    """Where the files are, made unless it is there. Raises `OSError`."""
    found = Path(settings.EXPORTS_FOLDER)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def path(stored_as: str) -> Path:
    """The file of this name."""
    return Path(settings.EXPORTS_FOLDER) / stored_as


def new_part(export_id: uuid.UUID) -> Path:
    """A new file of this export, empty, that nobody else knows. Raises `OSError`."""
    part = folder() / f"{export_id}-{secrets.token_hex(16)}{PART}"
    new_private(part).close()
    return part


def has_room(size: int) -> bool:
    """Whether the disk has room for a file of this size. Raises `OSError`."""
    return shutil.disk_usage(folder()).free >= size


def keep(part: Path) -> Path:
    """The file, whole, on the disk and under its last name. Raises `OSError`."""
    _flush(part)
    whole = part.with_suffix(WHOLE)
    part.rename(whole)
    _flush(part.parent)
    return whole


def remove(*paths: Path) -> None:
    """Remove these files, whichever of them are there. Raises `OSError`."""
    for one in paths:
        one.unlink(missing_ok=True)


def remove_all_of(export_id: uuid.UUID) -> None:
    """Remove every file of this export, whole or not. Raises `OSError`."""
    remove(*folder().glob(f"{export_id}-*"))


def old(*, but: Collection[str]) -> Iterator[Path]:
    """Files of exports that nobody wrote to for a day, but for these names."""
    before = time.time() - A_DAY
    for one in _ours():
        try:
            if one.name not in but and one.stat().st_mtime < before:
                yield one
        except FileNotFoundError:  # somebody else was quicker
            continue


def _ours() -> list[Path]:
    return [one for one in folder().iterdir() if one.suffix in (PART, WHOLE)]


def _flush(what: Path) -> None:
    known = os.open(what, os.O_RDONLY)
    try:
        os.fsync(known)
    finally:
        os.close(known)
