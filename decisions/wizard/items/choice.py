"""Which of the listed items are shared: all, none, or those that were chosen. Pure."""

from typing import TYPE_CHECKING, Any

from decisions.wizard.answers import DECIDE, ITEMS, RIGHT_WAY, SHARING, StepAnswers, text
from decisions.wizard.dates import readable_date
from decisions.wizard.items.listed import NOT_KNOWN, Item, in_words, listed
from decisions.wizard.items.rules import faults
from guidance.rulebook.schema import ItemList, Outcome
from infoshare.typed_text import is_blank

if TYPE_CHECKING:
    from decisions.wizard.journey import Journey

FIELD = "items"  # of the step `decide`: the chosen items' numbers, with spaces between


def may_list_items(journey: "Journey") -> bool:
    """Whether the page of items can be opened: something may be shared, and the edition asks."""
    return _are_asked(journey) and journey.is_reachable(RIGHT_WAY)


def items_of(journey: "Journey") -> tuple[Item, ...]:
    """The items listed in this draft, where they are asked for."""
    return listed(journey.answers.get(ITEMS, {})) if _are_asked(journey) else ()


def _are_asked(journey: "Journey") -> bool:
    """Never in an urgent case: what protects goes at once. Its follow-up carries the list."""
    return journey.edition.items is not None and not journey.is_urgent


def missing_choice(journey: "Journey", given: StepAnswers) -> dict[str, str]:
    """What the decision lacks about items: `{"items": message}`, empty when nothing."""
    items, words = items_of(journey), journey.edition.items
    decision = given.get("decision", "")
    if words is None or not items or decision not in SHARING:
        return {}
    wrong = faults(words, journey.answers[ITEMS])
    if wrong:
        return {FIELD: f"The list of items is not ready. {next(iter(wrong.values()))}"}
    if decision != Outcome.SHARE_IN_PART:
        return {}
    problem = _problem({item.id for item in items}, set(given.get(FIELD, "").split()))
    return {FIELD: problem} if problem else {}


def shared_items(journey: "Journey") -> tuple[Item, ...]:
    """The items that go out under the decision as it is saved."""
    decision, items = text(journey.answers, DECIDE, "decision"), items_of(journey)
    if decision == Outcome.SHARE:
        return items
    chosen = set(text(journey.answers, DECIDE, FIELD).split())
    part = decision == Outcome.SHARE_IN_PART
    return tuple(item for item in items if part and item.id in chosen)


def chosen_in_words(journey: "Journey", value: str) -> str:
    """A saved choice for reading, for example "items 1 and 3"."""
    numbers = set(value.split())
    known = [item for item in items_of(journey) if item.id in numbers]
    gone = len(numbers) - len(known)
    more = f"{gone} that {'is' if gone == 1 else 'are'} not listed any more" if gone else ""
    return " and ".join(filter(None, [in_words(known), more]))


def sealed_items(journey: "Journey") -> dict[str, Any]:
    """What the record says of items: each one shared or held back; nothing when nothing goes."""
    words = journey.edition.items
    if words is None or text(journey.answers, DECIDE, "decision") not in SHARING:
        return {"items": [], "not_known": ""}
    going = {item.id for item in shared_items(journey)}
    unknown = text(journey.answers, ITEMS, NOT_KNOWN) if _are_asked(journey) else ""
    return {
        "items": [
            {"number": item.place, **item_words(words, item), "shared": item.id in going}
            for item in items_of(journey)
        ],
        "not_known": "" if is_blank(unknown) else unknown,
    }


def item_words(words: ItemList, item: Item) -> dict[str, Any]:
    """An item for reading: its choices by their labels, its day in full."""
    return {
        "what": item.said["what"],
        "kind": label_of(words, "kind", item),
        "hand": label_of(words, "hand", item),
        "whose": "" if is_blank(item.said["whose"]) else item.said["whose"],
        "checked": label_of(words, "checked", item),
        "date": "" if is_blank(item.said["date"]) else readable_date(item.said["date"]),
        "reveals": item.reveals,
    }


def label_of(words: ItemList, part: str, item: Item) -> str:
    """What was chosen for one part of an item, by its label; a text that is no choice as it is."""
    field, value = words.fields.get(part), item.said[part]
    choices = field.choices if field else ()
    return next((choice.label for choice in choices if choice.id == value), value)


def _problem(known: set[str], chosen: set[str]) -> str:
    if chosen - known:
        return "An item that you chose is not in the list any more. Look at the list and choose."
    if len(known) == 1:
        return (
            "Only one item is listed, so there is nothing to choose from. List what you hold "
            "back as an item too, or remove the item."
        )
    if not chosen:
        return "Choose which items you will share"
    if chosen == known:
        return "You chose every item. Untick what you hold back, or decide to share it all."
    return ""
