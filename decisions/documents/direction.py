"""Which way a text runs in print: Arabic and Urdu from right to left. Pure.

A text is never reordered by what stands beside it, nor the other way round: each line is laid out
in its own direction, and a text inside one of our own sentences is set apart from it.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional

LEFTWARDS = {"R", "AL"}
# Every block of letters written from right to left; most texts have none of them.
FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
APART = "\u2068{}\u2069"  # first strong isolate, and its end; neither is drawn


class Lines(NamedTuple):
    """Lines of a text that run the same way."""

    way: str  # "ltr" or "rtl"
    text: str


def lines(text: str) -> list[Lines]:
    """The text as runs of lines of one direction; a line without letters goes on like the last."""
    if not FROM_THE_RIGHT.search(text):
        return [Lines("ltr", text)]
    runs = groupby(_ways(text), key=lambda line: line.way)
    return [Lines(way, "\n".join(line.text for line in run)) for way, run in runs]


def apart(text: str) -> str:
    """The text as part of a sentence of ours, so that neither changes the other's order."""
    return APART.format(text) if FROM_THE_RIGHT.search(text) else text


def _ways(text: str) -> Iterator[Lines]:
    way, blank = "ltr", 0
    for line in text.split("\n"):
        if (
            not line.strip()
        ):  # stands with what follows: at the end of a paragraph it would not show
            blank += 1
            continue
        way = _way(line) or way
        yield Lines(way, "\n" * blank + line)
        blank = 0
    if blank:
        yield Lines(way, "\n" * (blank - 1))


def _way(line: str) -> str:
    for character in line:
        kind = bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in LEFTWARDS:
            return "rtl"
    return ""
