"""Copies of a sealed record with sections left out, which anyone can still check. Pure.

A section that is left out stands there as its hash (docs/ledger-format.md, 4.1), so the copy gives
the same commitment as the record, and its salt keeps anybody from guessing what it said.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from decisions import snapshot

LEGAL_ADVICE = "legal-advice"
WHEREABOUTS = "protected-whereabouts"
# Legal advice may be privileged: whoever passes a copy on could give that away. Whereabouts could
# lead somebody to a person who must not be found.
LEFT_OUT = frozenset({LEGAL_ADVICE, WHEREABOUTS})


@dataclass(frozen=True, slots=True)
class Copy:
    """A record's bytes as they are handed out, and what they say."""

    body: bytes  # the sealed bytes themselves where nothing is left out
    contents: Mapping[str, Any]  # of each section that can be read, by name
    withheld: tuple[str, ...]  # the names of the sections left out
    commitment: str  # the record's own, 64 hexadecimal digits


def left_out(body: bytes) -> tuple[str, ...]:
    """The sections that the copy which is handed out leaves out; raises `SnapshotError`."""
    return tuple(name for name in snapshot.read(body) if name in LEFT_OUT)


def copy_of(body: bytes, *, without: Collection[str] = LEFT_OUT) -> Copy:
    """The copy of a sealed record's bytes without these sections; raises `SnapshotError`.

    The default is the copy that is handed out: without legal advice and protected whereabouts.
    """
    contents, commitment = snapshot.read(body), snapshot.commitment(body)
    withheld = tuple(name for name in contents if name in without)
    if not withheld:
        return Copy(body, contents, (), commitment)
    document = json.loads(body)
    for name in withheld:
        section = document["sections"][name]
        salt = bytes.fromhex(section["salt"])
        document["sections"][name] = {
            "withheld": snapshot.section_hash(name, salt, section["content"])
        }
    kept = {name: content for name, content in contents.items() if name not in withheld}
    return Copy(rfc8785.dumps(document), kept, withheld, commitment)
