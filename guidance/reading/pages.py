"""From one Markdown file to a page. Strict: whatever is not understood is refused."""

import re
from types import MappingProxyType

from guidance.reading.front_matter import placed, read_head, split
from guidance.reading.schema import Case, LibraryError, Page, Reading
from guidance.reading.sections import CASES
from guidance.rulebook.loader import OUTCOMES
from guidance.rulebook.schema import EditionError
from guidance.rulebook.tables import Table

NAME = re.compile(r"[0-9]{2}-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")


def read_page(file: str, content: bytes) -> Page:
    """The page in a file such as `law/01-human-rights.md`; raises `LibraryError`."""
    section, _, name = file.partition("/")
    named = NAME.fullmatch(name)
    if not named:
        raise LibraryError(file, 1, "must be named as 01-a-few-words.md")
    head, text, first_line = split(file, content)
    table = read_head(file, head)
    try:
        page = _page(table, section, named[1], file, text, first_line)
        table.close()
    except EditionError as error:
        raise placed(file, head, error) from None
    if not text.strip():
        raise LibraryError(file, first_line, "says nothing below its head")
    return page


def _page(table: Table, section: str, slug: str, file: str, text: str, first_line: int) -> Page:
    page = Page(
        section=section,
        slug=slug,
        file=file,
        title=table.text("title"),
        summary=table.text("summary"),
        checked=table.day("checked"),
        sources=table.texts("sources", least=1),
        about=table.texts("about") if table.has("about") else (),
        text=text,
        first_line=first_line,
    )
    return _case(table, page) if section == CASES else page


def _case(table: Table, page: Page) -> Case:
    if not table.flag("invented"):
        raise table.error("invented", "must be true: every case here is invented")
    given = {name: getattr(page, name) for name in Page.__dataclass_fields__}
    readings = tuple(_reading(one) for one in table.tables("reading"))
    if not readings:
        raise table.error("reading", "is empty: it needs at least one entry")
    return Case(**given, readings=readings)


def _reading(table: Table) -> Reading:
    answers = table.table("answers")
    reading = Reading(
        edition=table.text("edition"),
        answers=MappingProxyType({name: answers.text(name) for name in answers.names}),
        outcome=table.word("outcome", OUTCOMES),
        rule=table.text("rule"),
    )
    table.close()
    return reading
