"""Make a document once and keep it, whichever document it is."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction

from decisions.kept_pdf.organisation_seal import SealError, sealed
from infoshare.jobs.failing import place
from infoshare.ledger import checkpoints
from infoshare.ledger.models import SignedCheckpoint

logger = logging.getLogger(__name__)

# Locks that PostgreSQL keeps for programs have two numbers: this is the one of PDFs.
PDFS = 0x504446


class PdfNotMadeError(Exception):
    """A PDF could not be made. Says which record and which fault, never in words of the case."""


class Kept(Protocol):
    """A document that is there."""

    @property
    def sha256(self) -> str: ...

    @property
    def body(self) -> bytes | memoryview: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it stands to be made now: how it is found, drawn and stored.

    `draw` is told the newest checkpoint when that covers all of `leaves`, else None. `store`
    belongs last in a transaction: it appends to the ledger.
    """

    name: str  # such as "The PDF of record ...", without a word of the case
    lock: str
    find: Callable[[], Kept | None]
    leaves: Callable[[], Iterable[int | None]]  # None for one that is not there
    draw: Callable[[SignedCheckpoint | None], bytes]
    store: Callable[[bytes], Kept]


def make(paper: Paper) -> Kept:
    """The document, made now unless it is there. It waits while another process makes it.

    Raises `PdfNotMadeError`.
    """
    _cover(paper)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [PDFS, paper.lock])
        return paper.find() or _make(paper)


def try_to_make(paper: Paper) -> Kept | None:
    """The same, but None at once while another process makes it."""
    _cover(paper)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [PDFS, paper.lock])
        (is_ours,) = cursor.fetchone()
        return paper.find() or (_make(paper) if is_ours else None)


def _covering(paper: Paper) -> SignedCheckpoint | None:
    leaves = list(paper.leaves())
    newest = SignedCheckpoint.objects.order_by("-size").first()
    is_covered = newest and all(one is not None and one < newest.size for one in leaves)
    return newest if is_covered else None


def _cover(paper: Paper) -> None:
    """Have a checkpoint cover the document's leaves, so that it can prove them.

    Where that cannot be, it carries no proof: nothing keeps it from its readers.
    """
    if paper.find() or _covering(paper) or not checkpoints.can_sign():
        return
    try:
        checkpoints.seal()
    except Exception as error:
        logger.error("No checkpoint. %s carries no proof: %s", paper.name, place(error))


def _make(paper: Paper) -> Kept:
    return paper.store(signed_if_it_can_be(paper.name, _drawn(paper)))


def _drawn(paper: Paper) -> bytes:
    try:
        return paper.draw(_covering(paper))
    except Exception as error:
        # Whatever it was, its own words may be words of the case.
        found = f"{paper.name} could not be made: {place(error)}"
        logger.error(found)
        raise PdfNotMadeError(found) from None


def signed_if_it_can_be(name: str, document: bytes) -> bytes:
    """The PDF with the organisation's seal; as it is where a fault keeps it from being signed."""
    try:
        return sealed(document)
    except Exception as error:
        # Only a SealError's words are ours; others may hold words of the case.
        why = str(error) if isinstance(error, SealError) else place(error)
        logger.error("%s stays unsigned: %s", name, why)
        return document
