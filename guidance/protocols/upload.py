"""How a document comes in: one file of a form, kept in memory up to the most that is taken.

What is larger is read to its end and dropped as it comes, so that memory does not grow with it
and the browser sees the page that says why.
"""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from guidance.protocols.documents import MOST_BYTES

# The most that is read of a request at all; a form and its boundaries are far below a megabyte.
MOST_READ = 64 * 1024 * 1024
FORM = 1024 * 1024


class OneDocument(FileUploadHandler):
    """Keeps the first file of a request, when it is not too large; counts it in any case."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._kept: io.BytesIO | None = None
        self._is_first = True
        self._drops = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django's own name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Drop every byte of a file when the request's length already says that it is too much."""
        self._drops = content_length > MOST_BYTES + FORM

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file; any after the first is skipped."""
        super().new_file(*args, **kwargs)
        if not self._is_first:
            raise SkipFile
        self._is_first = False
        self._kept = None if self._drops else io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep some bytes of the file, or nothing of it any more."""
        if self._kept is not None and start + len(raw_data) > MOST_BYTES:
            self._kept = None
        if self._kept is not None:
            self._kept.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """The file with its true size; without content when it was too large."""
        kept = self._kept or io.BytesIO()
        kept.seek(0)
        return UploadedFile(
            file=kept, name=self.file_name, content_type=self.content_type, size=file_size
        )


def is_beyond_reading(request: HttpRequest) -> bool:
    """Whether the request is so long that it is answered without reading what is in it."""
    return length_of(request) > MOST_READ


def length_of(request: HttpRequest) -> int:
    """How many bytes the request says that it has."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0
