"""What proves a leaf: read from a few rows, whatever the size of the ledger."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from infoshare.binary_rows import binary_rows, number
from infoshare.ledger import merkle
from infoshare.ledger.models import Head, Leaf

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tip:
    """How far the ledger has come."""

    size: int
    time: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """A leaf: its place, its exact bytes, and what leads from it to a root."""

    seq: int
    leaf: bytes
    inclusion: list[merkle.Hash]


def tip() -> Tip:
    """How many leaves there are, and the time of the newest."""
    return Tip(*Head.objects.values_list("size", "time").get())


def leaf_of(record: UUID, revision: int = 1) -> tuple[int, bytes] | None:
    """Place and bytes of this leaf about a record (1 is its seal); None when there is none."""
    found = Leaf.objects.filter(record=record, revision=revision)
    row = found.values_list("seq", "leaf").first()
    return (row[0], bytes(row[1])) if row else None


def root(size: int) -> merkle.Hash:
    """The root over the first `size` leaves."""
    return _read(lambda node: merkle.root(size, node))


def inclusion_proof(index: int, size: int) -> list[merkle.Hash]:
    """What leads from leaf `index` to the root at `size`; `ValueError` when there is no such."""
    return _read(lambda node: merkle.inclusion_proof(index, size, node))


def placed(seqs: Iterable[int], size: int) -> dict[int, Placed]:
    """These leaves with their proofs at `size`, however many, in two statements.

    A `KeyError` for a leaf that there is not, a `ValueError` for one that `size` does not cover.
    """
    wanted = sorted(set(seqs))
    leaves = _copied(wanted, "leaf")
    ways = merkle.ways(wanted, size)
    paths = _read(lambda node: merkle.along(ways, node), _copied)
    return {seq: Placed(seq, leaves[seq], paths[seq]) for seq in wanted}


def consistency_proof(first: int, second: int) -> list[merkle.Hash]:
    """What shows that the ledger of size `second` began as that of `first`."""
    return _read(lambda node: merkle.consistency_proof(first, second, node))


def _few(seqs: Collection[int], column: str) -> dict[int, bytes]:
    rows = Leaf.objects.filter(seq__in=seqs).values_list("seq", column)
    return {seq: bytes(held) for seq, held in rows}


def _copied(seqs: Collection[int], column: str) -> dict[int, bytes]:
    """The same of thousands, in half the time."""
    rows = binary_rows(Leaf.objects.filter(seq__in=seqs).values_list("seq", column))
    return {number(seq): held for seq, held in rows}


def _read(
    make: Callable[[merkle.Node], T],
    held: Callable[[Collection[int], str], dict[int, bytes]] = _few,
) -> T:
    """What `make` makes: first to learn which nodes it needs, then with these, read at once.

    A node that is not there is a `KeyError`: the ledger is shorter than was asked for.
    """
    wanted: set[tuple[int, int]] = set()

    def note(level: int, index: int) -> merkle.Hash:
        wanted.add((level, index))
        return b""

    make(note)
    rows = {_row(*one) for one in wanted}
    hashes = held(rows, "hashes")
    return make(lambda level, index: _node(hashes[_row(level, index)], level))


def _row(level: int, index: int) -> int:
    return ((index + 1) << level) - 1


def _node(hashes: bytes, level: int) -> merkle.Hash:
    return hashes[32 * level : 32 * level + 32]
