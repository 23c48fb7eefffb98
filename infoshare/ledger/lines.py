"""Many leaves read at once: whether all are of the form, and what says so of each. Pure.

A million leaves are read to check a ledger, and the pattern of `leaf.read` takes longer for each
than its hash does. So a stretch is looked at as a whole:

- its **shape**, in which every hexadecimal digit is a 0, says that all stands in its place: the
  few shapes that a stretch has are held against a pattern, and say where each part begins;
- each **fixed part** stands in the stretch as often as there are leaves, which after the shape
  means once in each, letter for letter;
- the parts that the shape leaves open are cut out, for the caller to compare.
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
RECORD, REVISION, SEQ, TIME, TYPE = 3, 4, 5, 6, 7
_IN_A_TIME = b"0123456789-:.TZ"


@dataclass(frozen=True, slots=True)
class Lines:
    """Leaves of the form, and for each its record with revision, seq, time and type."""

    leaves: list[bytes]
    abouts: list[bytes]
    places: list[bytes]
    times: list[bytes]
    types: list[bytes]


def read(lines: bytes) -> Lines | None:
    """What these leaves say, a line each; None when one of them is not of the form."""
    leaves = lines.split(b"\n")
    shapes = lines.translate(_AS_ZERO).split(b"\n")
    layouts = {shape: layout for shape in set(shapes) if (layout := _layout(shape))}
    if len(layouts) < len(set(shapes)) or any(lines.count(part) != len(leaves) for part in _FIXED):
        return None
    found = Lines(leaves, [], [], [], [])
    for line, shape in zip(leaves, shapes, strict=True):
        about, about_end, place, place_end, time, time_end, type_ = layouts[shape]
        found.abouts.append(line[about:about_end])
        found.places.append(line[place:place_end])
        found.times.append(line[time:time_end])
        found.types.append(line[type_:-8])
    return None if b"".join(found.times).translate(None, _IN_A_TIME) else found


@lru_cache(maxsize=1_000)
def _layout(shape: bytes) -> tuple[int, ...] | None:
    """Where a leaf of this shape says what; None when no leaf has it."""
    found = _SHAPE.fullmatch(shape)
    if found is None:
        return None
    about = found.start(RECORD) - len('"record":')
    return (about, found.end(REVISION), *found.span(SEQ), *found.span(TIME), found.start(TYPE))
