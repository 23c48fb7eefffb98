"""What to ask the search column for."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery

from decisions.register.searchable import asked


class _Exactly(SearchQuery):
    """A query as PostgreSQL writes it: its marks are no words and must not be read as words."""

    template = "(%(expressions)s)::tsquery"


def of_words(typed: str) -> SearchQuery:
    """The query for what was typed: words, "quoted words", or, -without. Nothing is an error."""
    return SearchQuery(asked(typed), config="english", search_type="websearch")


def of_marks(marks: Iterable[str]) -> SearchQuery:
    """The query for entries with any of these marks (`decisions.register.searchable`)."""
    return _Exactly(" | ".join(f"'{mark}'" for mark in marks), search_type="raw")
