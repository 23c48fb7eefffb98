"""Checkpoints where others can take them from: a folder, and perhaps a second place.

Each is a file of its own, named by its size, and none is ever written again, so that a place
which refuses changes will do. Only checkpoints go out, which say nothing about any case.
"""

from collections.abc import Iterator
from itertools import takewhile

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.storage.handler import InvalidStorageError

from infoshare.ledger.models import SignedCheckpoint

FIRST, SECOND = "checkpoints", "checkpoints-second"


def places() -> Iterator[Storage]:
    """Every place that the settings name; the first there always is."""
    yield storages[FIRST]
    try:
        yield storages[SECOND]
    except InvalidStorageError:
        return


def publish() -> int:
    """Put out what is not out yet, the oldest first; how many files were written.

    Raises what a place raises when it cannot be written to: the next run makes up for it.
    """
    return sum(_publish_at(place) for place in places())


def _publish_at(place: Storage) -> int:
    newest_first = SignedCheckpoint.objects.order_by("-size").iterator(chunk_size=100)
    # The oldest is written first, so whatever is older than one that is there is there, too.
    missing = list(takewhile(lambda one: not place.exists(str(one.size)), newest_first))
    for one in reversed(missing):
        place.save(str(one.size), ContentFile(one.note.encode()))
    return len(missing)
