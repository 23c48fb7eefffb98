"""The items of a draft, one by one, as its step `items` keeps them. Pure.

The step holds `{"ID-PART": text}` for each item, `not-known` for all of them together, and
`next`: the number that the next new item gets. A number is never given twice, so that what was
chosen by number means the same item for ever, whatever was removed in between.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from decisions.wizard.answers import StepAnswers

MOST = 20
PARTS = ("what", "kind", "hand", "whose", "checked", "date", "reveals")
NOT_KNOWN = "not-known"
NEXT = "next"
_KEY = re.compile(rf"([1-9][0-9]{{0,8}})-({'|'.join(PARTS)})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number for ever, its place in the list from 1, and what is said of it."""

    id: str
    place: int
    said: Mapping[str, str]

    @property
    def reveals(self) -> bool:
        """Whether it could show where somebody who is at risk is, or who they are."""
        return bool(self.said["reveals"])


def listed(given: StepAnswers) -> tuple[Item, ...]:
    """The items of which anything is said, in the order in which they were added."""
    said = {number: _parts(given, number) for number in _numbers(given)}
    written = [(number, parts) for number, parts in said.items() if any(parts.values())]
    return tuple(
        Item(str(number), place, parts) for place, (number, parts) in enumerate(written, start=1)
    )


def fresh(held: StepAnswers) -> str:
    """The number that the next new item gets."""
    counted = held.get(NEXT, "")
    after = max(_numbers(held), default=0) + 1
    return str(max(int(counted) if counted.isdecimal() else 1, after))


def kept(sent: StepAnswers, held: StepAnswers) -> dict[str, str]:
    """What to save of a page that was sent, when this is what the draft holds now.

    An item that the draft does not hold gets a number that nothing ever had. Items of which
    nothing is said are left out.
    """
    ours = {item.id for item in listed(held)}
    number, content = int(fresh(held)), dict[str, str]()
    for item in listed(sent):
        own = item.id
        if own not in ours:
            own, number = str(number), number + 1
        content |= {f"{own}-{part}": text for part, text in item.said.items()}
    content[NOT_KNOWN] = sent.get(NOT_KNOWN, "")
    return {**content, NEXT: str(number)} if any(content.values()) or number > 1 else {}


def without(given: StepAnswers, item_id: str) -> dict[str, str]:
    """The same without one item; nothing else moves."""
    return {key: text for key, text in given.items() if not key.startswith(f"{item_id}-")}


def joined(saved: StepAnswers, typed: StepAnswers) -> dict[str, str]:
    """Both lists: what is saved, then every typed item that it does not hold word for word."""
    held = [item.said for item in listed(saved)]
    number, content = int(fresh(saved)), dict(saved)
    for item in listed(typed):
        if item.said not in held:
            content |= {f"{number}-{part}": text for part, text in item.said.items()}
            number += 1
    texts = dict.fromkeys(filter(None, (one.get(NOT_KNOWN, "") for one in (saved, typed))))
    return {**content, NOT_KNOWN: "\n\n".join(texts)}


def in_words(items: Iterable[Item]) -> str:
    """For example "items 1 and 3", by their places."""
    places = [str(item.place) for item in items]
    if not places:
        return ""
    *first, last = places
    return f"items {', '.join(first)} and {last}" if first else f"item {last}"


def _numbers(given: StepAnswers) -> list[int]:
    return sorted({int(match[1]) for key in given if (match := _KEY.fullmatch(key))})


def _parts(given: StepAnswers, number: int) -> dict[str, str]:
    return {part: given.get(f"{number}-{part}", "") for part in PARTS}
