"""An uploaded file is held in memory while it is checked, and nowhere else."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

from infoshare.middleware import read_on

MEGABYTES = 10  # records are a few hundred kilobytes, and anybody may send one
MOST_BYTES = MEGABYTES * 1024 * 1024
AROUND_THE_FILE = 64 * 1024  # the other fields of the form and what stands between them


class InMemory(MemoryFileUploadHandler):
    """Django's own handler, for whatever `is_too_large` has let through."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def is_too_large(request: HttpRequest) -> bool:
    """True when more was sent than is checked; then the rest is read and dropped.

    Otherwise the browser would see the connection break, and not the page that says why.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES + AROUND_THE_FILE:
        return False
    read_on(request)
    return True
