"""What happened after a decision, as a PDF to put beside the record's own.

The record's PDF prints the sealed bytes and never changes. This one says how things stood when it
was made, and names the record it belongs to.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from decisions.afterwards.timeline import Entry
from decisions.documents.printable import printable
from decisions.documents.renderer import Attached, draw
from decisions.documents.sheet import uk_time
from decisions.documents.templates import template

ATTACHMENT = "afterwards.json"


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


def addendum_pdf(addendum: Addendum) -> bytes:
    """PDF/A-3a with the same attached as JSON; always the same bytes for the same addendum.

    Raises `FontMissingError` when the bundled fonts are not installed.
    """
    html = addendum_html(addendum)
    attached = Attached(
        name=ATTACHMENT,
        description=f"What happened after the record {addendum.reference} was sealed",
        content=_as_json(addendum),
        moment=addendum.made_at.astimezone(UTC),
    )
    return draw(html, attached, hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii"))


def addendum_html(addendum: Addendum) -> str:
    """The page that `addendum_pdf` prints."""
    return template("afterwards.html", printable=printable, uk_time=uk_time).render(
        addendum=addendum,
        attachment=ATTACHMENT,
        made_at=addendum.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _as_json(addendum: Addendum) -> bytes:
    contents = asdict(addendum)
    return json.dumps(contents, default=_plain, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
