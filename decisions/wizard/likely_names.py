"""Words of a text that are likely to be names: a capital that nothing else explains. Pure.

The three lists in `words/` say what explains a capital, and which words are first names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "mister", "master"}
# Endings of everyday words; at the start of a sentence they explain a capital.
ENDINGS = (
    *("ing", "ings", "ed", "ly", "tion", "tions", "sion", "sions", "ment", "ments", "ness"),
    *("ity", "ities", "ance", "ence", "ful", "less", "able", "ible", "ous", "ive", "ism"),
    *("ology", "ship", "hood", "ally", "ical", "ers", "ies", "wards"),
)
# First names that are as likely to be plain words where a sentence starts.
OFTEN_FIRST = {"will", "may", "april", "june", "hope", "grant", "mark", "faith", "patience", "drew"}
LETTERS = r"[^\W\d_]"
WORD = re.compile(rf"{LETTERS}+(?:['’\-\u2010\u2011]{LETTERS}+)*")
INITIALS = re.compile(rf"(?<!{LETTERS})(?:[A-Z]\.[ ]?){{2,4}}(?!{LETTERS})")
NOT_INITIALS = {"U.K.", "D.O.B.", "G.P.", "N.B.", "P.S.", "A.M.", "P.M."}
STARTS = re.compile(
    r"(?:^|[.!?:;…\n\r\u2028\u2029(\[•*]|(?:^|[\n\r])[ \t]*\d+[.)]?)[\s\"'“‘«(\-–—•*]*$"
)
LONGEST_LEAD = 12  # characters looked back at to see whether a sentence starts


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place, and whether its place alone gives it a capital."""

    start: int
    end: int
    text: str
    starts: bool


def likely_names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of likely names in order. Names that stand side by side are one span."""
    words = list(_words(text))
    lower = {word.text for word in words if word.text.islower()}
    spans: list[tuple[int, int]] = []
    for before, word in zip([None, *words], words, strict=False):
        after_title = before is not None and _is_title(before, word, text)
        after_name = bool(spans) and text[spans[-1][1] : word.start] in (" ", "\u00a0")
        if not _is_name(word, lower, after_title=after_title, after_name=after_name):
            continue
        if after_name:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    yield from sorted([*spans, *_initials(text)])


def _words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        lead = text[max(0, match.start() - LONGEST_LEAD) : match.start()]
        starts = match.start() == 0 or (bool(STARTS.search(lead)) and not _after_title_dot(lead))
        yield Word(match.start(), match.end(), _bare(match[0]), starts)


def _bare(word: str) -> str:
    """Without a possessive ending, so that "Jane's" is judged as "Jane"."""
    return re.sub(r"['’]s$", "", word)


def _after_title_dot(lead: str) -> bool:
    return bool(re.search(rf"(?<!{LETTERS})(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|St)\.\s*$", lead))


def _is_title(before: Word, word: Word, text: str) -> bool:
    between = text[before.end : word.start]
    return before.text.lower() in TITLES and between in (" ", ". ", "\u00a0")


def _is_name(word: Word, lower: set[str], *, after_title: bool, after_name: bool) -> bool:
    plain = word.text.casefold()
    if not word.text[0].isupper():
        return plain in given_names() and plain not in everyday()
    if word.text.isupper() and len(word.text) > 1:
        return plain in given_names() and plain not in everyday() | capitalised()
    if after_title or (plain in given_names() and not _is_ordinary(plain)):
        return True
    if after_name and plain not in capitalised():
        return True
    return len(plain) > 1 and not _is_explained(word, plain, lower)


def _is_explained(word: Word, plain: str, lower: set[str]) -> bool:
    """Whether something other than a name explains the capital of this word."""
    if plain in capitalised():
        return True
    if plain in given_names():  # and an everyday word: "Will", "Grace", "Mark"
        return word.starts and plain in OFTEN_FIRST
    if all(_is_ordinary(part) for part in re.split(r"[\-\u2010\u2011]", plain)):
        return True
    return word.starts and (plain in lower or plain.endswith(ENDINGS))


def _is_ordinary(plain: str) -> bool:
    plain = plain.replace("’", "'")
    return plain in everyday() or plain in capitalised()


def _initials(text: str) -> Iterator[tuple[int, int]]:
    for match in INITIALS.finditer(text):
        written = match[0].strip()
        if written.replace(" ", "") not in NOT_INITIALS:
            yield match.start(), match.start() + len(written)


@cache
def given_names() -> frozenset[str]:
    """First names often met in the United Kingdom, in lower case."""
    return _listed("given_names.txt")


@cache
def everyday() -> frozenset[str]:
    """Words that begin sentences, in lower case; some are first names too."""
    return _listed("everyday.txt")


@cache
def capitalised() -> frozenset[str]:
    """Words that carry a capital without naming a person, in lower case."""
    return _listed("capitalised.txt")


def _listed(name: str) -> frozenset[str]:
    lines = (WORDS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
