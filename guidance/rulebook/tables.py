"""Strict reading of TOML: every key is asked for by name, and what is left over is refused."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import TypeVar

from guidance.rulebook.schema import EditionError

T = TypeVar("T")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Table:
    """One TOML table. Each reader raises `EditionError` that names the file and the key."""

    def __init__(self, file: str, key: str, content: object) -> None:
        self.file, self.key = file, key
        if not isinstance(content, dict):
            raise self.error("", "must be a table")
        self._content = content
        self._read: set[str] = set()

    @property
    def names(self) -> Collection[str]:
        """The keys that stand in the file."""
        return self._content.keys()

    def error(self, name: str, problem: str) -> EditionError:
        """The error to raise about one of this table's keys ("" for the table itself)."""
        return EditionError(self.file, ".".join(filter(None, [self.key, name])), problem)

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        if unknown := sorted(self._content.keys() - self._read):
            known = ", ".join(sorted(self._read))
            raise self.error(unknown[0], f"is not a known key; known here: {known}")

    def has(self, name: str) -> bool:
        """Whether an optional key stands in the file."""
        self._read.add(name)
        return name in self._content

    def text(self, name: str, *, empty: bool = False) -> str:
        """Text; it may be "" only when `empty`."""
        value = self._value(name)
        if not isinstance(value, str):
            raise self.error(name, "must be text")
        if "\0" in value:  # PostgreSQL keeps no text with one, and search reads this
            raise self.error(name, "has a NUL character")
        if not value.strip() and not empty:
            raise self.error(name, "is empty")
        return value

    def word(self, name: str, allowed: Iterable[str]) -> str:
        """One word of a fixed list."""
        value, allowed = self.text(name), list(allowed)
        if value not in allowed:
            raise self.error(name, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    def identity(self, name: str = "id") -> str:
        """An id: lower-case letters, digits and single hyphens."""
        value = self.text(name)
        if not ID.fullmatch(value):
            raise self.error(name, f"{value!r} is not an id (lower case, digits, single hyphens)")
        return value

    def texts(self, name: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of non-empty texts, none given twice."""
        values = [value for value in self._list(name) if isinstance(value, str) and value.strip()]
        if len(values) < len(self._list(name)):
            raise self.error(name, "must be a list of texts, none of them empty")
        if len(values) < least:
            raise self.error(name, "is empty: it needs at least one entry")
        if len(set(values)) < len(values):
            raise self.error(name, "has the same entry twice")
        return tuple(values)

    def words(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of words of a fixed list, at least one."""
        values, allowed = self.texts(name, least=1), list(allowed)
        for value in values:
            if value not in allowed:
                raise self.error(name, f"{value!r} is not one of {', '.join(allowed)}")
        return values

    def flag(self, name: str) -> bool:
        """`true` or `false`."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise self.error(name, "must be true or false")
        return value

    def number(self, name: str) -> int:
        """A whole number from 1 on."""
        return self._whole(name, self._value(name))

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers from 1 on."""
        return tuple(self._whole(name, value) for value in self._list(name))

    def day(self, name: str) -> date:
        """A date without a time."""
        value = self._value(name)
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.error(name, "must be a date such as 2026-01-31, without quotes")
        return value

    def table(self, name: str) -> "Table":
        """The table under this key."""
        return Table(self.file, ".".join(filter(None, [self.key, name])), self._value(name))

    def tables(self, name: str) -> list["Table"]:
        """The list of tables under this key; their errors name them by id where they have one."""
        key = ".".join(filter(None, [self.key, name]))
        return [
            Table(self.file, _key_of(key, place, content), content)
            for place, content in enumerate(self._list(name), start=1)
        ]

    def _value(self, name: str) -> object:
        if not self.has(name):
            raise self.error(name, "is missing")
        return self._content[name]

    def _list(self, name: str) -> list[object]:
        value = self._value(name)
        if not isinstance(value, list):
            raise self.error(name, "must be a list")
        return value

    def _whole(self, name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.error(name, "must be a whole number from 1 on")
        return value


def _key_of(key: str, place: int, content: object) -> str:
    own = content.get("id", content.get("number")) if isinstance(content, dict) else None
    return f"{key}[{place}]" if own in (None, "") else f"{key}.{own}"


def read_table(file: str, content: bytes) -> Table:
    """The whole of one TOML file."""
    try:
        return Table(file, "", tomllib.loads(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise EditionError(file, "", f"is not UTF-8 text (byte {error.start + 1})") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise EditionError(file, "", f"is not valid TOML: {error}") from None


def read_each(
    table: Table, name: str, read: Callable[[Table], T], key: Callable[[T], object]
) -> tuple[T, ...]:
    """Every entry of a list of tables; refuses an empty list and an id used twice."""
    values: dict[object, T] = {}
    for entry in table.tables(name):
        value = read(entry)
        entry.close()
        if key(value) in values:
            raise entry.error("", f"{key(value)} is used twice")
        values[key(value)] = value
    if not values:
        raise table.error(name, "is empty: it needs at least one entry")
    return tuple(values.values())
