"""What to ask the search column for."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from decisions.records.reference import tidy
from decisions.register.searchable import apart, asked

RECIPIENT = "C"  # the weight of the words that say with whom it was shared


class _Exactly(SearchQuery):
    """A query as PostgreSQL writes it: its marks are no words and must not be read as words."""

    template = "(%(expressions)s)::tsquery"


def of_words(typed: str) -> SearchQuery:
    """The query for what was typed: words, "quoted words", or, -without. Nothing is an error."""
    return SearchQuery(_words(typed), config="english", search_type="websearch")


def of_recipient(typed: str) -> SearchQuery:
    """The query for entries that name these words as who it was shared with."""
    return SearchQuery(_recipient(typed), config="english", search_type="raw")


def of_marks(marks: Iterable[str]) -> SearchQuery:
    """The query for entries with any of these marks (`decisions.register.searchable`)."""
    return _Exactly(" | ".join(f"'{mark}'" for mark in marks), search_type="raw")


def is_empty(*, words: str, recipient: str) -> bool:
    """Whether what was typed in one of them has nothing to search for, as in "the of"."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numnode(websearch_to_tsquery('english', %s)),"
            " numnode(to_tsquery('english', %s))",
            [_words(words), _recipient(recipient)],
        )
        sizes = cursor.fetchone()
    return any(typed and not size for typed, size in zip((words, recipient), sizes, strict=True))


def _words(typed: str) -> str:
    return apart(tidy(typed) or "") or asked(typed)


def _recipient(typed: str) -> str:
    return " & ".join(f"'{word}':{RECIPIENT}" for word in apart(typed).split())
