"""What leaves commit to, followed leaf by leaf beside the ledger."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from infoshare.ledger import commitments, leaf


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: at which place in the ledger, None when it has none, and what."""

    seq: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.seq is None else f"leaf {self.seq}: {self.what}"


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of something that a leaf commits to, hashed again from the stored bytes."""

    seq: int
    place: int  # in a batch; else 0
    name: str  # for people: "event 12 (shared)"
    commitment: str  # "" when it cannot be made from what is stored
    wrong: str | None = None  # what does not agree within the stored rows themselves
    record: UUID | None = None
    actor: UUID | None = None  # a pseudonym; None when InfoShare did it or nobody knows any more
    at: datetime | None = None


class Source(Protocol):
    """Somebody who keeps what leaves of some types commit to."""

    types: frozenset[leaf.Type]

    def held(self) -> Iterator[Held]:
        """Everything that is kept, in the order of leaf and place. Memory is to stay flat."""

    def unplaced(self) -> Iterator[Finding]:
        """What is kept and ought to have a leaf, but has none."""


class Following:
    """A source, read on beside the leaves."""

    def __init__(self, source: Source) -> None:
        self.types = frozenset(kind.value.encode() for kind in source.types)
        self._held = source.held()
        self._go_on()

    def _go_on(self) -> None:
        self._next = next(self._held, None)
        self.next_seq = math.inf if self._next is None else self._next.seq

    def astray(self) -> Iterator[Finding]:
        """That the next thing it holds names a leaf which does not commit to it."""
        if self._next is not None:
            what = f"it does not commit to {self._next.name}, whose leaf it is said to be"
            yield Finding(self._next.seq, what)

    def check(self, seq: int, content: bytes) -> Iterator[Finding]:
        """What is wrong with what this leaf commits to."""
        try:
            said = leaf.read(content)
        except ValueError:
            yield Finding(seq, "its bytes are no leaf")
            return
        mine: list[Held] = []
        while self._next is not None and self._next.seq == said.seq:
            mine.append(self._next)
            self._go_on()
        yield from _wrong(said, mine)


def _wrong(said: leaf.Leaf, mine: list[Held]) -> Iterator[Finding]:
    if not mine:
        yield Finding(said.seq, f"what it commits to ({said.type}) is not there any more")
        return
    for one in mine:
        wrong = one.wrong or _differs(said, one)
        if wrong:
            yield Finding(said.seq, f"{one.name}: {wrong}")
    if said.type == leaf.Type.VIEWED:
        whole = [one.place for one in mine] == list(range(len(mine)))
        found = commitments.of_batch(one.commitment for one in mine) if whole else ""
    else:
        found = mine[0].commitment if len(mine) == 1 and mine[0].place == 0 else ""
    if found != said.commitment:
        names = mine[0].name if len(mine) == 1 else f"{mine[0].name} and {len(mine) - 1} more"
        yield Finding(said.seq, f"{names}: not what the leaf commits to")


def _differs(said: leaf.Leaf, one: Held) -> str | None:
    if said.type != leaf.Type.VIEWED:
        if one.record != said.record:
            return "the leaf is about another record"
        if one.actor is not None and one.actor != said.actor:
            return "the leaf names another actor"
    if one.at is not None and one.at > said.time:
        return "it happened after its leaf was entered"
    return None
