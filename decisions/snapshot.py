"""The sectioned, salted form of a record: canonical bytes, section hashes, commitment.

Pure: plain values in, bytes out. A record's **body** is canonical JSON (RFC 8785):

    {"format": "infoshare-record/1",
     "sections": {NAME: {"salt": 64 hexadecimal digits, "content": {...}}}}

Each section is hashed with its own 32-byte salt, and the **commitment** is the hash over the
section hashes. So a copy with a section left out can still be verified from that section's
hash, and once a salt is destroyed nobody can guess the section from its hash.

    section hash = SHA-256("infoshare-section/1\\0" + salt + canonical({"name", "content"}))
    commitment   = SHA-256("infoshare-record/1\\0" + canonical({NAME: section hash, ...}))
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

FORMAT = "infoshare-record/1"
SALT_BYTES = 32
_SECTION_TAG = b"infoshare-section/1\0"
_RECORD_TAG = b"infoshare-record/1\0"
_START = f'{{"format":"{FORMAT}","sections":{{'
_NAME = re.compile(r'("[^"\\]*"):\{"content":(?=\{)')
_SALT = re.compile(r',"salt":"([0-9a-f]{64})"\}(?=,"|\}\}$)')
_DECODER = json.JSONDecoder()

Content = Mapping[str, Any]


class SnapshotError(ValueError):
    """The bytes are not a body of the form this module writes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record's exact bytes and the commitment (64 hexadecimal digits) over its sections."""

    body: bytes
    commitment: str


def write(contents: Mapping[str, Content], salts: Mapping[str, bytes]) -> Snapshot:
    """The snapshot of these sections.

    `salts` holds 32 random bytes a section; a missing or short one is a `ValueError`.
    """
    sections: dict[str, Any] = {
        name: {"salt": _salt(salts, name).hex(), "content": content}
        for name, content in contents.items()
    }
    body = rfc8785.dumps({"format": FORMAT, "sections": sections})
    return Snapshot(body=body, commitment=commitment(body))


def read(body: bytes) -> dict[str, Any]:
    """The contents by section name; raises `SnapshotError` on anything `write` never makes."""
    return {name: section["content"] for name, section in _sections(body).items()}


def section_hash(name: str, salt: bytes, content: Content) -> str:
    """The salted hash of one section, 64 hexadecimal digits."""
    canonical = rfc8785.dumps({"name": name, "content": content})
    return hashlib.sha256(_SECTION_TAG + salt + canonical).hexdigest()


def commitment(body: bytes) -> str:
    """The hash over the section hashes of a body, 64 hexadecimal digits."""
    hashes = {
        name: section_hash(name, bytes.fromhex(section["salt"]), section["content"])
        for name, section in _sections(body).items()
    }
    return hashlib.sha256(_RECORD_TAG + rfc8785.dumps(hashes)).hexdigest()


def stored_commitment(body: bytes) -> str:
    """The commitment over the sections of a body, hashed from the very bytes that are stored.

    `commitment` writes each section anew; this cuts it out, so that nothing depends on how JSON
    is written today. Raises `SnapshotError` for what is not of the form.
    """
    hashes: dict[str, str] = {}
    try:
        for name, hashed, _ in _cut(body.decode("utf-8")):
            if name in hashes:
                raise SnapshotError(f"section {name!r} stands there twice")
            hashes[name] = hashed
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"not a record's canonical JSON: {error}") from error
    return hashlib.sha256(_RECORD_TAG + rfc8785.dumps(hashes)).hexdigest()


def without(body: bytes, names: Collection[str]) -> bytes:
    """The body with these sections withheld: their hashes stand in their place.

    All else is cut from the very bytes that are stored; with none of them in it, it is those.
    Raises `SnapshotError` for what is not of the form.
    """
    # Within a text the second quotation mark would have a backslash in front of it.
    if not any(f'"{name}":{{"content":'.encode() in body for name in names):
        return body
    try:
        sections = [
            f'{json.dumps(name)}:{{"withheld":"{hashed}"}}' if name in names else exact
            for name, hashed, exact in _cut(body.decode("utf-8"))
        ]
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"not a record's canonical JSON: {error}") from error
    return f"{_START}{','.join(sections)}}}}}".encode()


def _cut(text: str) -> Iterator[tuple[str, str, str]]:
    """Each section as it stands in the text: its name, the hash of its bytes, all of it."""
    place = len(_START)
    if text[:place] != _START:
        raise ValueError("another beginning")
    while True:
        named = _NAME.match(text, place)
        if named is None:
            raise ValueError(f"no section at character {place}")
        _, end = _DECODER.raw_decode(text, named.end())
        salted = _SALT.match(text, end)
        if salted is None:
            raise ValueError(f"no salt at character {end}")
        content, name = text[named.end() : end], named[1]
        exact = f'{{"content":{content},"name":{name}}}'.encode()
        yield (
            json.loads(name),
            hashlib.sha256(_SECTION_TAG + bytes.fromhex(salted[1]) + exact).hexdigest(),
            text[place : salted.end()],
        )
        place = salted.end()
        if text[place:] == "}}":
            return
        place += 1


def _salt(salts: Mapping[str, bytes], name: str) -> bytes:
    salt = salts.get(name, b"")
    if len(salt) != SALT_BYTES:
        raise ValueError(f"section {name!r} needs a salt of {SALT_BYTES} bytes")
    return salt


def _sections(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
        same = rfc8785.dumps(document) == body
    except (ValueError, rfc8785.CanonicalizationError, RecursionError) as error:
        raise SnapshotError(f"not a record's canonical JSON: {error}") from error
    if not same or not isinstance(document, dict) or set(document) != {"format", "sections"}:
        raise SnapshotError("not a record's canonical JSON")
    if document["format"] != FORMAT:
        raise SnapshotError(f"unknown format {document['format']!r}")
    sections = document["sections"]
    if not isinstance(sections, dict) or not all(map(_is_section, sections.values())):
        raise SnapshotError("a section is not of the form salt and content")
    return sections


def _is_section(section: object) -> bool:
    if not isinstance(section, dict) or set(section) != {"salt", "content"}:
        return False
    salt, content = section["salt"], section["content"]
    return (
        isinstance(salt, str)
        and len(salt) == 2 * SALT_BYTES
        and set(salt) <= set("0123456789abcdef")
        and isinstance(content, dict)
    )
