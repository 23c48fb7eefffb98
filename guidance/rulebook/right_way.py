"""What an edition says of the right information and the right way: items, methods. Pure.

Both are tables of `questions.toml` that older stored editions do not have.
"""

from guidance.rulebook.details import read_choice
from guidance.rulebook.schema import ItemField, Method
from guidance.rulebook.tables import Table, read_each

# What can be said of an item, and how it is asked. The ids are fixed: drafts are kept by them.
ITEM_FIELDS = {
    "what": "text",
    "kind": "choice",
    "hand": "choice",
    "whose": "line",
    "date": "date",
    "checked": "choice",
    "reveals": "flag",
    "not-known": "text",  # of all items together
}


def read_item_field(table: Table) -> ItemField:
    """One `[[items.field]]`; raises `EditionError` for an id that nothing is kept by."""
    name = table.word("id", ITEM_FIELDS)
    is_choice = ITEM_FIELDS[name] == "choice"
    return ItemField(
        id=name,
        label=table.text("label"),
        hint=table.text("hint", empty=True) if table.has("hint") else "",
        choices=read_each(table, "choice", read_choice, lambda one: one.id) if is_choice else (),
    )


def read_method(table: Table) -> Method:
    """One `[[method]]`."""
    return Method(
        id=table.identity(),
        label=table.text("label"),
        safe=table.text("safe"),
        sources=table.texts("sources", least=1),
    )
