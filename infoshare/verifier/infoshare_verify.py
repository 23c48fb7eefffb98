#!/usr/bin/env python3
"""Check that a record of InfoShare is the one that was sealed.

    python infoshare_verify.py FILE... [--key KEY] [--key-file FILE] [--json]

FILE is a proof file, a PDF of a record, of two, or of what happened to one afterwards, or an export
(a folder or a ZIP file). It needs Python 3.11 or newer and nothing else; the package
`cryptography`, when it is there, checks the signatures. It opens no connection and writes no file.

It ends with 0 when everything is proven, 1 when something is wrong, and 2 when something could not
be checked or understood.

It was written from docs/ledger-format.md alone, and shares no code with the program
that writes the ledger: a mistake of the one is not repeated by the other. It is one file, longer
than a module of InfoShare may be, because it is handed to people who have nothing else of
InfoShare: a court, an auditor, the person whom a record is about.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import io
import json
import os
import re
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    CAN_CHECK_SIGNATURES = True
except Exception:  # a broken installation must not stop all the other checks
    CAN_CHECK_SIGNATURES = False

VERSION = "1"
PROVEN, WRONG, UNCLEAR = "proven", "wrong", "unclear"
EXIT = {PROVEN: 0, WRONG: 1, UNCLEAR: 2}
MIB = 1024 * 1024
MOST_JSON, MOST_VALUES = 16 * MIB, 400_000
MOST_MANIFEST, MOST_FILES = 256 * MIB, 3_000_000
MOST_PDF, MOST_READ, MOST_STEPS = 256 * MIB, 128 * MIB, 200_000
MOST_NOTE, MOST_SIGNATURES, MOST_NAMED = 64 * 1024, 100, 20
MOST_EVENTS, MOST_LINES, MOST_WORDS = 200, 2_000, 500
MOST_PROOFS = 4  # in one PDF; InfoShare binds two records, never more
LARGEST = 2**53 - 1


class Wrong(Exception):
    """Something does not hold: what was checked was changed, or was never right."""


class Unclear(Exception):
    """It could not be checked: not understood, damaged, or a key or a package is missing."""


# --- 1. Canonical JSON (RFC 8785) and other conventions ---------------------------------------


def read_json(data: bytes, *, most: int = MOST_JSON, values: int = MOST_VALUES) -> Any:
    """The value of canonical JSON; raises `Wrong` for anything else, `Unclear` when it is huge."""
    if len(data) > most or sum(map(data.count, (b"[", b"{", b","))) > values:
        raise Unclear("it is larger than this program takes")
    try:
        read = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_no_key_twice,
            parse_int=_whole,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
        same = canonical(read) == data
    except UnicodeError:
        raise Wrong("it is not UTF-8 text") from None
    except RecursionError:
        raise Wrong("it is nested too deeply") from None
    except ValueError:
        raise Wrong("it is not JSON: it was cut off or changed") from None
    if not same:
        raise Wrong("it is not canonical JSON: it was written anew or changed")
    return read


def canonical(value: Any) -> bytes:
    """The one form of a value that RFC 8785 allows."""
    text = json.dumps(_in_order(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return {name: _in_order(value[name]) for name in names}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise Wrong("it is not canonical JSON: a key stands in it twice")
    return read


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST:
        raise Wrong("it is not canonical JSON: a number in it is too large")
    return int(digits)


def _no_fraction(digits: str) -> Any:
    raise Wrong("it is not canonical JSON: a number in it is not a whole one")


def table(value: Any, what: str, *needed: str, optional: Iterable[str] = ()) -> dict[str, Any]:
    """The value when it is an object with these keys and no others; else raises `Wrong`."""
    if not isinstance(value, dict):
        raise Wrong(f"{what} is not an object")
    for name in needed:
        if name not in value:
            raise Wrong(f"{what} has no “{name}”")
    unknown = sorted(set(value) - set(needed) - set(optional))
    if unknown:
        raise Wrong(f"{what} has a key that the format does not know: “{shown(unknown[0])}”")
    return value


def text_of(value: Any, what: str) -> str:
    """The value when it is text; else raises `Wrong`."""
    if not isinstance(value, str):
        raise Wrong(f"{what} is not text")
    return value


def number_of(value: Any, what: str) -> int:
    """The value when it is a whole number from 0; else raises `Wrong`."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Wrong(f"{what} is not a whole number from 0")
    return value


def hex_of(value: Any, what: str) -> bytes:
    """The 32 bytes of 64 lower-case hex digits; else raises `Wrong`."""
    if not isinstance(value, str) or not HASH.fullmatch(value):
        raise Wrong(f"{what} is not 64 lower-case hex digits")
    return bytes.fromhex(value)


def base64_of(text: str) -> bytes | None:
    """The bytes of strict base64; None for anything else."""
    try:
        read = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeError, binascii.Error, ValueError):
        return None
    return read if base64.b64encode(read).decode("ascii") == text else None


def shown(text: str, most: int = 80) -> str:
    """Foreign text as far as a terminal or page can show it safely on one line."""
    plain = "".join(char if char.isprintable() else "\ufffd" for char in text[: most + 1])
    return plain if len(plain) <= most else plain[:most] + "…"


HASH = re.compile(r"[0-9a-f]{64}")
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
UUID = re.compile(_UUID)
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
TIME = re.compile(_TIME)


@lru_cache(maxsize=64)
def is_day(text: str) -> bool:
    """True for a day that was or will be, such as 2026-11-22."""
    with suppress(ValueError):
        return bool(date.fromisoformat(text))
    return False


def is_time(value: Any) -> bool:
    """True for a time in the one form that is allowed."""
    return isinstance(value, str) and bool(TIME.fullmatch(value)) and is_day(value[:10])


# --- 2. Leaves --------------------------------------------------------------------------------

ABOUT_A_RECORD = {
    "sealed", "added-to", "doubt-settled", "reviewed", "disposed", "exported", "document"
}  # fmt: skip
ABOUT_NONE = {
    "viewed", "role-changed", "edition-adopted", "protocol-changed", "register-exported",
    "export-made", "export-taken", "ledger-began",
}  # fmt: skip
NAMES_A_FILE = {"exported", "document"}
# Every value of a leaf is plain ASCII without escapes, so this is its whole canonical form.
LEAF = re.compile(
    rf'\{{"actor":(?:null|"{_UUID}"),"commitment":"([0-9a-f]{{64}})","record":(?:null|"({_UUID})"),'
    rf'"revision":(0|[1-9][0-9]{{0,15}}),"seq":(0|[1-9][0-9]{{0,15}}),"time":"({_TIME})",'
    r'"type":"([a-z][a-z-]{0,39})","v":1\}'
)


class Leaf(NamedTuple):
    """One entry of the ledger."""

    commitment: str
    record: str | None
    revision: int
    seq: int
    time: str
    type: str

    @property
    def is_known(self) -> bool:
        return self.type in ABOUT_A_RECORD or self.type in ABOUT_NONE


def read_leaf(text: str) -> Leaf:
    """The leaf of these exact bytes; raises `Wrong`, or `Unclear` when its version is unknown."""
    match = LEAF.fullmatch(text)
    if match is None:
        version = re.search(r',"v":([0-9]{1,9})\}$', text[-20:])
        if version and version[1] != "1":
            raise Unclear(f"the leaf is of version {version[1]}, which this program does not know")
        raise Wrong("the leaf is not canonical JSON of the form that a leaf has")
    commitment, record, revision, seq, when, kind = match.groups()
    leaf = Leaf(commitment, record, int(revision), int(seq), when, kind)
    if max(leaf.revision, leaf.seq) > LARGEST or not is_day(when[:10]):
        raise Wrong("the leaf has a number or a time that cannot be")
    if (record is None) != (leaf.revision == 0):
        raise Wrong("the leaf’s revision does not fit the record that it is about")
    if (kind in ABOUT_A_RECORD and record is None) or (kind in ABOUT_NONE and record):
        raise Wrong(f"a leaf of the type “{kind}” is about a record where it may not be, or not")
    if kind == "sealed" and leaf.revision != 1:
        raise Wrong("a leaf of the type “sealed” is not the first about its record")
    return leaf


# --- 3. Commitments ---------------------------------------------------------------------------


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of these bytes, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


@dataclass(frozen=True)
class Record:
    """What a record's JSON gives: its readable sections, the others' names, its commitment."""

    sections: dict[str, dict[str, Any]]
    withheld: list[str]
    commitment: str


def shape_of_record(value: Any) -> None:
    """Raise `Wrong` when this is no record, `Unclear` for a format it does not know."""
    if isinstance(value, dict) and value.get("format") != "infoshare-record/1":
        raise Unclear(f"the record’s format is not known: {shown(str(value.get('format')))}")
    sections = table(value, "the record", "format", "sections")["sections"]
    if not isinstance(sections, dict):
        raise Wrong("the record’s sections are not an object")
    for name, section in sections.items():
        what = f"the section “{shown(name)}”"
        if isinstance(section, dict) and "withheld" in section:
            hex_of(table(section, what, "withheld")["withheld"], f"the hash of {what}")
            continue
        hex_of(table(section, what, "content", "salt")["salt"], f"the salt of {what}")
        if not isinstance(section["content"], dict):
            raise Wrong(f"the content of {what} is not an object")


def read_record(value: dict[str, Any]) -> Record:
    """The record with its commitment, worked out anew; for a value of the right shape."""
    hashes, readable, withheld = {}, {}, []
    for name, section in value["sections"].items():
        if "withheld" in section:
            hashes[name] = section["withheld"]
            withheld.append(name)
            continue
        readable[name] = section["content"]
        body = canonical({"content": section["content"], "name": name})
        salt = bytes.fromhex(section["salt"])
        hashes[name] = sha256(b"infoshare-section/1\0", salt, body).hex()
    commitment = sha256(b"infoshare-record/1\0", canonical(hashes)).hex()
    return Record(readable, withheld, commitment)


# --- 4. The tree (RFC 6962, checked as in RFC 9162) -------------------------------------------


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\0", leaf)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1", left, right)


EMPTY_ROOT = sha256()


def read_path(value: Any, what: str) -> list[bytes]:
    """The hashes of a proof; raises `Wrong`. No tree is so deep that it needs more than 64."""
    if not isinstance(value, list) or len(value) > 65:
        raise Wrong(f"{what} is not a list of hashes")
    path = [base64_of(one) if isinstance(one, str) else None for one in value]
    if any(one is None or len(one) != 32 for one in path):
        raise Wrong(f"{what} is not a list of hashes, each base64 of 32 bytes")
    return [one for one in path if one is not None]


def is_included(entry: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether the path leads from this entry at this place to the root (RFC 9162, 2.1.3.2)."""
    if index >= size:
        return False
    place, last, found = index, size - 1, entry
    for other in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(first: Checkpoint, second: Checkpoint, path: list[bytes]) -> bool:
    """Whether the larger tree begins with the smaller one (RFC 9162, 2.1.4.2)."""
    if first.size == 0 or first.size == second.size:
        return not path and (first.size == 0 or first.root == second.root)
    if first.size > second.size or not path:
        return False
    place, last = first.size - 1, second.size - 1
    path = path if first.size & (first.size - 1) else [first.root, *path]
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first.root and new == second.root


class Growing:
    """The root of a list that grows; it keeps one hash for each bit of the size."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        found, self.size = leaf_hash(leaf), self.size + 1
        carried = self.size
        while not carried & 1:
            found, carried = node_hash(self._whole.pop(), found), carried >> 1
        self._whole.append(found)

    def root(self) -> bytes:
        if not self._whole:
            return EMPTY_ROOT
        found = self._whole[-1]
        for left in reversed(self._whole[:-1]):
            found = node_hash(left, found)
        return found


# --- 5. Checkpoints and keys ------------------------------------------------------------------


@dataclass(frozen=True)
class Key:
    """A verifier key: whose, its id, the public key."""

    name: str
    id: bytes
    public: bytes


def read_key(text: str) -> Key:
    """A verifier key as it is given; raises `Unclear` for anything else."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = base64_of(encoded)
    if not name or not re.fullmatch("[0-9a-f]{8}", key_id) or raw is None or len(raw) != 33:
        raise Unclear(f"“{shown(text)}” is not a verifier key (name+8 hex digits+base64)")
    if raw[0] != 1 or sha256(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise Unclear(f"the verifier key of “{shown(name)}” is damaged: its parts do not fit")
    return Key(name, bytes.fromhex(key_id), raw[1:])


@dataclass(frozen=True)
class Checkpoint:
    """A signed note: how large the ledger was, and its root."""

    origin: str
    size: int
    root: bytes
    signed: bytes
    signatures: tuple[tuple[str, bytes], ...]


def read_checkpoint(note: str) -> Checkpoint:
    """The checkpoint in a signed note, not yet checked; raises `Wrong` when it is none."""
    if len(note) > MOST_NOTE or any(ord(char) < 32 and char != "\n" for char in note):
        raise Wrong("the checkpoint is not a signed note")
    text, gap, below = note.rpartition("\n\n")
    lines, signatures = text.split("\n"), below.split("\n")
    if not gap or len(lines) < 3 or "" in lines or signatures.pop() != "" or not signatures:
        raise Wrong("the checkpoint is not a signed note of three lines and a signature")
    root = base64_of(lines[2])
    if not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) or root is None or len(root) != 32:
        raise Wrong("the checkpoint’s size or root is not of the form that it has to be")
    if len(signatures) > MOST_SIGNATURES:
        raise Wrong("the checkpoint has too many signatures")
    size = int(lines[1])
    if size == 0 and root != EMPTY_ROOT:
        raise Wrong("the checkpoint is of no leaf, but has another root than an empty ledger has")
    pairs = tuple(_signature(line) for line in signatures)
    return Checkpoint(lines[0], size, root, (text + "\n").encode("utf-8"), pairs)


def _signature(line: str) -> tuple[str, bytes]:
    match = re.fullmatch("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)", line)
    raw = base64_of(match[2]) if match else None
    if match is None or raw is None or len(raw) < 5:
        raise Wrong("a signature line of the checkpoint is not of the form that it has to be")
    return match[1], raw


class Trust:
    """The keys that the person who checks trusts, and what can be said without them."""

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        self.keys = {(key.name, key.id): key for key in keys}
        self._held: set[tuple[bytes, tuple[tuple[str, bytes], ...]]] = set()

    @property
    def missing(self) -> str:
        """Why no signature can be checked; "" when they can."""
        if not self.keys:
            return "No verifier key was given, so it is not checked who signed the checkpoint."
        if not CAN_CHECK_SIGNATURES:
            return (
                "The Python package “cryptography” is not installed, so it is not checked who "
                "signed the checkpoint."
            )
        return ""

    def check(self, checkpoint: Checkpoint) -> None:
        """Raise `Wrong` unless a trusted key signed it. Does nothing when `missing` says why."""
        known = checkpoint.signed, checkpoint.signatures
        if self.missing or known in self._held:
            return
        held = 0
        for name, raw in checkpoint.signatures:
            key = self.keys.get((name, raw[:4]))
            if key is None:
                continue
            if name != checkpoint.origin:
                raise Wrong("the checkpoint is of another ledger than the key that signed it")
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], checkpoint.signed)
            except (InvalidSignature, ValueError):
                raise Wrong(
                    f"the signature of “{shown(name)}” does not hold: the checkpoint was changed"
                ) from None
            held += 1
        if not held:
            raise Wrong("none of the verifier keys that were given signed the checkpoint")
        self._held.add(known)


# --- 6. A proof file --------------------------------------------------------------------------

STEPS = {
    1: "Step 1, the form of the file",
    2: "Step 2, the sections",
    3: "Step 3, the leaf",
    4: "Step 4, the place in the ledger",
    5: "Step 5, the signature",
    6: "Step 6, the earlier checkpoint",
    7: "Step 7, what happened later",
}


class Happened(NamedTuple):
    """One later event of a record, as the proof file tells it."""

    kind: str
    at: str
    leaf: Leaf
    file_hash: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """What a proof file holds, once its steps have been checked."""

    record: Record
    leaf: Leaf
    checkpoint: Checkpoint
    earlier: Checkpoint | None
    happened: list[Happened]

    @property
    def id(self) -> str:
        return self.leaf.record or ""

    @property
    def reference(self) -> str:
        found = self.record.sections.get("context", {}).get("reference")
        return shown(found) if isinstance(found, str) else ""

    @property
    def named_files(self) -> dict[str, str]:
        """The hashes of files that the ledger names for this record, and as what."""
        return {one.file_hash: one.leaf.type for one in self.happened if one.file_hash}

    @property
    def own_pdfs(self) -> set[str]:
        """Those of them that the ledger calls the record's own PDF. There is never a second one."""
        return {
            one.file_hash
            for one in self.happened
            if one.leaf.type == "document" and one.details.get("what", "record") == "record"
        }


@dataclass
class Stepwise:
    """Runs the steps: says which one a fault belongs to, and keeps the ones that held."""

    step: int = 0
    held: list[str] = field(default_factory=list)

    def next(self, says: str = "") -> None:
        """Begin the next step; `says` is what the one before has shown."""
        if says:
            self.held.append(says)
        self.step += 1


def check_proof(data: bytes, trust: Trust, steps: Stepwise) -> Proof:
    """The proof of these bytes, once all seven steps hold.

    Raises `Wrong` or `Unclear`, each with the step in its words.
    """
    try:
        return _check_proof(data, trust, steps)
    except (Wrong, Unclear) as found:
        raise type(found)(f"{STEPS[steps.step]}: {found}") from None


def _check_proof(data: bytes, trust: Trust, steps: Stepwise) -> Proof:
    steps.next()
    proof = read_json(data)
    _shape_of_proof(proof)
    steps.next("The file is in the one form that the format allows.")
    record = read_record(proof["record"])
    steps.next("The sections that can be read, with the hashes of the others, were hashed anew.")
    leaf = _sealed_leaf(proof, record)
    steps.next("They give the commitment that stands in the record’s entry in the ledger.")
    checkpoint = read_checkpoint(proof["checkpoint"])
    _check_place(proof, leaf, checkpoint)
    steps.next(f"The entry is in the ledger of {checkpoint.size:,} entries, at place {leaf.seq:,}.")
    trust.check(checkpoint)
    steps.next("" if trust.missing else "The checkpoint is signed by a key that you trust.")
    earlier = _check_earlier(proof, checkpoint, trust)
    said = f"An earlier checkpoint, of {earlier.size:,} entries, fits it." if earlier else ""
    steps.next(said)
    happened = [_check_event(one, leaf, checkpoint) for one in proof.get("events", ())]
    _check_order(leaf, happened)
    if happened:
        steps.held.append(f"Later events in this file ({len(happened)}) are in the ledger too.")
    return Proof(record, leaf, checkpoint, earlier, happened)


def _shape_of_proof(proof: Any) -> None:
    if isinstance(proof, dict) and proof.get("format") != "infoshare-proof/1":
        raise Unclear(f"the file’s format is not known: {shown(str(proof.get('format')))}")
    needed = "format", "record", "leaf", "index", "inclusion", "checkpoint"
    table(proof, "the file", *needed, optional=("earlier", "events"))
    shape_of_record(proof["record"])
    _shape_of_entry(proof, "the file")
    text_of(proof["checkpoint"], "the checkpoint")
    if "earlier" in proof:
        earlier = table(proof["earlier"], "“earlier”", "checkpoint", "consistency")
        text_of(earlier["checkpoint"], "the earlier checkpoint")
        read_path(earlier["consistency"], "the consistency proof")
    events = proof.get("events", [])
    if not isinstance(events, list):
        raise Wrong("“events” is not a list")
    for number, event in enumerate(events, start=1):
        _shape_of_event(event, f"event {number}")


def _shape_of_event(event: Any, what: str) -> None:
    table(event, what, "content", "salt", "leaf", "index", "inclusion", optional=("batch",))
    _shape_of_entry(event, what)
    hex_of(event["salt"], f"the salt of {what}")
    if not isinstance(event["content"], dict):
        raise Wrong(f"the content of {what} is not an object")
    if "batch" in event:
        batch = table(event["batch"], f"the batch of {what}", "index", "size", "inclusion")
        number_of(batch["index"], f"the place of {what} in its batch")
        number_of(batch["size"], f"the size of the batch of {what}")
        read_path(batch["inclusion"], f"the proof of {what} in its batch")


def _shape_of_entry(entry: dict[str, Any], what: str) -> None:
    text_of(entry["leaf"], f"the leaf of {what}")
    number_of(entry["index"], f"the index of {what}")
    read_path(entry["inclusion"], f"the inclusion proof of {what}")


def _sealed_leaf(proof: dict[str, Any], record: Record) -> Leaf:
    leaf = read_leaf(proof["leaf"])
    if leaf.type != "sealed":
        raise Wrong(f"the leaf is of the type “{leaf.type}”, not “sealed”")
    if leaf.seq != proof["index"]:
        raise Wrong("the leaf stands at another place than the file says")
    if leaf.commitment != record.commitment:
        raise Wrong(
            "the record is not the one that was sealed: its sections do not give the commitment "
            "that stands in the ledger"
        )
    context = record.sections.get("context")
    if context is not None and context.get("record") != leaf.record:
        raise Wrong("the leaf is about another record")
    return leaf


def _check_place(entry: dict[str, Any], leaf: Leaf, checkpoint: Checkpoint) -> None:
    if leaf.seq != entry["index"]:
        raise Wrong("the leaf stands at another place than the file says")
    if leaf.seq >= checkpoint.size:
        raise Wrong("the leaf is newer than the checkpoint, which says nothing of it")
    path = read_path(entry["inclusion"], "the inclusion proof")
    found = leaf_hash(entry["leaf"].encode("ascii"))
    if not is_included(found, leaf.seq, checkpoint.size, path, checkpoint.root):
        raise Wrong("the proof does not lead from the leaf to the checkpoint")


def _check_earlier(
    proof: dict[str, Any], checkpoint: Checkpoint, trust: Trust
) -> Checkpoint | None:
    if "earlier" not in proof:
        return None
    earlier = read_checkpoint(proof["earlier"]["checkpoint"])
    if earlier.origin != checkpoint.origin:
        raise Wrong("the earlier checkpoint is of another ledger")
    if earlier.size > checkpoint.size:
        raise Wrong("the checkpoint that is called earlier is the larger one")
    trust.check(earlier)
    path = read_path(proof["earlier"]["consistency"], "the consistency proof")
    if not is_consistent(earlier, checkpoint, path):
        raise Wrong("the ledger was changed between the two checkpoints")
    return earlier


def _check_event(event: dict[str, Any], sealed: Leaf, checkpoint: Checkpoint) -> Happened:
    leaf, content = read_leaf(event["leaf"]), event["content"]
    what = f"the event at place {leaf.seq:,}"
    salt = bytes.fromhex(event["salt"])
    commitment = sha256(b"infoshare-event/1\0", salt, canonical(content))
    if (leaf.type == "viewed") != ("batch" in event):
        raise Wrong(f"{what} is in a batch where it may not be, or not")
    if "batch" in event:
        batch, root = event["batch"], bytes.fromhex(leaf.commitment)
        path = read_path(batch["inclusion"], "the proof in the batch")
        if not is_included(leaf_hash(commitment), batch["index"], batch["size"], path, root):
            raise Wrong(f"{what} is not in the batch that its leaf commits to")
        if content.get("kind") != "viewed":
            raise Wrong(f"{what} is of another kind than its batch")
    elif commitment.hex() != leaf.commitment:
        raise Wrong(f"{what} is not the one that was entered: it gives another commitment")
    _check_content(content, leaf, sealed, what)
    _check_place(event, leaf, checkpoint)
    found = content["details"].get("sha256") if leaf.type in NAMES_A_FILE else ""
    if leaf.type in NAMES_A_FILE:
        hex_of(found, f"the hash of the file that {what} names")
    return Happened(content["kind"], content["at"], leaf, found, content["details"])


def _check_content(content: dict[str, Any], leaf: Leaf, sealed: Leaf, what: str) -> None:
    actor = content.get("actor", "")
    if actor is not None and not (isinstance(actor, str) and UUID.fullmatch(actor)):
        raise Wrong(f"{what} does not say who did it in the form that it has to")
    if not isinstance(content.get("kind"), str) or not isinstance(content.get("details"), dict):
        raise Wrong(f"{what} has no kind or no details")
    if not is_time(content.get("at")) or content["at"] > leaf.time:
        raise Wrong(f"{what} has no time, or one after it was entered")
    own = sealed.record if leaf.type == "viewed" else leaf.record
    if content.get("record") != sealed.record or own != sealed.record:
        raise Wrong(f"{what} is about another record")


def _check_order(sealed: Leaf, happened: list[Happened]) -> None:
    """A record's leaves are numbered in the order in which they stand in the ledger."""
    leaves = sorted({one.leaf for one in happened if one.leaf.record}, key=lambda leaf: leaf.seq)
    for before, after in pairwise([sealed, *leaves]):
        if after.seq <= before.seq or after.revision <= before.revision:
            raise Wrong("the entries about the record are not in the order of their numbers")
        if after.time < before.time:
            raise Wrong("a later entry about the record has an earlier time")


# --- 7. The files attached to a PDF -----------------------------------------------------------
#
# Only what it takes to find attachments: the tables of objects (old and compressed ones, and those
# that later changes such as a signature have added), the catalogue, its list of embedded files.
# Every loop, depth and unpacked length has a limit, because anybody can hand in anything.

_GAP = rb"(?:[\0\t\n\f\r ]{1,999}+|%[^\r\n]{0,999}+){0,50}+"
_SPACE, _PLAIN = rb"[\0\t\n\f\r ]{1,9}", rb"[^\0\t\n\f\r <>\[\](){}/%]"
_TOKEN = re.compile(
    _GAP + rb"(?:(?P<ref>(\d{1,10})" + _SPACE + rb"\d{1,5}" + _SPACE + rb"R(?!" + _PLAIN + rb"))"
    rb"|(?P<number>[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20}))"
    rb"|/(?P<name>" + _PLAIN + rb"{0,255})"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]{0,200000})>|(?P<text>\()"
    rb"|(?P<word>true|false|null))"
)
_OBJECT = re.compile(_GAP + rb"(\d{1,10})" + _SPACE + rb"\d{1,5}" + _SPACE + rb"obj")
_ENTRY = re.compile(rb"[\0\t\n\f\r ]{0,9}(\d{1,10}) (\d{1,5}) ([nf])")
_SUBSECTION = re.compile(_GAP + rb"(\d{1,10}) (\d{1,10})")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Ref(NamedTuple):
    """A reference to an object of the PDF, by its number."""

    number: int


class Stream(NamedTuple):
    """An object with bytes: its dictionary, and where the bytes begin."""

    about: dict[str, Any]
    begin: int


class Pdf:
    """A reader of a PDF's attachments. Raises `Unclear` when it cannot read on."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root: Any = None
        self._where: dict[int, tuple[int, int] | None] = {}  # (0, offset) or (container, index)
        self._kept: dict[int, Any] = {}
        self._opened: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}  # containers
        self._bytes_left, self._steps_left = MOST_READ, MOST_STEPS
        self._read_tables()

    def attachments(self) -> list[tuple[str, bytes]]:
        """Name and bytes of every file that belongs to the document, each once."""
        catalogue = self._table(self.root)
        tree = self._table(catalogue.get("Names")).get("EmbeddedFiles")
        listed = [*self._leaves(tree), *self._list(catalogue.get("AF"))]
        found: dict[tuple[str, bytes], None] = {}
        for each in dict.fromkeys(one for one in listed if isinstance(one, Ref)):
            found.update(dict.fromkeys(self._file(each)))
        for each in (one for one in listed if not isinstance(one, Ref)):
            found.update(dict.fromkeys(self._file(each)))
        return list(found)

    def _leaves(self, tree: Any) -> Iterator[Any]:
        waiting, seen = [tree], 0
        while waiting and seen < 1000:
            node, seen = self._table(waiting.pop()), seen + 1
            yield from self._list(node.get("Names"))[1::2]
            waiting.extend(self._list(node.get("Kids"))[:1000])
        if waiting:
            raise Unclear("its list of attachments has no end")

    def _file(self, spec: Any) -> Iterator[tuple[str, bytes]]:
        about = self._table(spec)
        files = self._table(about.get("EF"))
        stream = self._resolve(files.get("UF") or files.get("F"))
        if isinstance(stream, Stream):
            name = self._resolve(about.get("UF")) or self._resolve(about.get("F"))
            yield _text(name if isinstance(name, bytes) else b""), self._bytes(stream)

    # Values

    def _resolve(self, value: Any) -> Any:
        for _ in range(32):
            if not isinstance(value, Ref):
                return value
            value = self._object(value.number)
        raise Unclear("its objects lead in a circle")

    def _table(self, value: Any) -> dict[str, Any]:
        value = self._resolve(value)
        value = value.about if isinstance(value, Stream) else value
        return value if isinstance(value, dict) else {}

    def _list(self, value: Any) -> list[Any]:
        value = self._resolve(value)
        return value if isinstance(value, list) else []

    def _whole(self, value: Any) -> int:
        value = self._resolve(value)
        if not isinstance(value, int) or value < 0:
            raise Unclear("a number in it is missing")
        return value

    def _object(self, number: int) -> Any:
        if number in self._kept:
            return self._kept[number]
        place = self._where.get(number)
        self._kept[number] = None  # an object that needs itself finds nothing
        if place is not None:
            container, at = place
            inside = self._inside(container, at, number) if container else self._at(at, number)
            self._kept[number] = inside
        return self._kept[number]

    def _at(self, offset: int, number: int | None) -> Any:
        match = _OBJECT.match(self.data, offset)
        if match is None or (number is not None and int(match[1]) != number):
            raise Unclear("its table of objects is damaged")
        value, end = self._value(self.data, match.end())
        begin = re.compile(_GAP + rb"stream\r?\n").match(self.data, end)
        return Stream(value, begin.end()) if begin and isinstance(value, dict) else value

    def _inside(self, container: int, index: int, number: int) -> Any:
        if container not in self._opened:
            place = self._where.get(container)
            stream = self._at(place[1], container) if place and place[0] == 0 else None
            if not isinstance(stream, Stream):
                raise Unclear("a part of it that holds objects is missing")
            count, first = (self._whole(stream.about.get(name)) for name in ("N", "First"))
            self._steps(count)
            body = self._bytes(stream)
            header = [int(one) for one in body[:first].split(None, 2 * count)[: 2 * count]]
            pairs = list(zip(header[::2], header[1::2], strict=False))
            self._opened[container] = body[first:], pairs
        body, pairs = self._opened[container]
        if index >= len(pairs) or pairs[index][0] != number:
            raise Unclear("its table of objects is damaged")
        return self._value(body, pairs[index][1])[0]

    def _steps(self, count: int = 1) -> None:
        self._steps_left -= count
        if self._steps_left < 0:
            raise Unclear("it is larger than this program takes")

    def _value(self, data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
        match = _TOKEN.match(data, at)
        self._steps()
        if match is None or depth > 60:
            raise Unclear("an object in it is damaged")
        kind, end = match.lastgroup, match.end()
        if match["ref"]:
            return Ref(int(match["ref"].split()[0])), end
        if kind == "number":
            return _number(match["number"]), end
        if kind == "name":
            return _name(match["name"]), end
        if kind == "hex":
            return bytes.fromhex(_even(re.sub(rb"[\0\s]", b"", match["hex"])).decode("ascii")), end
        if kind == "text":
            return _string(data, end)
        if kind == "word":
            return {b"true": True, b"false": False}.get(match["word"]), end
        if kind == "close":
            return _Close(match["close"]), end
        return self._many(data, end, match["open"], depth)

    def _many(self, data: bytes, at: int, opened: bytes, depth: int) -> tuple[Any, int]:
        found: list[Any] = []
        while True:
            value, at = self._value(data, at, depth + 1)
            if isinstance(value, _Close):
                break
            found.append(value)
        if opened == b"[" and value.mark == b"]":
            return found, at
        if opened == b"<<" and value.mark == b">>" and len(found) % 2 == 0:
            names = [one if isinstance(one, _Name) else _Name("") for one in found[::2]]
            return {one.text: two for one, two in zip(names, found[1::2], strict=True)}, at
        raise Unclear("an object in it is damaged")

    # Streams

    def _bytes(self, stream: Stream) -> bytes:
        length = self._whole(stream.about.get("Length"))
        end = stream.begin + length
        if end > len(self.data) or b"endstream" not in self.data[end : end + 20]:
            raise Unclear("a part of it was cut off")
        body = self._count(self.data[stream.begin : end])
        filters = self._resolve(stream.about.get("Filter"))
        settings = self._resolve(stream.about.get("DecodeParms"))
        filters = filters if isinstance(filters, list) else [filters] if filters else []
        settings = settings if isinstance(settings, list) else [settings]
        for place, each in enumerate(filters):
            used = self._resolve(each)
            if place > 3 or not isinstance(used, _Name) or used.text not in {"FlateDecode", "Fl"}:
                raise Unclear("a part of it is packed in a way that this program does not know")
            unpacker = zlib.decompressobj()
            body = self._count(unpacker.decompress(body, self._bytes_left + 1))
            body = self._unpredict(body, settings[place] if place < len(settings) else None)
        return body

    def _count(self, body: bytes) -> bytes:
        self._bytes_left -= len(body)
        if self._bytes_left < 0:
            raise Unclear("it unpacks to more than this program takes")
        return body

    def _unpredict(self, body: bytes, settings: Any) -> bytes:
        about = self._table(settings)
        predictor = self._whole(about.get("Predictor", 1))
        if predictor == 1:
            return body
        width = self._whole(about.get("Columns", 1))
        simple = about.get("Colors", 1) == 1 and about.get("BitsPerComponent", 8) == 8
        if not 10 <= predictor <= 15 or not simple or not 1 <= width <= 64:
            raise Unclear("a part of it is packed in a way that this program does not know")
        self._steps(len(body) // 16)
        rows, before = [], bytes(width)
        for start in range(0, len(body), width + 1):
            before = _row(body[start], body[start + 1 : start + 1 + width], before)
            rows.append(before)
        return b"".join(rows)

    # The tables that say where each object is; the newest one that names an object counts

    def _read_tables(self) -> None:
        if b"%PDF-" not in self.data[:1024]:
            raise Unclear("it is not a PDF")
        marked = self.data.rfind(b"startxref")
        match = re.compile(rb"startxref[\0\s]{1,9}(\d{1,12})").match(self.data, max(marked, 0))
        waiting, seen = [int(match[1])] if match else [], set[int]()
        while waiting and len(seen) < 1000:
            at = waiting.pop(0)
            if at in seen:
                continue
            seen.add(at)
            trailer = self._read_table(at)
            if "Encrypt" in trailer:
                raise Unclear("it is encrypted")
            self.root = self.root or trailer.get("Root")
            older = trailer.get("XRefStm"), trailer.get("Prev")
            waiting += [one for one in older if isinstance(one, int)]
        if self.root is None:
            raise Unclear("it was cut off, or is damaged")

    def _read_table(self, at: int) -> dict[str, Any]:
        begin = re.compile(_GAP + rb"xref").match(self.data, at)
        if begin is None:
            return self._read_packed_table(at)
        end = begin.end()
        while match := _SUBSECTION.match(self.data, end):
            number, count, end = int(match[1]), int(match[2]), match.end()
            for each in range(number, number + count):
                entry = _ENTRY.match(self.data, end)
                self._steps()
                if entry is None:
                    raise Unclear("its table of objects is damaged")
                self._where.setdefault(each, (0, int(entry[1])) if entry[3] == b"n" else None)
                end = entry.end()
        trailer = re.compile(_GAP + rb"trailer").match(self.data, end)
        value = self._value(self.data, trailer.end())[0] if trailer else None
        if not isinstance(value, dict):
            raise Unclear("its table of objects is damaged")
        return value

    def _read_packed_table(self, at: int) -> dict[str, Any]:
        stream = self._at(at, None)
        if not isinstance(stream, Stream) or stream.about.get("Type") != _Name("XRef"):
            raise Unclear("its table of objects is damaged")
        body, about = self._bytes(stream), stream.about
        widths = [self._whole(one) for one in self._list(about.get("W"))]
        if len(widths) != 3 or not 1 <= sum(widths) <= 24:
            raise Unclear("its table of objects is damaged")
        index = [self._whole(one) for one in self._list(about.get("Index"))]
        index = index or [0, self._whole(about.get("Size"))]
        rows = (body[at : at + sum(widths)] for at in range(0, len(body), sum(widths)))
        for number, count in zip(index[::2], index[1::2], strict=False):
            for each, row in zip(range(number, number + count), rows, strict=False):
                self._steps()
                self._where.setdefault(each, _place(row, widths))
        return about


@dataclass(frozen=True)
class _Name:
    text: str


@dataclass(frozen=True)
class _Close:
    mark: bytes


def _name(raw: bytes) -> _Name:
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), raw)
    return _Name(plain.decode("latin-1"))


def _number(raw: bytes) -> int | float:
    return float(raw) if b"." in raw else int(raw)


def _even(digits: bytes) -> bytes:
    return digits + b"0" if len(digits) % 2 else digits


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """A text in parentheses, which may hold others."""
    found, depth, special = [], 1, re.compile(rb"[()\\]")
    for _ in range(20_000):
        match = special.search(data, at, at + 200_000)
        if match is None:
            break
        found.append(data[at : match.start()])
        at = match.end()
        if match[0] == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(data, at)
            next_ = octal[0] if octal else data[at : at + 1]
            at += len(next_)
            found.append(bytes([int(octal[0], 8) & 255]) if octal else _ESCAPES.get(next_, next_))
            continue
        depth += 1 if match[0] == b"(" else -1
        if depth == 0:
            return b"".join(found), at
        found.append(match[0])
    raise Unclear("a text in it has no end")


def _text(raw: bytes) -> str:
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")):
        if raw.startswith(mark):
            return raw[2:].decode(encoding, "replace")
    return raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _row(kind: int, row: bytes, before: bytes) -> bytes:
    """One row of a table whose bytes are kept as differences (PNG's five ways, one byte wide)."""
    made = bytearray()
    for place, byte in enumerate(row):
        left, up = (made[place - 1], before[place - 1]) if place else (0, 0)
        above = before[place]
        guess = left + above - up
        near = min((left, above, up), key=lambda one: abs(guess - one))
        made.append((byte + (0, left, above, (left + above) // 2, near)[min(kind, 4)]) & 255)
    return bytes(made)


def _place(row: bytes, widths: list[int]) -> tuple[int, int] | None:
    first, second = widths[0], widths[0] + widths[1]
    kind = int.from_bytes(row[:first], "big") if first else 1
    one, two = int.from_bytes(row[first:second], "big"), int.from_bytes(row[second:], "big")
    return {1: (0, one), 2: (one, two)}.get(kind) if kind != 2 or one else None


def read_attachments(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each file attached to the PDF; raises `Unclear` when it cannot be read."""
    if len(data) > MOST_PDF:
        raise Unclear("it is larger than this program takes")
    try:
        return Pdf(data).attachments()
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, zlib.error):
        raise Unclear("it is damaged") from None


# --- 8. What is said in the end ---------------------------------------------------------------

NEVER_SHOWN = (
    "It does not show that what is written in the record is true.",
    "It does not show that nothing else was written, there or elsewhere.",
    "It does not show who a pseudonym is.",
    "It says nothing of what was entered in the ledger after the checkpoint.",
)
AS_FAR_AS = (
    "It holds as far as you know that the verifier key is the ledger’s own. Ask for the key on "
    "another way than the file came. It holds best when somebody else kept the checkpoint, or a "
    "later one, from then on."
)
NAMED = (
    "This very file, with every page and word in it, is one that the ledger names for the record "
    "(entry of the type “{}”)."
)
NOT_ALL = (
    "It does not show that nothing else happened to the record: the ledger may hold entries about "
    "it that this file does not tell, and newer ones."
)
NOT_SIGNED = (
    "The parts of the file fit together. Without the signature that alone proves little: anybody "
    "can make parts that fit."
)


@dataclass
class Report:
    """What was found out about one file, in sentences."""

    file: str
    what: str = "this file"
    record: str = ""
    reference: str = ""
    references: list[str] = field(default_factory=list)  # of every record in the file
    wrong: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    shows: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # what the later events say
    not_shown: list[str] = field(default_factory=list)

    @property
    def result(self) -> str:
        """`proven`, `wrong` or `unclear`."""
        return WRONG if self.wrong else UNCLEAR if self.unclear else PROVEN

    @property
    def headline(self) -> str:
        """The result in one sentence."""
        if self.wrong:
            return f"Something is wrong with {self.what}."
        if self.unclear:
            return f"Not proven: not everything about {self.what} could be checked."
        return f"Proven: what is in {self.what} is what was entered in the ledger."

    def as_table(self) -> dict[str, Any]:
        """The report for programs."""
        return {**vars(self), "result": self.result, "headline": self.headline}


@dataclass
class Known:
    """What the other files on the command line prove, for the PDFs beside them."""

    commitments: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    own_pdfs: dict[str, set[str]] = field(default_factory=dict)

    def add(self, proof: Proof, file: str) -> None:
        self.commitments[proof.leaf.commitment] = file
        self.files.setdefault(proof.id, {}).update(proof.named_files)
        self.own_pdfs.setdefault(proof.id, set()).update(proof.own_pdfs)


def check_bytes(data: bytes, name: str, trust: Trust, known: Known | None = None) -> Report:
    """The report on a proof file, a PDF or a record's JSON, whatever the bytes are."""
    report = Report(shown(name))
    known = known if known is not None else Known()
    try:
        if b"%PDF-" in data[:1024]:
            report.what = "this PDF"
            _check_pdf(data, trust, report, known)
        elif data.lstrip()[:1] == b"{":
            _check_json(data, trust, report, known)
        elif not _is_named(sha256(data).hex(), trust, report, known):
            raise Unclear("This is neither a PDF nor a proof file.")
    except Wrong as found:
        report.wrong.append(_sentence(found))
    except Unclear as found:
        report.unclear.append(_sentence(found))
    except MemoryError:
        report.unclear.append("It is larger than this computer can take.")
    return report


def _sentence(found: Exception) -> str:
    text = str(found)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _check_json(data: bytes, trust: Trust, report: Report, known: Known) -> None:
    if _looks_like_a_record(data):
        report.what = "this record"
        _check_bare_record(data, "This file", report, known, trust)
        return
    if b"infoshare-proof/" not in data:
        raise Unclear("This is not a proof file of InfoShare.")
    report.what = "this proof file"
    proof = _prove(data, trust, report)
    known.add(proof, report.file)


def _prove(data: bytes, trust: Trust, report: Report) -> Proof:
    """Check a proof file and write what it shows into the report."""
    steps = Stepwise()
    try:
        proof = check_proof(data, trust, steps)
    finally:
        report.checked += steps.held
    report.record = report.record or proof.id
    report.reference = report.reference or proof.reference
    report.references += [proof.reference] if proof.reference else []
    if trust.missing:
        report.unclear.append(trust.missing)
        report.shows.append(NOT_SIGNED)
    else:
        report.shows.append(
            f"The record {proof.reference or proof.id} was entered in the ledger "
            f"“{shown(proof.checkpoint.origin)}” (time: {proof.leaf.time}) before the checkpoint "
            "was signed. It was not changed since."
        )
        report.not_shown.append(AS_FAR_AS)
    report.shows += _sections_said(proof) + _events_said(proof)
    report.told += _details_said(proof)
    report.not_shown += NEVER_SHOWN
    if proof.happened:
        report.not_shown.append(NOT_ALL)
    return proof


def _sections_said(proof: Proof) -> list[str]:
    readable = ", ".join(shown(name) for name in list(proof.record.sections)[:100])
    said = [f"Sections that can be read: {readable or 'none'}."]
    if proof.record.withheld:
        names = ", ".join(shown(name) for name in proof.record.withheld[:100])
        said.append(
            f"Sections that were left out of this copy: {names}. Their hashes show that they are "
            "part of the record, and nothing of what is in them."
        )
    if "context" not in proof.record.sections:
        said.append("The section “context” cannot be read, so the copy does not say which case.")
    return said


def _events_said(proof: Proof) -> list[str]:
    happened = proof.happened
    said = [
        f"Later: {shown(one.kind)}, at {one.at} (entry {one.leaf.seq:,})."
        for one in happened[:MOST_EVENTS]
    ]
    if len(happened) > MOST_EVENTS:
        said.append(f"Later: {len(happened) - MOST_EVENTS} more events.")
    told = {one.leaf.revision for one in happened if one.leaf.record}
    untold = (number for number in range(2, max(told, default=1)) if number not in told)
    missing = ", ".join(map(str, islice(untold, MOST_NAMED)))
    if missing:
        said.append(f"Entries about the record that this file does not tell: number {missing}.")
    unknown = sorted({one.leaf.type for one in happened if not one.leaf.is_known})
    if unknown:
        said.append(f"Types of entry that this program does not know: {', '.join(unknown[:20])}.")
    return said


def _details_said(proof: Proof) -> list[str]:
    """The words of the later events, to be held against pages that print them."""
    return [
        f"Entry {one.leaf.seq:,}, {shown(one.kind)}, {shown(name)}: {_plain(value)}"
        for one in proof.happened[:MOST_EVENTS]
        for name, value in one.details.items()
    ]


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else canonical(value).decode("utf-8", "replace")
    return shown(" / ".join(text.splitlines()), MOST_WORDS)


def _check_bare_record(
    data: bytes, what: str, report: Report, known: Known, trust: Trust
) -> Record:
    value = read_json(data)
    shape_of_record(value)
    record = read_record(value)
    context = record.sections.get("context", {})
    report.record = shown(str(context.get("record", "")))
    report.reference = shown(str(context.get("reference", "")))
    report.references += [report.reference] if report.reference else []
    report.checked.append(f"{what} holds a record in the one form that the format allows.")
    report.checked.append(f"Its own commitment, worked out anew: {record.commitment}")
    proven_by = known.commitments.get(record.commitment)
    if proven_by:
        report.shows.append(f"It is the record that is checked in {shown(proven_by)}.")
        report.unclear += [trust.missing] if trust.missing else []
    else:
        report.unclear.append(
            f"There is no proof file (proof.json) for {report.reference or 'it'}. Only the "
            "record’s own commitment could be worked out; that it stands in the ledger could not "
            "be checked."
        )
        report.shows.append(
            "If the commitment is the one that you were given for this record by somebody you "
            "trust, the record is the same, word for word."
        )
    report.not_shown += NEVER_SHOWN[:3]
    return record


# --- 9. One PDF ------------------------------------------------------------------------------


def _check_pdf(data: bytes, trust: Trust, report: Report, known: Known) -> None:
    file_hash = sha256(data).hex()
    try:
        attached = read_attachments(data)
    except Unclear as found:
        if _is_named(file_hash, trust, report, known):
            return
        raise Unclear(f"The files in the PDF could not be read: {found}") from None
    listed = "; ".join(f"{shown(name)} ({len(body):,} bytes)" for name, body in attached[:100])
    report.checked.append(f"Files that are attached to the PDF: {listed or 'none'}.")
    report.checked.append(f"SHA-256 of the PDF as you gave it: {file_hash}")
    proofs = [(name, body) for name, body in attached if _is_proof_name(name)]
    records = [(name, body) for name, body in attached if _looks_like_a_record(body)]
    if max(len(proofs), len(records)) > MOST_PROOFS:
        raise Unclear("More records or proofs are attached to the PDF than this program takes.")
    if proofs:
        _prove_each(proofs, records, trust, report, known)
    elif records:
        for name, body in records:
            _check_bare_record(body, f"The attached file {shown(name)}", report, known, trust)
    elif _is_named(file_hash, trust, report, known):
        return
    else:
        raise Unclear("No record of InfoShare is attached to this PDF. It may be another document.")
    others = [shown(name) for name, body in attached if (name, body) not in proofs + records]
    if others:
        report.not_shown.append(f"Attached files that were not checked: {', '.join(others[:20])}.")
    _pages_said(file_hash, report, known, any(name == "record.json" for name, _ in records))


def _is_proof_name(name: str) -> bool:
    return name == "proof.json" or name.endswith("-proof.json")


def _prove_each(
    proofs: list[tuple[str, bytes]],
    records: list[tuple[str, bytes]],
    trust: Trust,
    report: Report,
    known: Known,
) -> None:
    """Check every proof in a PDF, and that each record beside them is one that they prove."""
    if len({name for name, _ in proofs}) < len(proofs):
        raise Unclear("Several different files of one name are attached to the PDF as proofs.")
    proven = [_prove_one(name, body, len(proofs) > 1, trust, report) for name, body in proofs]
    for name, body in records:
        _compare(name, body, proven, report)
    for one in proven:
        known.add(one, report.file)
    report.not_shown = list(dict.fromkeys(report.not_shown))
    report.unclear = list(dict.fromkeys(report.unclear))


def _prove_one(name: str, body: bytes, is_one_of_many: bool, trust: Trust, report: Report) -> Proof:
    if not is_one_of_many:
        return _prove(body, trust, report)
    checked, shows = len(report.checked), len(report.shows)
    try:
        return _prove(body, trust, report)
    except (Wrong, Unclear) as found:
        raise type(found)(f"{shown(name)}: {found}") from None
    finally:
        for lines, begin in ((report.checked, checked), (report.shows, shows)):
            lines[begin:] = [f"{shown(name)}: {line}" for line in lines[begin:]]


def _is_named(file_hash: str, trust: Trust, report: Report, known: Known) -> bool:
    """Whether a file that holds no record is one that the ledger names; says so in the report."""
    for record, files in known.files.items():
        if file_hash in files:
            report.record = record
            report.shows.append(NAMED.format(files[file_hash]))
            report.unclear += [trust.missing] if trust.missing else []
            report.not_shown += NEVER_SHOWN[:3]
            return True
    return False


def _looks_like_a_record(body: bytes) -> bool:
    return bool(re.match(rb'\s{0,99}\{\s{0,99}"format"\s{0,99}:\s{0,99}"infoshare-record/', body))


def _compare(name: str, body: bytes, proven: list[Proof], report: Report) -> None:
    value = read_json(body)
    shape_of_record(value)
    found = read_record(value).commitment
    which = "proof.json proves" if len(proven) == 1 else "one of the attached proofs proves"
    if all(found != one.leaf.commitment for one in proven):
        raise Wrong(f"the attached {shown(name)} is not the record that {which}")
    report.checked.append(f"The attached {shown(name)} is the record that {which}.")


def _pages_said(file_hash: str, report: Report, known: Known, is_own_pdf: bool) -> None:
    """Whether the ledger names this very file; a record has one PDF of its own and no second."""
    found = [files[file_hash] for files in known.files.values() if file_hash in files]
    if found:
        report.shows.insert(0, NAMED.format(found[0]))
    elif is_own_pdf and known.own_pdfs.get(report.record):
        report.wrong.append(
            "The ledger names another file as the PDF of this record, and not this one: its pages "
            "were changed, or it was never InfoShare’s."
        )
    else:
        report.not_shown.insert(
            0,
            "It does not show that the pages you read say the same as the attached record. For "
            "that, the SHA-256 of the file has to stand in the ledger: check the PDF together with "
            "the export, or a later proof file or addendum of the record.",
        )
    report.not_shown.append(
        "The digital signature of the PDF itself, if it has one, is not checked here. A PDF reader "
        "does that."
    )


# --- 10. An export ----------------------------------------------------------------------------

# What opening or reading a file of a folder or of a damaged ZIP file may raise.
UNREADABLE = (
    OSError,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class Folder:
    """An export in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        found = []
        for folder, below, files in os.walk(self._path):
            links = [name for name in below if (Path(folder) / name).is_symlink()]
            for name in files + links:
                found.append((Path(folder) / name).relative_to(self._path).as_posix())
        return found

    def open(self, name: str) -> IO[bytes]:
        path = self._path / name
        if path.is_symlink() or not path.is_file():
            raise OSError("not a file")
        return path.open("rb")


class Zip:
    """An export in a ZIP file, either at its top or in one folder of it."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except UNREADABLE:
            raise Unclear("The ZIP file is damaged.") from None
        entries = [one for one in self._zip.infolist() if not one.is_dir()]
        names = [one.filename for one in entries]
        top = names[0].split("/")[0] + "/" if names else ""
        inside = "manifest.json" not in names and all(name.startswith(top) for name in names)
        self._top = top if inside else ""
        self._names = [name.removeprefix(self._top) for name in names]
        self._known = set(self._names)
        if sum(one.compress_size for one in entries) > file.stat().st_size:
            raise Unclear("The ZIP file holds more than it can.")
        if any(one.compress_type not in {0, 8} or one.flag_bits & 1 for one in entries):
            raise Unclear("The ZIP file is encrypted, or packed in a way that is not known here.")
        if len(set(names)) < len(names):
            raise Wrong("a file stands twice in the ZIP file")

    def names(self) -> list[str]:
        return self._names

    def open(self, name: str) -> IO[bytes]:
        if name not in self._known:
            raise FileNotFoundError(name)
        return self._zip.open(self._top + name)


WHOLE, CHOSEN = "infoshare-export/1", "infoshare-export/2"
LONGEST_WORDS = 10_000


@dataclass(frozen=True)
class Manifest:
    """What a manifest lists. `records` is None in an export of the first version."""

    files: dict[str, str]
    records: list[str] | None = None
    is_complete: bool = True
    words: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def read_manifest(value: Any) -> Manifest:
    """The manifest; raises `Wrong`, or `Unclear` for a format that is not known."""
    kind = value.get("format") if isinstance(value, dict) else WHOLE
    if kind not in {WHOLE, CHOSEN}:
        raise Unclear("The export’s format is not known.")
    more = ("chosen", "complete", "counts", "records") if kind == CHOSEN else ()
    files = table(value, "manifest.json", "files", "format", *more)["files"]
    if not isinstance(files, dict) or "manifest.json" in files:
        raise Wrong("manifest.json does not list the other files as it has to")
    for name, said in files.items():
        hex_of(said, f"the hash of {shown(name, 200)} in manifest.json")
    if not more:
        return Manifest(files)
    counts = table(value["counts"], "the counts of manifest.json", *COUNTED)
    for name in COUNTED:
        number_of(counts[name], f"the count of {name} in manifest.json")
    words = text_of(value["chosen"], "“chosen” of manifest.json")
    records = _uuids(value["records"])
    if not 0 < len(words) <= LONGEST_WORDS or not isinstance(value["complete"], bool):
        raise Wrong("manifest.json does not say in the form that it has to how it was chosen")
    if not records and not value["complete"]:
        raise Wrong("manifest.json lists no record")
    return Manifest(files, records, value["complete"], words, counts)


COUNTED = "documents", "entries", "records"


def _uuids(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Wrong("the records of manifest.json are not a list")
    if not all(isinstance(one, str) and UUID.fullmatch(one) for one in value):
        raise Wrong("the records of manifest.json are not a list of UUIDs")
    if any(one >= other for one, other in pairwise(value)):
        raise Wrong("the records of manifest.json are not in order, or one of them stands twice")
    return value


@dataclass
class Export:
    """The check of one export: what has been read so far."""

    source: Folder | Zip
    trust: Trust
    report: Report
    known: Known | None
    progress: Callable[[str], None]
    hashes: dict[str, str] = field(default_factory=dict)
    roots: dict[int, tuple[bytes, str]] = field(default_factory=dict)
    origin: str = ""
    told: dict[bytes, int] = field(default_factory=dict)
    documents: dict[str, set[str]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    manifest: Manifest = field(default_factory=lambda: Manifest({}))
    manifest_hash: str = ""
    withheld: dict[bytes, list[str]] = field(default_factory=dict)

    def check(self) -> None:
        """Check all of it; each fault goes into the report, the first one first."""
        self._files()
        names = sorted(self.hashes)
        self._each([name for name in names if name.startswith("checkpoints/")], self._checkpoint)
        for name in names:
            if name.startswith("documents/"):
                self.documents.setdefault(self.hashes[name], set()).add(name)
        self._each([name for name in names if name.startswith("records/")], self._proof)
        for name in sorted(name for left in self.documents.values() for name in left):
            self._fault(name, "no entry in the ledger names this file for its record")
        if self.manifest.records is not None:
            self._each([name for name in names if name.startswith("replaced/")], self._replaced)
            self._list_of_records(self.manifest.records)
        if self.manifest.is_complete:
            self._whole_ledger()
        else:
            self._one_checkpoint()
        self._conclude()

    def _one_checkpoint(self) -> None:
        if "ledger.leaves" in self.hashes:
            self._fault("ledger.leaves", "it is here, but the manifest says: not complete")
        if len(self.sizes) != 1 and not self.report.wrong:
            self._fault("checkpoints/", "chosen records have one checkpoint, and here is not one")

    def _whole_ledger(self) -> None:
        try:
            self._leaves()
        except (Wrong, Unclear) as found:
            self._say("ledger.leaves", found)
        except UNREADABLE:
            self._fault("ledger.leaves", "it is missing, or cannot be read")

    def _fault(self, name: str, why: str) -> None:
        self.report.wrong.append(f"{shown(name, 200)}: {why}.")

    def _say(self, name: str, found: Wrong | Unclear) -> None:
        to = self.report.wrong if isinstance(found, Wrong) else self.report.unclear
        to.append(f"{shown(name, 200)}: {found}.")

    def _each(self, names: list[str], check: Callable[[str], None]) -> None:
        for number, name in enumerate(names, start=1):
            self.progress(f"{name.split('/')[0]} {number:,} of {len(names):,}")
            try:
                check(name)
            except (Wrong, Unclear) as found:
                self._say(name, found)
            except UNREADABLE:
                pass  # `_files` has said so

    def _read(self, name: str, most: int) -> bytes:
        with self.source.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise Unclear("it is larger than this program takes")
        return data

    # Files and manifest

    def _files(self) -> None:
        names = set(self.source.names())
        if "manifest.json" not in names:
            raise Unclear("There is no manifest.json: this is not an export of InfoShare.")
        try:
            data = self._read("manifest.json", MOST_MANIFEST)
            manifest = read_json(data, most=MOST_MANIFEST, values=MOST_FILES)
        except UNREADABLE:
            raise Wrong("manifest.json cannot be read") from None
        except Wrong as found:
            raise Wrong(f"manifest.json: {found}") from None
        self.manifest, self.manifest_hash = read_manifest(manifest), sha256(data).hex()
        self._compare(names - {"manifest.json"}, self.manifest.files)

    def _compare(self, names: set[str], listed: dict[str, str]) -> None:
        for name in sorted(set(listed) - names):
            self._fault(name, "it is missing; the manifest lists it")
        for number, name in enumerate(sorted(names), start=1):
            self.progress(f"files {number:,} of {len(names):,}")
            if name not in listed:
                self._fault(name, "it was added; the manifest does not list it")
            try:
                with self.source.open(name) as file:
                    found = _hash_of(file)
            except UNREADABLE:
                self._fault(name, "it is damaged or no plain file, and cannot be read")
                continue
            self.hashes[name] = found
            if listed.get(name, found) != found:
                self._fault(name, "it was changed; the manifest lists another SHA-256")
        self.report.checked.append(f"Files that were compared with the manifest: {len(names):,}.")

    # Checkpoints and proof files

    def _note(self, checkpoint: Checkpoint, name: str) -> None:
        """Keep what a checkpoint says of the ledger at its size, for `_leaves`."""
        self.origin = self.origin or checkpoint.origin
        if checkpoint.origin != self.origin:
            raise Wrong("its checkpoint is of another ledger than those before")
        root, _ = self.roots.setdefault(checkpoint.size, (checkpoint.root, name))
        if root != checkpoint.root:
            raise Wrong("two checkpoints of the same size differ: the ledger has two histories")

    def _checkpoint(self, name: str) -> None:
        try:
            checkpoint = read_checkpoint(self._read(name, MOST_NOTE).decode("utf-8"))
        except UnicodeError:
            raise Wrong("the checkpoint is not a signed note") from None
        if name != f"checkpoints/{checkpoint.size}":
            raise Wrong("it is named after another size than the checkpoint’s")
        self.trust.check(checkpoint)
        self._note(checkpoint, name)
        self.sizes.append(checkpoint.size)

    def _proof(self, name: str) -> None:
        proof = check_proof(self._read(name, MOST_JSON), self.trust, Stepwise())
        if name != f"records/{proof.id}.json":
            raise Wrong("it is named after another record than the one in it")
        if not self.manifest.is_complete and self.sizes != [proof.checkpoint.size]:
            size = proof.checkpoint.size
            raise Wrong(f"its checkpoint, checkpoints/{size}, is not the one that the export has")
        self._note(proof.checkpoint, name)
        if proof.earlier:
            self._note(proof.earlier, name)
        self.withheld[_short(proof.id)] = proof.record.withheld
        self.told[_short(proof.id)] = 1 + len({x.leaf for x in proof.happened if x.leaf.record})
        for file_hash in proof.named_files:
            left = self.documents.get(file_hash, set())
            for document in list(left):
                owner = UUID.match(document.removeprefix("documents/"))
                if owner is None or owner[0] == proof.id:
                    left.discard(document)
        if self.known is not None:
            self.known.add(proof, self.report.file)

    # The list of chosen records

    def _replaced(self, name: str) -> None:
        """What is put in the place of withheld sections says nothing where one can be read."""
        value = read_json(self._read(name, MOST_JSON))
        table(value, "the file", "format", "record", "sections")
        if value["format"] != "infoshare-replaced/1":
            raise Unclear("its format is not known")
        record = text_of(value["record"], "“record”")
        if name != f"replaced/{record}.json" or not UUID.fullmatch(record):
            raise Wrong("it is named after another record than the one in it")
        if not isinstance(value["sections"], dict):
            raise Wrong("its sections are not an object")
        for section, content in value["sections"].items():
            if section not in self.withheld.get(_short(record), ()):
                raise Wrong(f"the record’s proof file does not withhold “{shown(section)}”")
            if not isinstance(content, dict):
                raise Wrong(f"the section “{shown(section)}” is not an object")

    def _list_of_records(self, records: list[str]) -> None:
        """The manifest's list, the proof files and the counts say the same."""
        listed = {f"records/{one}.json" for one in records}
        for name in sorted(listed - set(self.hashes) - set(self.manifest.files)):
            self._fault(name, "it is missing; the manifest lists its record")
        for name in sorted(one for one in self.hashes if one.startswith("records/")):
            if name not in listed:
                self._fault(name, "the manifest does not list its record")
        if self.report.wrong or self.report.unclear:
            return
        found = {
            "documents": sum(name.startswith("documents/") for name in self.hashes),
            "entries": sum(self.told.values()),
            "records": len(self.told),
        }
        for what, number in found.items():
            if self.manifest.counts[what] != number:
                said = f"{self.manifest.counts[what]:,} {what}, and here are {number:,}"
                self._fault("manifest.json", f"it counts {said}")

    # The leaves, one after the other

    def _leaves(self) -> None:
        tree, before = Growing(), ""
        revisions: dict[bytes, int] = {}
        disposed: set[bytes] = set()
        unknown: set[str] = set()
        good = 0
        with self.source.open("ledger.leaves") as file:
            good = self._root_at(tree, good)
            while line := file.readline(2048):
                try:
                    leaf = read_leaf(line.decode("latin-1").removesuffix("\n"))
                    _check_next(line, leaf, tree.size, before)
                    if leaf.record:
                        _check_revision(leaf, revisions)
                except (Wrong, Unclear) as found:
                    raise type(found)(f"the leaf at place {tree.size:,}: {found}") from None
                if leaf.type == "disposed":
                    disposed.add(_short(leaf.record or ""))
                elif leaf.type == "ledger-began" and leaf.seq:
                    self.report.not_shown.append(
                        f"The first {leaf.seq:,} entries were made all at once, when the ledger "
                        "began. Their times are what the database said then."
                    )
                elif not leaf.is_known:
                    unknown.add(leaf.type)
                tree.append(line[:-1])
                before = leaf.time
                if tree.size in self.roots:
                    good = self._root_at(tree, good)
                if tree.size & 0xFFFF == 0:
                    self.progress(f"leaves {tree.size:,}")
        self._ends(tree.size)
        self.report.checked.append(f"Leaves that were hashed in order: {tree.size:,}.")
        if unknown:
            names = ", ".join(sorted(unknown)[:MOST_NAMED])
            self.report.not_shown.append(f"Types of entry that are not known here: {names}.")
        self._all_told(revisions, disposed)

    def _root_at(self, tree: Growing, good: int) -> int:
        """Compare the root at this size; gives the size up to which all is well."""
        root, name = self.roots.get(tree.size, (tree.root(), ""))
        if root == tree.root():
            return tree.size
        raise Wrong(
            f"the first {tree.size:,} leaves do not give the root in {shown(name)}: one of those "
            f"from place {good:,} to {tree.size - 1:,} was changed"
        )

    def _ends(self, size: int) -> None:
        if not self.sizes:
            raise Wrong(
                "there is no checkpoint in the export that the leaves could be held against"
            )
        newest = max(self.sizes)
        if size < newest:
            raise Wrong(f"leaves are missing at its end, from place {size:,} to {newest - 1:,}")
        if size > newest:
            raise Wrong(
                f"there are {size - newest:,} more leaves than the newest checkpoint covers"
            )
        later = sorted(name for other, (_, name) in self.roots.items() if other > newest)
        if later:
            raise Wrong(f"{later[0]} has a checkpoint newer than the newest one of the export")

    def _all_told(self, revisions: dict[bytes, int], disposed: set[bytes]) -> None:
        missing = sorted(set(revisions) - set(self.told) - disposed)
        for record in missing:
            name = f"records/{_long(record)}.json"
            if name not in self.hashes:
                self._fault(name, "it is missing; the ledger has entries about the record")
        untold = sum(revisions.get(one, 0) > count for one, count in self.told.items())
        if untold:
            self.report.not_shown.append(
                f"For {untold:,} of the records the ledger has entries that the proof file does "
                "not tell, such as what happened after it was made."
            )

    def _conclude(self) -> None:
        report = self.report
        if not report.wrong:
            documents = sum(name.startswith("documents/") for name in self.hashes)
            held = "leaves" if self.manifest.is_complete else "proof files"
            report.checked += [
                f"Checkpoints that the {held} were held against: {len(self.sizes):,}.",
                f"Proof files of records that hold: {len(self.told):,}.",
                f"Documents that were looked up in the ledger: {documents:,}.",
                f"SHA-256 of manifest.json: {self.manifest_hash}",
                *self._left_out(),
            ]
        if self.trust.missing:
            report.unclear.append(self.trust.missing)
            report.shows.append(NOT_SIGNED)
        elif report.result == PROVEN and self.manifest.is_complete:
            report.shows.append(
                f"The export holds the ledger “{shown(self.origin)}” up to its newest checkpoint, "
                f"of {max(self.sizes):,} entries, whole and as it was signed."
            )
            report.shows.append(
                "Each record and each document in it is the one that was entered in the ledger."
            )
            report.not_shown.append(AS_FAR_AS)
        elif report.result == PROVEN:
            count, files = len(self.told), len(self.hashes)
            report.shows += [
                f"Each of the {count:,} records, and each document in the export, is unaltered: it "
                f"is the one that was entered in the ledger “{shown(self.origin)}” before its "
                f"checkpoint of {self.sizes[0]:,} entries was signed.",
                f"It is complete: everything on the manifest’s list is here, {count:,} records and "
                f"{files:,} files.",
            ]
            report.not_shown.append(AS_FAR_AS)
        if not self.manifest.is_complete:
            report.not_shown += self._limits_of_a_choice()
        report.not_shown += NEVER_SHOWN
        report.not_shown.append(
            "Other files in the export are compared with its manifest only, which nobody signs."
        )

    def _left_out(self) -> Iterator[str]:
        """How many records are without which sections."""
        counted: dict[str, int] = {}
        for name in (name for names in self.withheld.values() for name in names):
            counted[name] = counted.get(name, 0) + 1
        if counted:
            said = [f"{shown(name)} (of {number:,})" for name, number in sorted(counted.items())]
            names = ", ".join(said[:MOST_NAMED])
            yield (
                f"Sections that were left out of records: {names}. Their hashes show that they "
                "are part of them, and nothing of what is in them."
            )

    def _limits_of_a_choice(self) -> Iterator[str]:
        yield (
            "These are chosen records. It does not show that others do not exist, or that these "
            f"were chosen as the manifest says: “{shown(self.manifest.words, 400)}”."
        )
        yield "It does not show that a file tells all that happened to its record later."
        yield (
            "The list could have been made shorter by whoever passed the export on. Compare the "
            "SHA-256 of manifest.json with the one that you were told for this export."
        )
        if any(name.startswith("replaced/") for name in self.hashes):
            yield (
                "What stands below replaced/ was written for the export, in the place of sections "
                "that it leaves out. The ledger says nothing of it."
            )


def _hash_of(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while part := file.read(MIB):
        found.update(part)
    return found.hexdigest()


def _short(uuid: str) -> bytes:
    return bytes.fromhex(uuid.replace("-", ""))


def _long(raw: bytes) -> str:
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _check_next(line: bytes, leaf: Leaf, place: int, before: str) -> None:
    if line[-1:] != b"\n":
        raise Wrong("its line was cut off")
    if leaf.seq != place:
        raise Wrong(f"it says that it is at place {leaf.seq:,}: leaves are missing, added or moved")
    if leaf.time < before:
        raise Wrong("it was entered at an earlier time than the leaf in front of it")


def _check_revision(leaf: Leaf, revisions: dict[bytes, int]) -> None:
    record = _short(leaf.record or "")
    last = revisions.get(record, 0)
    if leaf.revision != last + 1:
        raise Wrong(f"it is entry {leaf.revision:,} about its record, but {last + 1:,} comes next")
    revisions[record] = leaf.revision


# --- 11. The command line ---------------------------------------------------------------------


def check_path(
    path: Path, trust: Trust, known: Known, progress: Callable[[str], None] = lambda said: None
) -> Report:
    """The report on a file or folder."""
    report = Report(shown(str(path), 300))
    try:
        if path.is_dir() or _begins(path, b"PK"):
            report.what = "this export"
            source = Folder(path) if path.is_dir() else Zip(path)
            Export(source, trust, report, known, progress).check()
            return report
        if path.stat().st_size > MOST_PDF:
            raise Unclear("It is larger than this program takes.")
        return check_bytes(path.read_bytes(), report.file, trust, known)
    except Wrong as found:
        report.wrong.append(_sentence(found))
    except Unclear as found:
        report.unclear.append(_sentence(found))
    except OSError as found:
        report.unclear.append(f"It cannot be read: {found.strerror or found}.")
    return report


def _begins(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def write(report: Report, out: IO[str]) -> None:
    """The report for people."""
    out.write(f"{report.file}\n  {report.headline}\n")
    for title, lines in (
        ("What is wrong", report.wrong),
        ("What could not be checked", report.unclear),
        ("What was checked", report.checked),
        ("What this shows", report.shows if not report.wrong else []),
        ("What the later events say", report.told if not report.wrong else []),
        ("What this does not show", report.not_shown if not report.wrong else []),
    ):
        # Faults may be without number; what a file tells of its record has to be told whole.
        most = MOST_NAMED if lines in (report.wrong, report.unclear) else MOST_LINES
        if lines:
            out.write(f"\n  {title}\n" + "".join(f"    - {one}\n" for one in lines[:most]))
        if len(lines) > most:
            out.write(f"    - and {len(lines) - most:,} more\n")
    out.write("\n")


def _progress() -> Callable[[str], None]:
    """Says on a terminal how far it is, twice a second; elsewhere nothing."""
    last = time.monotonic()

    def say(said: str) -> None:
        nonlocal last
        if time.monotonic() - last > 0.5:
            last = time.monotonic()
            sys.stderr.write(f"\r{said:<60.60}")
            sys.stderr.flush()

    return say if sys.stderr.isatty() else lambda said: None


def _keys(given: argparse.Namespace) -> list[Key]:
    lines = list(given.key)
    for name in given.key_file:
        try:
            with Path(name).open(encoding="utf-8") as file:
                read = file.read(MIB)
        except (OSError, UnicodeError):
            raise Unclear(f"The key file {shown(name)} cannot be read.") from None
        rows = [row.strip() for row in read.splitlines()]
        lines += [row for row in rows if row and not row.startswith("#")]
    return [read_key(line) for line in lines]


def main(words: list[str] | None = None) -> int:
    """Check what the command line names; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="infoshare_verify.py",
        description="Check that a record of InfoShare is the one that was sealed.",
        epilog="It ends with 0 when everything is proven, 1 when something is wrong, and 2 when "
        "something could not be checked.",
    )
    parser.add_argument("file", nargs="+", help="proof file, PDF, or export (folder or ZIP file)")
    parser.add_argument("--key", action="append", default=[], help="a verifier key; more than once")
    parser.add_argument(
        "--key-file", action="append", default=[], help="a file of keys, one a line"
    )
    parser.add_argument("--json", action="store_true", help="write the report for programs")
    given = parser.parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        trust = Trust(_keys(given))
    except Unclear as found:
        sys.stderr.write(f"{_sentence(found)}\n")
        return EXIT[UNCLEAR]
    known, progress, paths = Known(), _progress(), [Path(name) for name in given.file]
    made: dict[Path, Report] = {}
    # Each is held against what the others prove: PDFs last, and twice when one may name another.
    paths_in_order = sorted(dict.fromkeys(paths), key=_comes_later)
    last = [path for path in paths_in_order if _comes_later(path)]
    for path in paths_in_order + (last if len(last) > 1 else []):
        made[path] = check_path(path, trust, known, progress)
    if given.json:
        tables = [made[path].as_table() for path in paths]
        sys.stdout.write(json.dumps(tables, indent=1) + "\n")
    else:
        for path in paths:
            write(made[path], sys.stdout)
    results = {report.result for report in made.values()}
    return EXIT[WRONG if WRONG in results else UNCLEAR if UNCLEAR in results else PROVEN]


def _comes_later(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file() and not (_begins(path, b"{") or _begins(path, b"PK"))
    return True


if __name__ == "__main__":
    sys.exit(main())
