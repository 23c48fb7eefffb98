"""What is wrong with a list of items, in the person's words. Pure."""

from collections.abc import Iterator
from datetime import date

from decisions.wizard.answers import StepAnswers
from decisions.wizard.items.listed import DATE, MOST, NOT_KNOWN, Item, listed
from guidance.rulebook.schema import ItemList
from infoshare.typed_text import is_blank

EARLIEST = date(1900, 1, 1)
CHOICES = ("kind", "hand", "checked")
TOO_MANY = (
    f"You can list at most {MOST} items. Put what belongs together into one item, or remove some."
)


class NotADay(ValueError):
    """The three texts are no day that an item can have; says why."""


def faults(words: ItemList, given: StepAnswers, today: date | None = None) -> dict[str, str]:
    """What must be put right before the list counts: `{field: message}`, empty when nothing.

    Without `today` a day to come is not noticed.
    """
    items = listed(given)
    found = {key: message for item in items for key, message in _item(words, item, today)}
    if len(items) > MOST:
        found[NOT_KNOWN] = TOO_MANY
    return found


def day_of(item: Item, today: date | None = None) -> date | None:
    """The item's day; None when none was given. Raises `NotADay`."""
    day, month, year = (item.said[part].strip() for part in DATE)
    if not (day or month or year):
        return None
    if not (day and month and year):
        raise NotADay("the date needs a day, a month and a year")
    if not all(text.isascii() and text.isdigit() for text in (day, month, year)):
        raise NotADay("write the date in numbers, for example 27 3 2026")
    if len(year) != 4:
        raise NotADay("write the year with four digits")
    try:
        found = date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        raise NotADay("enter a real date, for example 27 3 2026") from None
    if found < EARLIEST:
        raise NotADay("the date cannot be before 1900")
    if today is not None and found > today:
        raise NotADay("the date is in the future")
    return found


def _item(words: ItemList, item: Item, today: date | None) -> Iterator[tuple[str, str]]:
    if is_blank(item.said["what"]):
        yield f"{item.id}-what", f"Item {item.place}: write what it says, or remove the item"
    for part in CHOICES:
        field, value = words.fields.get(part), item.said[part]
        if value and field and value not in {choice.id for choice in field.choices}:
            yield f"{item.id}-{part}", f"Item {item.place}: choose one of the answers, or none"
    try:
        day_of(item, today)
    except NotADay as problem:
        yield f"{item.id}-{DATE[0]}", f"Item {item.place}: {problem}"
