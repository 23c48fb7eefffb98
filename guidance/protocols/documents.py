"""Which kind of document some bytes are, whatever their sender calls them. No database.

Only four kinds are let in, and each is recognised by what it is inside. `puremagic` says what a
refused file looks like; whether it is let in is decided by the strict rules here.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

import puremagic

MOST_BYTES = 10 * 1024 * 1024
MEGABYTE = 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
LARGEST_PART = MEGABYTE  # of a part read from a zip: a small file may hold gigabytes of zeros
MOST_PARTS = 5_000
# What a broken, encrypted or unusual zip ends in.
UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, OSError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document that the register takes."""

    suffix: str
    words: str
    mime: str


KINDS: Mapping[str, Kind] = {
    one.suffix: one
    for one in (
        Kind("pdf", "PDF", "application/pdf"),
        Kind("docx", "Word document", WORD),
        Kind("odt", "OpenDocument text", OPEN_TEXT),
        Kind("txt", "plain text", "text/plain; charset=utf-8"),
    )
}


class RefusedDocument(Exception):
    """A file that the register does not take. Its text is for the person who sent it."""


def kind_of(name: str, content: bytes) -> Kind:
    """The kind that the file is by its name and by its bytes; raises `RefusedDocument`."""
    suffix = name.rpartition(".")[2].strip().lower() if "." in name else ""
    kind = KINDS.get(suffix)
    if kind is None:
        raise RefusedDocument("Choose a PDF, a Word document (docx), an odt or a txt file")
    if not content:
        raise RefusedDocument("This file is empty. Choose another one")
    if not _IS[suffix](content):
        raise RefusedDocument(_not_what_it_says(kind, content))
    return kind


def too_large(size: int) -> str:
    """What to say of a file that is larger than the register takes."""
    return (
        f"This file has {size / MEGABYTE:.1f} MB. The most is {MOST_BYTES // MEGABYTE} MB: "
        "choose a smaller one"
    )


def _not_what_it_says(kind: Kind, content: bytes) -> str:
    if kind.suffix == "txt":
        return "This file is named .txt, but it is not plain text in UTF-8. " + _looks(content)
    article = "an" if kind.suffix == "odt" else "a"
    said = f"This file is named .{kind.suffix}, but inside it is not {article} {kind.words}. "
    return said + _looks(content)


def _looks(content: bytes) -> str:
    try:
        found = puremagic.magic_string(content[: 64 * 1024])
    except (puremagic.PureError, ValueError):
        return "Choose another file"
    looks = found[0].name if found and not content.startswith(b"PK") else ""
    return f"It looks like: {looks}. Choose another file" if looks else "Choose another file"


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\n\r\f" or ord(char) > 0x9F for char in text)


def _is_word(content: bytes) -> bool:
    """A document for Word without macros: its list of parts says so."""
    parts = _parts(content, "[Content_Types].xml")
    if parts is None or any(name.lower().endswith("vbaproject.bin") for name in parts.names):
        return False
    if b"<!" in parts.first:  # a list of parts needs no document type, and attacks do
        return False
    try:
        types = ElementTree.fromstring(parts.first)  # noqa: S314  (no document type: see above)
    except ElementTree.ParseError:
        return False
    main = f"{WORD}.main+xml"
    return any(one.get("ContentType") == main for one in types) and not any(
        "macro" in (one.get("ContentType") or "").lower() for one in types
    )


def _is_open_text(content: bytes) -> bool:
    parts = _parts(content, "mimetype")
    return (
        parts is not None
        and parts.first == OPEN_TEXT.encode()
        and parts.names[0] == "mimetype"
        and "content.xml" in parts.names
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    names: list[str]
    first: bytes  # the part that says what the whole is


def _parts(content: bytes, which: str) -> _Parts | None:
    """The names of the parts of a zip, and one part; None when it cannot be read so far."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            names = zipped.namelist()
            if len(names) > MOST_PARTS or zipped.getinfo(which).file_size > LARGEST_PART:
                return None
            with zipped.open(which) as part:
                return _Parts(names, part.read(LARGEST_PART))
    except UNREADABLE:
        return None


_IS = {"pdf": _is_pdf, "docx": _is_word, "odt": _is_open_text, "txt": _is_text}
