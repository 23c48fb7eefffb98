"""How an edition is named wherever it is: its legal review and its short digest. Pure.

Pages, records and PDFs all take these words from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

SHORT = 12
MOST_IN_A_LINE = 200
YOURS = "your organisation"


@dataclass(frozen=True, slots=True)
class Adopted:
    """That an organisation adopted an edition, and its own legal review where there is one."""

    begins_on: date
    reviewed_by: str = ""
    reviewed_on: date | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a sentence; `typed` when a person typed it, so that pages hold it apart."""

    text: str
    typed: bool = False


def short(digest: str) -> str:
    """The beginning of a digest, by which people compare two."""
    return digest[:SHORT]


def day(when: date) -> str:
    """A day as people here read it, for example "3 March 2026"."""
    return f"{when.day} {when:%B %Y}"


def review(
    legal_review: str,
    status: str,
    who: str,
    adopted: Adopted | None,
    *,
    other: str = "",
    whole: bool = False,
) -> list[Word]:
    """The legal review of an edition with these two fields, piece by piece.

    `who` is the organisation to speak of, and "" when it is not known what it adopted; `other` is
    the digest of the copy in use there, when that is another one of the same edition. Without
    `whole`, what a review found is cut to a line's length.
    """
    own = f"Legal review: {legal_review.removesuffix('.')}."
    if not who or (adopted is None and status == "withdrawn"):
        return [Word(own)]
    if adopted is None and other:
        return [Word(f"{own} Not adopted: {who} uses another copy of it, digest {short(other)}.")]
    if adopted is None:
        return [Word(f"{own} Not yet adopted by {who}.")]
    since = f"Adopted by {who} from {day(adopted.begins_on)}"
    if adopted.reviewed_on is None:
        return [Word(f"{own} {since}, without a note of a legal review of its own.")]
    found = adopted.found if whole else _line(adopted.found)
    return [
        Word(f"{since}. Its legal review, by "),
        Word(adopted.reviewed_by, typed=True),
        Word(f" on {day(adopted.reviewed_on)}: "),
        Word(found, typed=True),
        Word(f"{'' if found[-1:] in '.!?…' else '.'} The edition’s own {own[0].lower()}{own[1:]}"),
    ]


def sentence(words: list[Word]) -> str:
    """The pieces as one text."""
    return "".join(word.text for word in words)


def as_sealed(adopted: Adopted | None) -> dict[str, str] | None:
    """What a record keeps of it."""
    if adopted is None:
        return None
    return {
        "begins_on": adopted.begins_on.isoformat(),
        "reviewed_by": adopted.reviewed_by,
        "reviewed_on": adopted.reviewed_on.isoformat() if adopted.reviewed_on else "",
        "found": adopted.found,
    }


def sealed_review(edition: Mapping[str, Any], who: str) -> list[Word]:
    """The legal review as a record's section on its edition says it, whole.

    Records that were sealed before adoptions were kept say the edition's own alone.
    """
    if "adopted" not in edition:
        return review(edition["legal_review"], edition["status"], "", None)
    held = edition["adopted"]
    adopted = held and Adopted(
        date.fromisoformat(held["begins_on"]),
        held["reviewed_by"],
        date.fromisoformat(held["reviewed_on"]) if held["reviewed_on"] else None,
        held["found"],
    )
    own = edition["legal_review"], edition["status"]
    return review(*own, who, adopted or None, whole=True)


def _line(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_IN_A_LINE else f"{plain[: MOST_IN_A_LINE - 1].rstrip()}…"
