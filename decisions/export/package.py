"""The ZIP file of an export, with the SHA-256 of each file that went into it."""

import hashlib
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

A_PIECE = 2**20
PRIVATE = 0o600


class Package:
    """A ZIP file that grows. PDFs are packed already, so nothing in it is packed again.

    Nothing but its owner can read it. `files` has the hash of what was added, by path.
    """

    def __init__(self, to: Path, at: datetime) -> None:
        self.files: dict[str, str] = {}
        self._file = os.fdopen(os.open(to, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE), "w+b")
        self._zip = ZipFile(self._file, "w", ZIP_STORED, allowZip64=True)
        local = timezone.localtime(at)
        self._at = (local.year, local.month, local.day, local.hour, local.minute, local.second)

    def add(self, path: str, content: bytes) -> str:
        """Put this file in; gives its SHA-256."""
        digest = self.files[path] = hashlib.sha256(content).hexdigest()
        self._zip.writestr(self._entry(path), content)
        return digest

    def add_file(self, path: str, file: IO[bytes]) -> None:
        """Put in what this file holds from its place on, piece by piece."""
        found = hashlib.sha256()
        with self._zip.open(self._entry(path), "w", force_zip64=True) as entry:
            while piece := file.read(A_PIECE):
                found.update(piece)
                entry.write(piece)
        self.files[path] = found.hexdigest()

    def done(self) -> tuple[int, str]:
        """End the file; gives its size in bytes and its SHA-256."""
        self._zip.close()
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(0)
        return size, hashlib.file_digest(self._file, "sha256").hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError, ValueError):  # what was broken off may not even be closed
            self._zip.close()
        with suppress(OSError):
            self._file.close()

    def _entry(self, path: str) -> ZipInfo:
        entry = ZipInfo(path, self._at)
        entry.external_attr = PRIVATE << 16
        return entry
