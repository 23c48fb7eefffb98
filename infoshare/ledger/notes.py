"""Checkpoints as C2SP signed notes with Ed25519 (docs/ledger-format.md, section 6).

Pure: text and keys in, text out. The forms are those of <https://c2sp.org/signed-note> and
<https://c2sp.org/tlog-checkpoint>; a signing key is written like a verifier key, with
`PRIVATE+KEY+` in front, as other programs for signed notes do.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
PRIVATE = "PRIVATE+KEY+"
SIGNED_BY = "— "
NAME = re.compile(r"[^\s+]{1,100}")
ROOT_BYTES = KEY_BYTES = 32


class NoteError(ValueError):
    """A note or a key that is not what it should be; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a ledger was: its name, the number of its leaves and the root over them."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key. `str()` is the line that a verifier is given."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    def holds(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The private half of a key. `str()` never shows it; `secret_line` is what its file holds."""

    name: str
    _private: Ed25519PrivateKey

    @cached_property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._private.public_key().public_bytes_raw())

    @property
    def secret_line(self) -> str:
        """The key in one line, to be kept secret."""
        seed = _base64(ED25519 + self._private.private_bytes_raw())
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{seed}"

    def signature_line(self, text: str) -> str:
        """The line that says that this key signed the text."""
        signed = self.verifier.id + self._private.sign(text.encode())
        return f"{SIGNED_BY}{self.name} {_base64(signed)}\n"

    def __str__(self) -> str:
        return f"signing key {self.verifier.id.hex()} of {self.name}"

    __repr__ = __str__


def new_key(name: str) -> SigningKey:
    """A new signing key of this name; raises `NoteError` for a name with spaces or a plus."""
    if not NAME.fullmatch(name):
        raise NoteError(
            f"{name!r} cannot name a key: no spaces and no plus, at most 100 characters"
        )
    return SigningKey(name, Ed25519PrivateKey.generate())


def read_signing_key(line: str) -> SigningKey:
    """The key of a `secret_line`; raises `NoteError`, which never holds any part of it."""
    if not line.startswith(PRIVATE):
        raise NoteError("this is not a signing key")
    name, key_id, seed = _parts(line.removeprefix(PRIVATE).strip())
    key = SigningKey(name, Ed25519PrivateKey.from_private_bytes(seed))
    if key.verifier.id != key_id:
        raise NoteError("this signing key is damaged: its id is not that of the key")
    return key


def read_verifier_key(line: str) -> VerifierKey:
    """The key of a verifier key's line; raises `NoteError`."""
    name, key_id, public = _parts(line.strip())
    key = VerifierKey(name, public)
    if key.id != key_id:
        raise NoteError("this verifier key is damaged: its id is not that of the key")
    return key


def sign(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> str:
    """The note of this checkpoint with a signature of each key; raises `NoteError` without one."""
    if not keys or any(key.name != checkpoint.origin for key in keys):
        raise NoteError(f"a checkpoint of {checkpoint.origin} needs a key of that name")
    text = f"{checkpoint.origin}\n{checkpoint.size}\n{_base64(checkpoint.root)}\n"
    return text + "\n" + "".join(key.signature_line(text) for key in keys)


def read(note: str, trusted: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint of a note that a trusted key signed.

    Raises `NoteError` when it has another form, when none of these keys signed it, or when the
    signature of one that is said to have signed it does not hold.
    """
    text, between, signatures = note.rpartition("\n\n")
    text += "\n"
    if not between or not signatures.endswith("\n"):
        raise NoteError("this is not a signed note")
    signed = 0
    for line in signatures.removesuffix("\n").split("\n"):
        for key, signature in _signatures(line, trusted):
            if not key.holds(text, signature):
                raise NoteError(f"the signature of key {key.id.hex()} does not hold")
            signed += 1
    if not signed:
        raise NoteError("no key that is trusted here signed this note")
    return _checkpoint(text)


def _signatures(line: str, trusted: Sequence[VerifierKey]) -> list[tuple[VerifierKey, bytes]]:
    name, _, encoded = line.removeprefix(SIGNED_BY).rpartition(" ")
    if not line.startswith(SIGNED_BY) or not NAME.fullmatch(name):
        raise NoteError("a signature line is not of the form of a signed note")
    found = _bytes(encoded)
    return [(key, found[4:]) for key in trusted if (key.name, key.id) == (name, found[:4])]


def _checkpoint(text: str) -> Checkpoint:
    origin, size, root = (*text.split("\n"), "", "", "")[:3]
    if not NAME.fullmatch(origin) or not re.fullmatch(r"0|[1-9][0-9]{0,15}", size):
        raise NoteError("a signed note that is not a checkpoint")
    if len(found := _bytes(root)) != ROOT_BYTES:
        raise NoteError("the root of this checkpoint is not 32 bytes")
    return Checkpoint(origin, int(size), found)


def _parts(line: str) -> tuple[str, bytes, bytes]:
    """Name, key id and 32 bytes of key of a key's line."""
    found = line.split("+", 2)
    if len(found) != 3 or not NAME.fullmatch(found[0]) or not re.fullmatch("[0-9a-f]{8}", found[1]):
        raise NoteError("a key is one line: name+id+key")
    key = _bytes(found[2])
    if len(key) != 1 + KEY_BYTES or key[:1] != ED25519:
        raise NoteError("a key that is not of the kind Ed25519")
    return found[0], bytes.fromhex(found[1]), key[1:]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("something that should be base64 is not") from None
