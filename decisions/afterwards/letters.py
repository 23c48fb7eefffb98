"""The letter to a requester who does not get (all of) what they asked for: its words, its PDF.

Nothing reaches the paper but what is passed in: no case reference, no record, no team.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from decisions.afterwards.rules import readable
from decisions.documents.printable import printable
from decisions.documents.renderer import Attached, draw
from decisions.documents.sheet import UK
from decisions.documents.templates import template

AGAIN = (
    "If you think that this answer is wrong, write to us and say why. We will look at it again.\n\n"
    "If you believe that someone is at risk of serious harm, do not wait for us: call 999, or tell "
    "the safeguarding team of the local council."
)
NEITHER_TEXT = (
    "You asked us for information.\n\n"
    "We can neither confirm nor deny that we hold the information you asked for. We give this "
    "answer in the same words whether or not we hold anything, so please read nothing into it."
    f"\n\n{AGAIN}"
)
GENERAL_REASONS = {
    "general-need": "We do not yet see why the information is needed.",
    "general-ground": "We have found no ground in law to share it for the purpose you gave.",
    "general-confidence": "What people tell us in confidence we share only with good reason.",
    "general-part": "Part of what you asked for is enough for the purpose you gave.",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """All that stands on the paper. `signed` and `their_reference` may be ""."""

    organisation: str
    signed: str
    to: str
    their_reference: str
    text: str
    written_at: datetime


def compose(reasons: Iterable[str], *, in_part: bool) -> str:
    """A first wording with these reasons and no others, for the person to change."""
    what = "all of the information you asked for" if in_part else "the information you asked for"
    listed = "\n".join(f"- {reason}" for reason in reasons)
    why = f"Our reasons:\n\n{listed}\n\n" if listed else ""
    return f"You asked us for information.\n\nWe will not share {what}.\n\n{why}{AGAIN}"


def letter_pdf(letter: Letter) -> bytes:
    """PDF/A-3a of the letter, with its words attached as plain text; always the same bytes.

    Raises `FontMissingError` when the bundled fonts are not installed.
    """
    html = letter_html(letter)
    attached = Attached(
        name="letter.txt",
        description="The words of this letter",
        content=letter.text.encode(),
        moment=letter.written_at,
    )
    return draw(html, attached, hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii"))


def letter_html(letter: Letter) -> str:
    """The page that `letter_pdf` prints."""
    return template("letter.html").render(
        organisation=printable(letter.organisation),
        signed=printable(letter.signed),
        to=printable(letter.to),
        their_reference=printable(letter.their_reference),
        text=printable(letter.text),
        day=readable(letter.written_at.astimezone(UK).date()),
        written_at=letter.written_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
