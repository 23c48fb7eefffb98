"""Read the whole ledger again, from the stored bytes, and say what is wrong first.

- Leaves: form, places without a gap, time, hashes and nodes; the numbers of each record's leaves.
- What the leaves commit to, from whoever keeps it (`Source`): it is there, and it is the same.
- Trees that somebody kept elsewhere (`Known`): the ledger began like each of them.

Memory is flat: a stretch of leaves at a time, beside one cursor for each source.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, pairwise

from django.db import connection, transaction

from infoshare.ledger import commitments, leaf, lines, merkle, proofs, stretches
from infoshare.ledger.following import Finding, Following, Source
from infoshare.ledger.models import Head

Report = Callable[[int, int], None]
"""Is told how many leaves were read, of how many."""


@dataclass(frozen=True, slots=True)
class Known:
    """A root that the ledger had at a size, as somebody kept it outside the database."""

    size: int
    root: merkle.Hash
    name: str


@dataclass(frozen=True, slots=True)
class Result:
    """How far the ledger was read, its root there, and what is wrong: the first thing in front."""

    size: int
    root: merkle.Hash
    findings: tuple[Finding, ...]


def verify(
    *, sources: Sequence[Source] = (), known: Sequence[Known] = (), report: Report | None = None
) -> Result:
    """What is wrong, by place in the ledger; reading stops at the first leaf that is wrong.

    What has no place (rows without a leaf, the head) comes after. The ledger may grow meanwhile:
    it is read as it was at the start.
    """
    with _as_it_is_now():
        reading = _Reading(sources, sorted(known, key=lambda one: one.size), report)
        findings = [*reading.all(), *chain.from_iterable(one.unplaced() for one in sources)]
    return Result(reading.tree.size, reading.tree.root(), tuple(findings))


@contextmanager
def _as_it_is_now() -> Iterator[None]:
    """One view of the database for everything that is read."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


class _Reading:
    """One reading from the first leaf on."""

    def __init__(
        self, sources: Sequence[Source], known: Sequence[Known], report: Report | None
    ) -> None:
        self.tree = merkle.Growing()
        self.time = b""
        self.known = list(known)
        self.report = report
        self.following = [Following(source) for source in sources]
        self.by_type = {kind: one for one in self.following for kind in one.types}

    def all(self) -> Iterator[Finding]:
        """The first wrong leaf, or else what is wrong about the whole."""
        tip = _tip()
        if tip is None:
            yield Finding(None, "the row of the ledger's head is missing")
            return
        for low, high, held in stretches.ahead(self._bounds(tip.size)):
            found = next(self._stretch(low, high, held), None)
            if found is not None:
                yield found
                return
            if self.report:
                self.report(high, tip.size)
        yield from self._end(tip)

    def _bounds(self, size: int) -> Iterator[tuple[int, int]]:
        """From where to where to read: never past a size of which a root is known."""
        ends = {*range(stretches.STRETCH, size, stretches.STRETCH), size}
        ends |= {one.size for one in self.known if one.size <= size}
        return pairwise(sorted({0, *ends}))

    def _stretch(self, low: int, high: int, held: stretches.Stretch) -> Iterator[Finding]:
        """What is wrong in a stretch, in the order of its leaves."""
        before, time = self.tree.copy(), self.time
        said = lines.read(held.lines)
        if said and self._is_right(held, said, low, high):
            yield from self._contents(low, said.leaves, said.types)
            yield from self._compare(high)
        else:  # Read the same again, slowly, to say what is wrong.
            right, wrong = _first_wrong(low, high, before, time)
            yield from self._contents(low, right.leaves, right.types)
            yield wrong

    def _is_right(self, held: stretches.Stretch, said: lines.Lines, low: int, high: int) -> bool:
        """Whether these leaves are whole and in order; the tree grows by them."""
        times = [self.time, *said.times]
        self.time = said.times[-1]
        return (
            held.count == len(said.leaves) == high - low
            and self.tree.extend(said.leaves) == held.hashes
            and b"\n".join(said.places) == held.places
            and times == sorted(times)  # of one form, so in the order of their letters
            and leaf.TYPES.issuperset(said.types)
        )

    def _contents(
        self, low: int, leaves: Sequence[bytes], types: Sequence[bytes]
    ) -> Iterator[Finding]:
        """What is wrong with what these leaves, from `low` on, commit to."""
        if not self.following:
            return
        for seq, (content, kind) in enumerate(zip(leaves, types, strict=True), start=low):
            for following in self.following:
                if following.next_seq < seq:
                    yield from following.astray()
            if kind in self.by_type:
                yield from self.by_type[kind].check(seq, content)

    def _compare(self, size: int) -> Iterator[Finding]:
        """What differs from a tree that somebody kept, now that the ledger was read to its size."""
        for one in self.known:
            if one.size == size and one.root != self.tree.root():
                sure = max((other.size for other in self.known if other.size < size), default=0)
                yield Finding(sure, f"from here to {size - 1}, not the leaves of {one.name}")

    def _end(self, tip: proofs.Tip) -> Iterator[Finding]:
        for one in self.known:
            if one.size > tip.size:
                yield Finding(tip.size, f"the leaf is missing: {one.name} has {one.size} leaves")
        for following in self.following:
            yield from following.astray()
        if tip.size and commitments.utc(tip.time).encode() != self.time:
            yield Finding(None, "the head has another time than the newest leaf")
        yield from _around(tip.size)


def _tip() -> proofs.Tip | None:
    try:
        return proofs.tip()
    except Head.DoesNotExist:
        return None


def _first_wrong(
    low: int, high: int, tree: merkle.Growing, time: bytes
) -> tuple[lines.Lines, Finding]:
    """The leaves of the stretch in front of the first that is wrong, and what is wrong with it."""
    right = lines.Lines([], [], [], [])
    held = stretches.rows(low, high)
    for seq in range(low, high):
        row = next(held, None)
        if row is None or row.seq != seq:
            return right, Finding(seq, "the leaf is missing")
        said = _one(row.leaf)
        if said is None:
            return right, Finding(seq, "its bytes are no leaf")
        wrong = _wrong(row, said, b"".join(tree.add(row.leaf)), time)
        if wrong:
            return right, Finding(seq, wrong)
        right.leaves.append(row.leaf)
        right.types.extend(said.types)
        time = said.times[0]
    return right, Finding(low, "the leaves changed while they were read")


def _one(content: bytes) -> lines.Lines | None:
    try:
        leaf.read(content)
    except ValueError:
        return None
    return lines.read(content)


def _wrong(row: stretches.Row, said: lines.Lines, hashes: bytes, time: bytes) -> str | None:
    place = leaf.read(row.leaf).seq
    if place != row.seq:
        return f"its bytes are those of leaf {place}"
    if row.hashes != hashes:
        which = "leaf" if row.hashes[:32] != hashes[:32] else "nodes"
        return f"its bytes do not give the stored hash of the {which}"
    if said.places != [row.place.encode()]:
        return "the columns record and revision are not what its bytes say"
    if said.times[0] < time:
        return "its time is before that of the leaf in front"
    if said.types[0] not in leaf.TYPES:
        return f"InfoShare writes no leaf of the type {said.types[0].decode()}"
    return None


def _around(size: int) -> Iterator[Finding]:
    """What is wrong about the leaves as a whole, when each by itself is right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(seq) FROM public.ledger_leaf WHERE seq < 0 OR seq >= %s", [size])
        (beyond,) = cursor.fetchone()
        if beyond is not None:
            yield Finding(beyond, f"it stands outside the ledger, whose head says {size} leaves")
        cursor.execute(
            "SELECT record, seq FROM public.ledger_leaf AS leaf"
            " WHERE record IS NOT NULL AND revision <> 1 AND NOT EXISTS ("
            " SELECT FROM public.ledger_leaf AS before WHERE before.record = leaf.record"
            " AND before.revision = leaf.revision - 1 AND before.seq < leaf.seq)"
            " ORDER BY seq LIMIT 1"
        )
        for record, seq in cursor.fetchall():
            yield Finding(seq, f"the leaves about record {record} are not numbered in order")
