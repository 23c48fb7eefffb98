"""The items of a written case: `[[case.item]]`, and `not-known` beside them. Pure."""

from decisions.wizard.answers import ITEMS, Answers
from decisions.wizard.items.listed import NEXT, NOT_KNOWN, PARTS
from guidance.rulebook.schema import Edition
from guidance.rulebook.tables import Table

_IN_WORDS = ("what", "whose")
_NO_DATE = {"date": ""}  # the demo moves with the day on which it is loaded


def read_items(table: Table, edition: Edition) -> Answers:
    """The step `items` as the page would have saved it; {} for a case that lists none."""
    if edition.items is None or not table.has("item"):
        return {}
    given: dict[str, str] = {}
    entries = table.tables("item")
    for number, entry in enumerate(entries, start=1):
        said = {part: _said(entry, part, edition) for part in PARTS if part not in _NO_DATE}
        given |= {f"{number}-{part}": text for part, text in {**said, **_NO_DATE}.items()}
        entry.close()
    given[NOT_KNOWN] = table.text(NOT_KNOWN) if table.has(NOT_KNOWN) else ""
    return {ITEMS: {**given, NEXT: str(len(entries) + 1)}}


def _said(entry: Table, part: str, edition: Edition) -> str:
    if not entry.has(part):
        return ""
    if part == "reveals":
        return "on" if entry.flag(part) else ""
    if part in _IN_WORDS or edition.items is None:
        return " ".join(entry.text(part).split())
    return entry.word(part, [choice.id for choice in edition.items.fields[part].choices])
