"""From an edition's tables to the details behind an answer, and the words of a step's fields."""

from guidance.rulebook.conditions import read_condition
from guidance.rulebook.schema import Choice, Detail, Instead, Words
from guidance.rulebook.tables import Table, read_each

KINDS = ("line", "text", "choice", "date", "past-date")
# What the fields are called that the wizard itself needs. A step's words name them.
GATE_FIELDS = ("answer", "reason")
STEP_FIELDS = {
    "about": ("case_reference", "agreement"),
    "right-way": ("what", "recipient", "method", "told", "told_reason"),
    "record": ("decision", "items", "reason"),
}


def read_details(table: Table, step: str = "") -> tuple[Detail, ...]:
    """The details of a gate, or of a step; () when it has none."""
    taken = STEP_FIELDS[step] if step else GATE_FIELDS
    if not table.has("detail"):
        return ()
    return read_each(table, "detail", lambda one: _detail(one, taken, step), lambda one: one.id)


def read_words(table: Table) -> tuple[Words, ...]:
    """The words of a step's own fields; () when it has none."""
    if not table.has("field"):
        return ()
    return read_each(table, "field", _words, lambda one: one.id)


def _detail(table: Table, taken: tuple[str, ...], step: str) -> Detail:
    kind, name = table.word("kind", KINDS), table.identity()
    if name in taken:
        whose = "the step" if step else "the question"
        raise table.error("id", f"{name!r} is taken; {whose} itself has a field of this name")
    is_choice = kind == "choice"
    detail = Detail(
        id=name,
        label=table.text("label"),
        hint=table.text("hint", empty=True) if table.has("hint") else "",
        kind=kind,
        choices=read_each(table, "choice", read_choice, lambda one: one.id) if is_choice else (),
        show_when=table.texts("show_when") if table.has("show_when") else (),
        required_when=table.texts("required_when") if table.has("required_when") else (),
        of=table.text("of") if step and table.has("of") else "" if step else "answer",
    )
    if step and not detail.of and (detail.show_when or detail.required_when):
        raise table.error("of", "is missing: name the field whose values show this")
    return detail


def read_choice(table: Table) -> Choice:
    """One value of a choice."""
    hint = table.text("hint", empty=True) if table.has("hint") else ""
    leads_to = table.text("leads_to") if table.has("leads_to") else ""
    return Choice(id=table.identity(), label=table.text("label"), hint=hint, leads_to=leads_to)


def _words(table: Table) -> Words:
    every = {name for fields in STEP_FIELDS.values() for name in fields}
    return Words(
        id=table.word("id", sorted(every)),
        label=table.text("label"),
        hint=table.text("hint", empty=True),
        instead=_instead(table.table("instead")) if table.has("instead") else None,
    )


def _instead(table: Table) -> Instead:
    instead = Instead(
        when=read_condition(table.table("when")),
        label=table.text("label"),
        hint=table.text("hint", empty=True),
        needed=table.text("needed") if table.has("needed") else "",
    )
    table.close()
    return instead
