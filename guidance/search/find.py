"""What a search finds: one statement, ranked, with the words that were found marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, F, Func, IntegerField, TextField, Value, Window
from django.db.models.functions import Concat
from django.urls import reverse
from markupsafe import Markup, escape

from guidance.models import Findable
from guidance.search import index

PAGE = 20  # results on one page
# No content holds these: they stand around a found word until the rest has been escaped.
START, STOP = "\x02", "\x03"
# PostgreSQL would take "police/school" for a file's path and "<b>" for a tag.
APART = str.maketrans(dict.fromkeys("<>/\\()", " "))

COLUMNS = (
    *("kind", "place", "names", "anchor", "edition", "is_withdrawn"),
    *("total", "marked_title", "excerpt"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was found, ready to be shown."""

    kind: str
    title: Markup
    excerpt: Markup
    address: str
    edition: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how much there is in all."""

    results: Sequence[Result]
    total: int
    page: int
    says_nothing: bool = False  # nothing in the words can be searched for, as in "the of"

    @property
    def pages(self) -> int:
        """How many pages there are; 1 when there is nothing."""
        return max(1, -(-self.total // PAGE))


def find(words: str, page: int = 1) -> Found:
    """What the words find, best first, withdrawn editions last; the first page for one too far.

    `words` are as people type them: "quoted", or, -without. Nothing in them is an error but NUL.
    """
    rows = _rows(words, page)
    if rows:
        return Found([_result(row) for row in rows], rows[0]["total"], page)
    said = _words_that_count(words)
    if said is None:
        index.fill()
    return find(words) if said is None or page > 1 else Found([], 0, 1, says_nothing=not said)


def _words_that_count(words: str) -> int | None:
    """How much of the words can be searched for; None while the table is not filled."""
    size = Func(_query(words), function="numnode", output_field=IntegerField())
    rows = Findable.objects.filter(content=index.content())
    return rows.values_list(size, flat=True).first()


def _rows(words: str, page: int) -> list[dict[str, Any]]:
    query = _query(words)
    text = Concat("summary", Value(" "), "body", output_field=TextField())
    marks: dict[str, Any] = {"config": "english", "start_sel": START, "stop_sel": STOP}
    found = (
        Findable.objects.filter(content=index.content(), words=query)
        .annotate(
            rank=SearchRank(F("words"), query),
            total=Window(Count("*")),
            marked_title=SearchHeadline("title", query, highlight_all=True, **marks),
            excerpt=SearchHeadline(
                text,
                query,
                max_words=32,
                min_words=16,
                max_fragments=2,
                fragment_delimiter=" … ",
                **marks,
            ),
        )
        .order_by("is_withdrawn", "-rank", "title", "id")
    )
    return list(found.values(*COLUMNS)[(page - 1) * PAGE : page * PAGE])


def _query(words: str) -> SearchQuery:
    return SearchQuery(words.translate(APART), config="english", search_type="websearch")


def _result(row: dict[str, Any]) -> Result:
    anchor = f"#{row['anchor']}" if row["anchor"] else ""
    return Result(
        kind=row["kind"],
        title=marked(row["marked_title"]),
        excerpt=marked(row["excerpt"]),
        address=reverse(f"guidance:{row['place']}", args=row["names"]) + anchor,
        edition=row["edition"],
        is_withdrawn=row["is_withdrawn"],
    )


def marked(text: str) -> Markup:
    """The text escaped, with what stands between `START` and `STOP` as `<mark>`."""
    safe = str(escape(text)).replace(START, "<mark>").replace(STOP, "</mark>")
    return Markup(safe)  # noqa: S704  (escaped above)
