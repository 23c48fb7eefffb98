"""Many leaves read at once: whether they look like leaves, and what each says. Pure.

A million leaves are read to check a ledger, and the pattern of `leaf.read` takes longer for each
than its hash does. So a stretch is first looked at as a whole. Its **shape**, in which every
hexadecimal digit is a 0, says where each part stands; the few shapes that a stretch has are held
against a pattern. What a shape cannot tell, one of the letters a to f from another or from a digit,
is told by the caller's comparisons and by `leaf.read`, when what the leaf commits to is read.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_AS_ZERO = bytes.maketrans(b"0123456789abcdef", b"0" * 16)
_FIXED = (
    b'{"actor":',
    b',"commitment":"',
    b'","record":',
    b',"revision":',
    b',"seq":',
    b',"time":"',
    b'","type":"',
    b'","v":1}',
)
_UUID = rb'(?:null|"0{8}(?:-0{4}){3}-0{12}")'
_OPEN = (
    _UUID,
    rb"0{64}",
    _UUID,
    rb"0+",
    rb"0+",
    rb"0{4}-0{2}-0{2}T0{2}:0{2}:0{2}\.0{6}Z",
    rb"[0a-z-]{1,40}",
    rb"",
)
_SHAPE = re.compile(
    b"".join(
        re.escape(fixed.translate(_AS_ZERO)) + b"(" + part + b")"
        for fixed, part in zip(_FIXED, _OPEN, strict=True)
    )
)
RECORD, SEQ, TIME, TYPE = 3, 5, 6, 7


@dataclass(frozen=True, slots=True)
class Lines:
    """Leaves, and of each: record, revision and seq as they stand; time; type."""

    leaves: list[bytes]
    places: list[bytes]
    times: list[bytes]
    types: list[bytes]


def read(lines: bytes) -> Lines | None:
    """What these leaves say, a line each; None when one of them is of no leaf's shape."""
    leaves = lines.split(b"\n")
    shapes = lines.translate(_AS_ZERO).split(b"\n")
    different = set(shapes)
    layouts = {shape: cuts for shape in different if (cuts := _layout(shape))}
    if len(layouts) < len(different):
        return None
    both = [(line, layouts[shape]) for line, shape in zip(leaves, shapes, strict=True)]
    return Lines(
        leaves,
        [line[cut[0]] for line, cut in both],
        [line[cut[1]] for line, cut in both],
        [line[cut[2]] for line, cut in both],
    )


@lru_cache(maxsize=1_000)
def _layout(shape: bytes) -> tuple[slice, slice, slice] | None:
    """Where a leaf of this shape says what; None when no leaf has it."""
    found = _SHAPE.fullmatch(shape)
    if found is None:
        return None
    place = found.start(RECORD) - len('"record":')
    return slice(place, found.end(SEQ)), slice(*found.span(TIME)), slice(*found.span(TYPE))
