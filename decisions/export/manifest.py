"""The manifest of an export (docs/ledger-format.md, 8.2): what is in it, how it was chosen. Pure.

Whoever writes an export hashes each file as it goes out, and gives what came of it here last.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

import rfc8785

FORMAT = "infoshare-export/2"
REPLACED = "infoshare-replaced/1"
NAME = "manifest.json"
LONGEST_WORDS = 10_000
_HASH = re.compile(r"[0-9a-f]{64}")


def manifest(
    *,
    files: Mapping[str, str],
    records: Collection[UUID],
    chosen: str,
    entries: int,
    is_complete: bool = False,
) -> bytes:
    """The bytes of an export's manifest.

    `files` gives the SHA-256 of every other file by its path; `chosen` says in words how the
    records were chosen; `entries` is how many leaves about them their proof files tell, the seals
    among them. `is_complete` says that it is the whole ledger, and not these records of it.
    Raises `ValueError` for what no verifier would take.
    """
    wrong = next(_faults(files, records, chosen, is_complete), None)
    if wrong is not None:
        raise ValueError(wrong)
    return _canonical(
        {
            "chosen": chosen,
            "complete": is_complete,
            "counts": {
                "documents": sum(path.startswith("documents/") for path in files),
                "entries": entries,
                "records": len(records),
            },
            "files": dict(files),
            "format": FORMAT,
            "records": sorted(map(str, records)),
        }
    )


def replaced(*, record: UUID, sections: Mapping[str, Mapping[str, object]]) -> bytes:
    """The file `replaced/UUID.json`: what stands in the place of sections that are withheld."""
    said: dict[str, Any] = {name: dict(content) for name, content in sections.items()}
    return rfc8785.dumps({"format": REPLACED, "record": str(record), "sections": said})


def _canonical(written: Mapping[str, object]) -> bytes:
    # With texts and whole numbers only, and keys in plain letters, this is canonical JSON; the long
    # list of files takes a tenth of the time.
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _faults(
    files: Mapping[str, str], records: Collection[UUID], chosen: str, is_complete: bool
) -> Iterator[str]:
    if not 0 < len(chosen) <= LONGEST_WORDS:
        yield f"how the records were chosen has 1 to {LONGEST_WORDS:,} characters"
    if len(set(records)) < len(records) or not (records or is_complete):
        yield "an export has at least one record, and none of them twice"
    if not all(map(str.isascii, files)):
        yield "paths are written in plain letters"
    if NAME in files or not all(map(_HASH.fullmatch, files.values())):
        yield "a manifest lists the SHA-256 of every other file in hex"
    proofs = {path for path in files if path.startswith("records/")}
    if proofs != {f"records/{one}.json" for one in records}:
        yield "an export has the proof file of each of its records, and of no other"
    if is_complete != ("ledger.leaves" in files):
        yield "only an export of the whole ledger has its leaves"
