"""What happened after a decision, as a PDF to put beside the record's own.

The record's PDF prints the sealed bytes and never changes. This one says how things stood when it
was made, and names the record it belongs to.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from decisions.afterwards.timeline import Entry
from decisions.documents.check_code import check_code
from decisions.documents.printable import printable
from decisions.documents.record_pdf import PROOF
from decisions.documents.renderer import Attached, draw
from decisions.documents.sheet import uk_time
from decisions.documents.templates import template

ATTACHMENT = "afterwards.json"


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file that InfoShare keeps of the record: what it is, its SHA-256, since when."""

    what: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Addendum:
    """All that stands on the paper: which record, how things stood when, and what happened."""

    reference: str
    case_reference: str
    decision: str
    organisation: str
    commitment: str
    edition: str  # under which it was decided, with its review and digest
    sealed_at: datetime
    made_at: datetime
    entries: Sequence[Entry]
    places: Mapping[int, int] = field(default_factory=dict)  # in the ledger, by event
    files: Sequence[FileKept] = ()


def addendum_pdf(addendum: Addendum, proof: bytes | None = None, check_page: str = "") -> bytes:
    """PDF/A-3a; always the same bytes for the same addendum, proof and address.

    `proof` is attached as `proof.json`: each event as it was entered in the ledger, and what
    leads from it to a checkpoint. Without one the same is attached as plain JSON, which proves
    nothing. Raises `FontMissingError` when the bundled fonts are not installed.
    """
    html = addendum_html(addendum, attachment=PROOF if proof else ATTACHMENT, check_page=check_page)
    attached = Attached(
        name=PROOF if proof else ATTACHMENT,
        description=f"What happened after the record {addendum.reference} was sealed",
        content=proof or _as_json(addendum),
        moment=addendum.made_at.astimezone(UTC),
    )
    return draw(html, attached, hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii"))


def addendum_html(addendum: Addendum, *, attachment: str = ATTACHMENT, check_page: str = "") -> str:
    """The page that `addendum_pdf` prints."""
    known = {"printable": printable, "uk_time": uk_time, "check_code": check_code}
    return template("afterwards.html", **known).render(
        addendum=addendum,
        attachment=attachment,
        is_proven=attachment == PROOF,
        check_page=check_page,
        made_at=addendum.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _as_json(addendum: Addendum) -> bytes:
    contents = asdict(addendum)
    return json.dumps(contents, default=_plain, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
