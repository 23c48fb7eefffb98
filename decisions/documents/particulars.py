"""Particulars that a record may hold: items, golden rules, changed answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Listed:
    """One item that was listed."""

    number: int
    what: str
    facts: str  # kind, hand, whose, day, checked; may be ""
    reveals: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """One golden rule with what spoke to it."""

    number: int
    title: str
    spoke: str  # "" when nothing did
    note: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that was changed on the way."""

    title: str
    before: str
    after: str
    when: str


def listed(item: Mapping[str, Any]) -> Listed:
    """An item of a record's section on sharing."""
    said = [item["kind"], item["hand"], item["checked"]]
    if item["whose"]:
        said.append(f"Said or seen by: {item['whose']}")
    if item["date"]:
        said.append(f"Dated {item['date']}")
    return Listed(
        number=item["number"],
        what=item["what"],
        facts=". ".join(filter(None, said)),
        reveals=item["reveals"],
        shared=item["shared"],
    )


def checked(rule: Mapping[str, Any]) -> Checked:
    """A golden rule of a record's section on the decision."""
    spoke = "; ".join(_spoke(one["label"], one["text"]) for one in rule["spoke"])
    return Checked(rule["number"], rule["title"], spoke, rule["note"])


def _spoke(label: str, text: str) -> str:
    if not text:
        return f"{label}, in the practitioner’s own words"
    return f"{label} {text}" if label.endswith("?") else f"{label}: {text}"


def changed(entry: Mapping[str, Any], when: str) -> Changed:
    """An entry of a record's section on changed answers, with its moment in words."""
    return Changed(
        title=entry["title"],
        before=entry["from_label"],
        after=entry["to_label"],
        when=when,
    )
