"""A small ledger made by the format's document, with other means than the verifier's."""

import base64
import hashlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "infoshare.example/ledger"
SEED = bytes(range(32))


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it stands there."""
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return sha(b"\0", leaves[0])
    half = split(len(leaves))
    return sha(b"\1", root(leaves[:half]), root(leaves[half:]))


def split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), root(leaves[half:])]
    return [*path(index - half, leaves[half:]), root(leaves[:half])]


def consistency(size: int, leaves: list[bytes], known: bool = True) -> list[bytes]:
    """RFC 6962, 2.1.2."""
    if size == len(leaves):
        return [] if known else [root(leaves)]
    half = split(len(leaves))
    if size <= half:
        return [*consistency(size, leaves[:half], known), root(leaves[half:])]
    return [*consistency(size - half, leaves[half:], False), root(leaves[:half])]


class Signer:
    """A key that signs checkpoints."""

    def __init__(self, seed: bytes = SEED, name: str = ORIGIN) -> None:
        self.name, self._key = name, Ed25519PrivateKey.from_private_bytes(seed)
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._public = b"\1" + public
        self._id = sha(name.encode(), b"\n", self._public)[:4]

    @property
    def verifier_key(self) -> str:
        return f"{self.name}+{self._id.hex()}+{b64(self._public)}"

    def __deepcopy__(self, memo: object) -> "Signer":
        return self

    def line(self, text: str) -> str:
        return f"\u2014 {self.name} {b64(self._id + self._key.sign(text.encode()))}\n"


class Ledger:
    """Leaves in order, and what is known of the records in it."""

    def __init__(self, *signers: Signer, origin: str = ORIGIN) -> None:
        self.signers = signers or (Signer(),)
        self.origin = origin
        self.leaves: list[bytes] = []
        self.revisions: dict[str, int] = {}
        self.sealed: dict[str, tuple[int, dict[str, Any]]] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}

    def time(self) -> str:
        return f"2026-11-22T09:{len(self.leaves) // 60:02}:{len(self.leaves) % 60:02}.000000Z"

    def enter(self, kind: str, commitment: bytes, record: str | None = None, **other: Any) -> int:
        """One more leaf; gives its place."""
        if record:
            self.revisions[record] = self.revisions.get(record, 0) + 1
        leaf = {
            "actor": None,
            "commitment": commitment.hex(),
            "record": record,
            "revision": self.revisions[record] if record else 0,
            "seq": len(self.leaves),
            "time": self.time(),
            "type": kind,
            "v": 1,
            **other,
        }
        self.leaves.append(rfc8785.dumps(leaf))
        return len(self.leaves) - 1

    def seal(self, contents: dict[str, dict[str, Any]] | None = None) -> str:
        """A sealed record with these sections; gives its id."""
        record = str(uuid.uuid4())
        contents = contents or {"decision": {"decision": "share", "reason": "Ärger 😀"}}
        contents = {"context": {"record": record, "reference": "K7MX-3RQ2-9WTC"}, **contents}
        return self.seal_as(record, contents)

    def seal_as(self, record: str, contents: dict[str, dict[str, Any]]) -> str:
        """The same with the id, and the section `context`, that the contents say."""
        sections = {
            name: {"content": content, "salt": os.urandom(32).hex()}
            for name, content in contents.items()
        }
        self.sealed[record] = self.enter("sealed", commitment(sections), record), sections
        self.events[record] = []
        return record

    def event(self, record: str, kind: str, type_: str = "added-to", **details: Any) -> None:
        """An event about this record."""
        content, salt = self._content(record, kind, details), os.urandom(32)
        index = self.enter(type_, event_commitment(salt, content), record)
        self.events[record].append({"content": content, "salt": salt.hex(), "index": index})

    def viewed(self, records: Iterable[str]) -> None:
        """A batch of events of the kind `viewed`."""
        made = [(one, self._content(one, "viewed", {}), os.urandom(32)) for one in records]
        commitments = [event_commitment(salt, content) for _, content, salt in made]
        index = self.enter("viewed", root(commitments))
        for place, (record, content, salt) in enumerate(made):
            batch = {"index": place, "size": len(made)}
            batch["inclusion"] = [b64(one) for one in path(place, commitments)]
            entry = {"content": content, "salt": salt.hex(), "index": index, "batch": batch}
            self.events[record].append(entry)

    def note(self, size: int | None = None, *, more: str = "") -> str:
        """A checkpoint of the first `size` leaves, signed by every signer."""
        size = len(self.leaves) if size is None else size
        text = f"{self.origin}\n{size}\n{b64(root(self.leaves[:size]))}\n{more}"
        return text + "\n" + "".join(signer.line(text) for signer in self.signers)

    def proof(
        self, record: str, *, earlier: int | None = None, without: Iterable[str] = ()
    ) -> dict[str, Any]:
        """The proof of a record, at the size of today."""
        index, sections = self.sealed[record]
        shown = {
            name: {"withheld": section_hash(name, section).hex()} if name in without else section
            for name, section in sections.items()
        }
        made: dict[str, Any] = {
            "format": "infoshare-proof/1",
            "record": {"format": "infoshare-record/1", "sections": shown},
            "checkpoint": self.note(),
            **self._entry(index),
        }
        if self.events[record]:
            made["events"] = [{**one, **self._entry(one["index"])} for one in self.events[record]]
        if earlier is not None:
            shared = [b64(one) for one in consistency(earlier, self.leaves)] if earlier else []
            made["earlier"] = {"checkpoint": self.note(earlier), "consistency": shared}
        return made

    def export(self, folder: Path, *, sizes: Iterable[int] = (), files: dict[str, bytes]) -> None:
        """Write a whole export; `files` are further ones, by path."""
        made = {
            "ledger.leaves": b"".join(leaf + b"\n" for leaf in self.leaves),
            **{f"checkpoints/{n}": self.note(n).encode() for n in (*sizes, len(self.leaves))},
            **{f"records/{one}.json": rfc8785.dumps(self.proof(one)) for one in self.sealed},
            **files,
        }
        for name, data in made.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        list_files(folder)

    def _entry(self, index: int) -> dict[str, Any]:
        inclusion = [b64(one) for one in path(index, self.leaves)]
        return {"leaf": self.leaves[index].decode(), "index": index, "inclusion": inclusion}

    def _content(self, record: str, kind: str, details: dict[str, Any]) -> dict[str, Any]:
        at = self.time()
        return {"actor": None, "at": at, "details": details, "kind": kind, "record": record}


def list_files(folder: Path) -> None:
    """Write the manifest of a folder."""
    files = {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file() and one.name != "manifest.json"
    }
    manifest = {"files": files, "format": "infoshare-export/1"}
    (folder / "manifest.json").write_bytes(rfc8785.dumps(manifest))


def section_hash(name: str, section: dict[str, Any]) -> bytes:
    if "withheld" in section:
        return bytes.fromhex(section["withheld"])
    body = rfc8785.dumps({"content": section["content"], "name": name})
    return sha(b"infoshare-section/1\0", bytes.fromhex(section["salt"]), body)


def commitment(sections: dict[str, Any]) -> bytes:
    hashes = {name: section_hash(name, one).hex() for name, one in sections.items()}
    return sha(b"infoshare-record/1\0", rfc8785.dumps(hashes))


def event_commitment(salt: bytes, content: dict[str, Any]) -> bytes:
    return sha(b"infoshare-event/1\0", salt, rfc8785.dumps(content))
