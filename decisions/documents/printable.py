"""What can be drawn of a person's text. Only the print changes; the attached record never does."""

import re
import unicodedata
from collections.abc import Container
from functools import cache

from decisions.documents import fonts

# Shape neighbouring letters or set direction at one place; they cannot reorder other text.
QUIET = frozenset(map(ord, "\u200c\u200d\u200e\u200f\u061c"))
LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
# Controls, invisible formatting (bidi overrides among it), private use, surrogates, unassigned.
# Laying out one endless word costs the square of its length: 2.5 s for 10,000 letters. A break
# that nobody sees (it is not drawn and not copied) every few letters makes it a common text.
ENDLESS_WORD = re.compile(r"[^ \n]{81,}| {81,}")
LETTERS = re.compile(r".{1,40}", re.DOTALL)
BREAK = "\u200b"
NEVER_DRAWN = {"Cc", "Cf", "Co", "Cs", "Cn"}


class _Printed(dict[int, str]):
    """Code point to what is printed for it, filled as characters turn up."""

    def __init__(self, covered: Container[int]) -> None:
        super().__init__({ord("\n"): "\n", ord("\t"): "\t"})
        self._covered = covered

    def __missing__(self, point: int) -> str:
        character = chr(point)
        drawn = point in self._covered and (
            point in QUIET or unicodedata.category(character) not in NEVER_DRAWN
        )
        self[point] = character if drawn else f"[U+{point:04X}]"
        return self[point]


@cache
def _printed() -> _Printed:
    return _Printed(fonts.covered())


def printable(text: str) -> str:
    """The text with every character that cannot be drawn safely written as its number.

    An emoji without a glyph, a control character and a bidi override come back as
    `[U+1F600]`; every kind of line end comes back as a newline.
    """
    drawn = LINE_ENDS.sub("\n", text).translate(_printed())
    return ENDLESS_WORD.sub(lambda word: BREAK.join(LETTERS.findall(word[0])), drawn)
