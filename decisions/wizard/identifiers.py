"""What in a text looks as if it could say who somebody is. Pure.

It points, and people judge: a plain sentence can still name somebody to those who know them,
and a marked word can be harmless. Numbers with a check digit are tested (python-stdnum).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum.gb import nhs, upn

from decisions.wizard.likely_names import likely_names


class Kind(StrEnum):
    """What a marked part looks like, in words for the page."""

    NHS_NUMBER = "NHS number"
    UPN = "unique pupil number"
    NATIONAL_INSURANCE = "National Insurance number"
    EMAIL = "e-mail address"
    POSTCODE = "postcode"
    PHONE = "phone number"
    DATE = "date"
    LONG_NUMBER = "long number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """`text` stands at `[start:end]` of the searched text and looks like a `kind`."""

    start: int
    end: int
    kind: Kind
    text: str


def find(text: str) -> list[Found]:
    """Everything that looks like an identifier, in order; no two overlap.

    Where two kinds claim the same characters, the one that stands first in `FINDERS` has them.
    """
    taken: list[Found] = []
    is_free = bytearray(b"\1" * len(text))
    for kind, finder in FINDERS:
        for start, end in finder(text):
            if all(is_free[start:end]):
                is_free[start:end] = bytes(end - start)
                taken.append(Found(start, end, kind, text[start:end]))
    return sorted(taken, key=lambda found: found.start)


# --- The finders: each gives the spans of one kind -------------------------------------------

Spans = Iterator[tuple[int, int]]
GAP = r"[ \u00a0\-.]?"
MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1[89]\d\d|20\d\d)"
DAY_AND_MONTH = rf"{DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\b"
BORN = r"(?:\b(?:born|dob|birthday|date of birth)\b|\bd\.o\.b\b\.?)(?:\s+(?:is|was|on|in))*\s*:?\s*"

# A digit starts a number here unless another number runs into it.
TEN_DIGITS = re.compile(rf"(?<!\d)(?=(\d(?:{GAP}\d){{9}})(?!\d))")
PUPIL = re.compile(
    rf"(?<![^\W_])(?=([A-HJ-NP-RT-Z](?:{GAP}\d){{11}}{GAP}[A-HJ-NP-RT-Z\d])(?![^\W_]))", re.I
)
INSURED = re.compile(
    r"(?<![^\W_])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    rf"(?:{GAP}\d\d{GAP}\d\d{GAP}\d\d{GAP}[A-D]|\d{{6}})(?![^\W_])",
    re.I,
)
MAIL = re.compile(r"[\w.+'%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}")
POST = re.compile(
    r"(?<![^\W_])(?:GIR ?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}"
    r"|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y])"
    r"[ \u00a0]{0,2}(?-i:(?!\d(?:st|nd|rd|th)))\d[ABD-HJLNP-UW-Z]{2})(?![^\W_])",
    re.I,
)
CALLED = re.compile(
    r"(?<!\d)(?:(?:\+|\b00)44[ \u00a0.-]?(?:\(0\)[ \u00a0]?)?\d(?:[ \u00a0.()-]{0,2}\d){8,9}"
    r"|\(?0\d(?:[ \u00a0.()-]{0,2}\d){8,9}|\+\d(?:[ \u00a0.()-]{0,2}\d){7,14})(?!\d)"
)
DATED = re.compile(
    rf"(?<!\d)(?:{DAY}([/.-])(?:{MONTH}|{MONTHS})\1(?:{YEAR}|\d\d)"
    rf"|{YEAR}([/.-]){MONTH}\2{DAY}"
    rf"|{DAY_AND_MONTH},?\s+(?:{YEAR}|['’]\d\d)"
    rf"|(?<![^\W_])(?:{MONTHS})\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR})(?!\d)",
    re.I,
)
BIRTHDAY = re.compile(
    rf"{BORN}((?:{DAY_AND_MONTH}|{DAY}[/.-]{MONTH}|(?:{MONTHS})\s+(?:{YEAR}|{DAY})|{YEAR})(?!\d))",
    re.I,
)
MANY_DIGITS = re.compile(r"(?<!\d)\d(?:[ \u00a0-]?\d){7,}(?!\d)")


def _plain(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _nhs_numbers(text: str) -> Spans:
    for match in TEN_DIGITS.finditer(text):
        if nhs.is_valid(_characters(match[1])):
            yield match.span(1)


def _pupil_numbers(text: str) -> Spans:
    """By the check letter alone: stdnum's list of councils is of 2011, and new ones came."""
    for match in PUPIL.finditer(text):
        number = _characters(match[1]).upper()
        if upn.calc_check_digit(number[1:]) == number[0]:
            yield match.span(1)


def _dates(text: str) -> Spans:
    yield from (match.span() for match in DATED.finditer(text))
    yield from (match.span(1) for match in BIRTHDAY.finditer(text))


def _characters(number: str) -> str:
    """Letters and digits only; digits of any script as 0 to 9."""
    kept = (letter for letter in number if letter.isalnum())
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in kept)


FINDERS: tuple[tuple[Kind, Callable[[str], Spans]], ...] = (
    (Kind.EMAIL, _plain(MAIL)),
    (Kind.UPN, _pupil_numbers),
    (Kind.NATIONAL_INSURANCE, _plain(INSURED)),
    (Kind.NHS_NUMBER, _nhs_numbers),
    (Kind.PHONE, _plain(CALLED)),
    (Kind.POSTCODE, _plain(POST)),
    (Kind.DATE, _dates),
    (Kind.LONG_NUMBER, _plain(MANY_DIGITS)),
    (Kind.NAME, likely_names),
)
