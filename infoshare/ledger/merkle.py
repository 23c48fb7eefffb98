"""The Merkle tree of RFC 6962, section 2.1. Pure.

A tree is known by its **nodes**: the hashes of its perfect subtrees. `(level, index)` names the
one over the leaves from `index * 2**level` on, `2**level` of them; level 0 is the leaf hashes.
Leaf number `seq` completes `(0, seq)`, and one more node for each one-bit at the end of `seq`.
Everything that follows from a tree, at any earlier size too, follows from such nodes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

Hash = bytes
Node = Callable[[int, int], Hash]
"""Gives the hash of the node (level, index)."""
Part = tuple[int, int]
"""Leaves that have a common node, or would have: the first, and the one behind the last."""

EMPTY = sha256(b"").digest()
LEAF, INNER = b"\x00", b"\x01"


def leaf_hash(leaf: bytes) -> Hash:
    """The hash of one entry."""
    return sha256(LEAF + leaf).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """The hash over two subtrees."""
    return sha256(INNER + left + right).digest()


class Growing:
    """A tree that entries are added to, in order. It keeps one hash for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[Hash] = []

    def add(self, leaf: bytes) -> list[Hash]:
        """The nodes that this entry completes: its own hash first, then upwards."""
        node = leaf_hash(leaf)
        completed, number = [node], self.size
        while number & 1:
            node = node_hash(self._peaks.pop(), node)
            completed.append(node)
            number >>= 1
        self._peaks.append(node)
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes]) -> bytes:
        """The nodes that these entries complete, one after the other, as `add` gives them.

        It says the same as `add`, in a fifth of the time: a ledger is read whole to check it.
        """
        peaks, size, completed = self._peaks, self.size, []
        for leaf in leaves:
            node = sha256(b"\x00" + leaf).digest()
            completed.append(node)
            number = size
            while number & 1:
                node = sha256(b"\x01" + peaks.pop() + node).digest()
                completed.append(node)
                number >>= 1
            peaks.append(node)
            size += 1
        self.size = size
        return b"".join(completed)

    def copy(self) -> "Growing":
        """The same tree, to be grown on its own."""
        other = Growing()
        other.size, other._peaks = self.size, self._peaks.copy()
        return other

    def root(self) -> Hash:
        """The root over all entries so far."""
        if not self._peaks:
            return EMPTY
        *lefts, right = self._peaks
        for left in reversed(lefts):
            right = node_hash(left, right)
        return right


def root_of(leaves: Iterable[bytes]) -> Hash:
    """The root over these entries."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def root(size: int, node: Node) -> Hash:
    """The root over the first `size` leaves."""
    return _subtree(0, size, node) if size else EMPTY


def inclusion_proof(index: int, size: int, node: Node) -> list[Hash]:
    """What leads from leaf `index` to the root at `size`; `ValueError` when there is no such."""
    return [_subtree(low, high, node) for low, high in _beside(index, size)]


def ways(indexes: Iterable[int], size: int) -> dict[int, list[Part]]:
    """For each of these leaves the parts of the tree that its inclusion proof has the hashes of."""
    return {index: _beside(index, size) for index in indexes}


def along(ways: Mapping[int, Sequence[Part]], node: Node) -> dict[int, list[Hash]]:
    """The inclusion proof of each leaf; a part that several need is worked out once."""
    needed = {part for parts in ways.values() for part in parts}
    known = {part: _subtree(*part, node) for part in needed}
    return {index: [known[part] for part in parts] for index, parts in ways.items()}


def _beside(index: int, size: int) -> list[Part]:
    """The parts beside the way from the leaf up to the root."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    parts: list[Part] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            parts.append((middle, high))
            high = middle
        else:
            parts.append((low, middle))
            low = middle
    return parts[::-1]


def consistency_proof(first: int, second: int, node: Node) -> list[Hash]:
    """What shows that the tree of size `second` began as that of `first`.

    `ValueError` when `first` is greater.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {first} cannot grow into one of {second}")
    if first in (0, second):
        return []
    proof: list[Hash] = []
    low, high = 0, second
    while high != first:
        middle = low + _split(high - low)
        if first <= middle:
            proof.append(_subtree(middle, high, node))
            high = middle
        else:
            proof.append(_subtree(low, middle, node))
            low = middle
    # A verifier knows the whole earlier tree already, but no part of it.
    if low:
        proof.append(_subtree(low, high, node))
    return proof[::-1]


def includes(index: int, size: int, leaf: Hash, proof: Sequence[Hash], root: Hash) -> bool:
    """Whether the proof leads from this leaf hash at `index` to the root at `size`."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(step, found)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, step)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


def consistent(first: int, second: int, before: Hash, after: Hash, proof: Sequence[Hash]) -> bool:
    """Whether the proof shows the tree of `second` leaves to begin as that of `first`."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and before == after
    if first == 0:
        return not proof and before == EMPTY
    steps = [before, *proof] if first & (first - 1) == 0 else list(proof)
    if not steps:
        return False
    number, last = first - 1, second - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            new = node_hash(new, step)
        number, last = number >> 1, last >> 1
    return last == 0 and old == before and new == after


def _split(width: int) -> int:
    """The greatest power of two below the width."""
    return 1 << (width - 1).bit_length() - 1


def _subtree(low: int, high: int, node: Node) -> Hash:
    """The hash over leaves `low` to `high`, which begin where a subtree of that width may."""
    width = high - low
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return node(level, low >> level)
    middle = low + _split(width)
    return node_hash(_subtree(low, middle, node), _subtree(middle, high, node))
