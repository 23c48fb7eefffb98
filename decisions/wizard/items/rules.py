"""What is wrong with a list of items, in the person's words. Pure."""

from collections.abc import Iterator

from decisions.wizard.answers import StepAnswers
from decisions.wizard.dates import date_fault
from decisions.wizard.items.listed import MOST, NOT_KNOWN, Item, listed
from guidance.rulebook.schema import ItemList
from infoshare import clock
from infoshare.typed_text import is_blank

CHOICES = ("kind", "hand", "checked")
TOO_MANY = (
    f"You can list at most {MOST} items. Put what belongs together into one item, or remove some."
)


def faults(words: ItemList, given: StepAnswers) -> dict[str, str]:
    """What must be put right before the list counts: `{field: message}`, empty when nothing."""
    items = listed(given)
    found = {
        f"{item.id}-{part}": f"Item {item.place}: {message}"
        for item in items
        for part, message in _item(words, item)
    }
    if len(items) > MOST:
        found[NOT_KNOWN] = TOO_MANY
    return found


def _item(words: ItemList, item: Item) -> Iterator[tuple[str, str]]:
    if is_blank(item.said["what"]):
        yield "what", "write what it says, or remove the item"
    for part in CHOICES:
        field, value = words.fields.get(part), item.said[part]
        if value and field and value not in {choice.id for choice in field.choices}:
            yield part, "choose one of the answers, or none"
    day = item.said["date"]
    if not is_blank(day) and (fault := date_fault(day, today=clock.today(), past=True)):
        yield "date", f"{fault[0].lower()}{fault[1:]}"
