"""The head of a page: TOML between two lines of `+++`."""

import re
from collections.abc import Iterator

from guidance.reading.schema import LibraryError
from guidance.rulebook.schema import EditionError
from guidance.rulebook.tables import Table, read_table

FENCE = "+++"
NEVER = {
    "\ufeff": "has a byte order mark: save it as UTF-8 without one",
    "\r": "has line ends of another system: save it with line ends LF",
    "\0": "has a NUL character: take it out",
}
PLACED = re.compile(r"^(.*)\[(\d+)\]$")


def split(file: str, content: bytes) -> tuple[str, str, int]:
    """The head, the text below it, and the line on which that text begins.

    The head keeps the file's own line numbers. Raises `LibraryError`.
    """
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LibraryError(file, line, "is not UTF-8 text") from None
    for number, said in enumerate(lines, start=1):
        for character, problem in NEVER.items():
            if character in said:
                raise LibraryError(file, number, problem)
    if lines[0] != FENCE:
        raise LibraryError(file, 1, f"must begin with a line {FENCE}")
    if FENCE not in lines[1:]:
        raise LibraryError(file, 1, f"has no line {FENCE} that ends its head")
    end = lines.index(FENCE, 1)
    return "\n".join(["", *lines[1:end]]), "\n".join(lines[end + 1 :]), end + 2


def read_head(file: str, head: str) -> Table:
    """The head as a table to read from; raises `LibraryError` that names the line."""
    try:
        return read_table(file, head.encode())
    except EditionError as error:
        raise placed(file, head, error) from None


def placed(file: str, text: str, error: EditionError) -> LibraryError:
    """The same error, naming the line instead of only the key."""
    said = re.search(r"\(at line (\d+)", error.problem)
    line = int(said[1]) if said else line_of(text, error.key)
    return LibraryError(file, line, f"{error.key}: {error.problem}" if error.key else error.problem)


def line_of(text: str, key: str) -> int:
    """The line on which a key such as `source.qa-2008.checked` stands, or the nearest above it."""
    lines, found = text.split("\n"), 0
    for part in filter(None, key.split(".")):
        numbered = PLACED.match(part)
        name, place = (numbered[1], int(numbered[2])) if numbered else (part, 1)
        hits = list(_hits(lines, found, re.escape(name)))
        found = hits[place - 1] if len(hits) >= place else found
    return found + 1


def _hits(lines: list[str], start: int, word: str) -> Iterator[int]:
    """Where a table, an entry or a key of this name begins. A key ends with its own entry."""
    table = re.compile(rf'\s*(id\s*=\s*"{word}"|\[+[^\]]*\b{word}\s*\])')
    key = re.compile(rf"\s*{word}\s*=")
    inside = True
    for at, line in enumerate(lines[start:], start):
        inside = inside and not (at > start and line.startswith("[["))
        if table.match(line) or (inside and key.match(line)):
            yield at
