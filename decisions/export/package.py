"""The ZIP file of an export, with the SHA-256 of each file that went into it."""

import hashlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

A_PIECE = 2**20
MOST_WAITING = 100  # files
PRIVATE = 0o600


class Package:
    """A ZIP file that grows. PDFs are packed already, so nothing in it is packed again.

    Nothing but its owner can read it. Files are hashed and written in a thread of its own, in the
    order in which they were added, so that the next ones can be read meanwhile: a fault of the disk
    is raised by a later call. After `settle`, `files` has the hash of what was added, by path.
    """

    def __init__(self, to: Path, at: datetime) -> None:
        self.files: dict[str, str] = {}
        self._file = os.fdopen(os.open(to, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE), "w+b")
        self._zip = ZipFile(self._file, "w", ZIP_STORED, allowZip64=True)
        local = timezone.localtime(at)
        self._at = (local.year, local.month, local.day, local.hour, local.minute, local.second)
        self._hand = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def add(self, path: str, content: bytes) -> None:
        """Put this file in."""
        self._leave(self._hand.submit(self._add, path, content))

    def add_file(self, path: str, file: IO[bytes]) -> None:
        """Put in what this file holds from its place on, piece by piece."""
        self._leave(self._hand.submit(self._add_file, path, file))
        self.settle()

    def settle(self) -> None:
        """Wait until all that was added is written; raises `OSError` where that failed."""
        while self._waiting:
            self._waiting.popleft().result()

    def done(self) -> tuple[int, str]:
        """End the file, safely on its disk; gives its size in bytes and its SHA-256."""
        self.settle()
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
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
        self._hand.shutdown(cancel_futures=True)
        with suppress(OSError, ValueError):  # what was broken off may not even be closed
            self._zip.close()
        with suppress(OSError):
            self._file.close()

    def _leave(self, work: "Future[None]") -> None:
        self._waiting.append(work)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()

    def _add(self, path: str, content: bytes) -> None:
        self.files[path] = hashlib.sha256(content).hexdigest()
        self._zip.writestr(self._entry(path), content)

    def _add_file(self, path: str, file: IO[bytes]) -> None:
        found = hashlib.sha256()
        with self._zip.open(self._entry(path), "w", force_zip64=True) as entry:
            while piece := file.read(A_PIECE):
                found.update(piece)
                entry.write(piece)
        self.files[path] = found.hexdigest()

    def _entry(self, path: str) -> ZipInfo:
        entry = ZipInfo(path, self._at)
        entry.external_attr = PRIVATE << 16
        return entry
