"""One page of the register, ready for its template."""

from typing import Any

from django.db.models import QuerySet

from decisions.register import cursor, search, terms
from decisions.register.asking import Asked, address_of
from decisions.register.cursor import BadCursor
from decisions.register.forms import KeepForm, TakeForm
from decisions.register.listing import for_people, lines
from decisions.register.models import Entry
from decisions.register.saved import views_of
from decisions.register.selecting import Rows, chosen, count, page, place_of
from decisions.register.view import View
from infoshare.people import policy
from infoshare.people.models import Role


def shown(
    asked: Asked, *, keep: KeepForm | None = None, take: TakeForm | None = None
) -> dict[str, Any]:
    """What the page says: the form, and the list unless something in the form is wrong."""
    is_auditor = Role.AUDITOR in policy.roles(asked.person)
    return {
        "heading": "Decisions of your organisation" if is_auditor else "Decisions of your teams",
        "form": asked.form,
        "keep": keep or KeepForm(),
        "take": take or TakeForm(),
        "views": views_of(asked.person),
        "saved": asked.saved,
        **(_listed(asked) if asked.is_valid else {}),
    }


def says_nothing(view: View) -> bool:
    """Whether what was typed has nothing to search for, as in "the of"."""
    return view.is_typed and search.is_empty(words=view.words, recipient=view.recipient)


def rows_of(asked: Asked) -> QuerySet[Entry]:
    """The entries of a view that is valid, in no order."""
    return Entry.objects.none() if says_nothing(asked.view) else chosen(asked.person, asked.view)


def _listed(asked: Asked) -> dict[str, Any]:
    view = asked.view
    rows = rows_of(asked)
    found = _at_place(asked, rows)
    is_lost = found is None
    if found is None:
        found = page(rows, view.sort, None, None)
    is_whole = not (found.has_earlier or found.has_later)
    return {
        "held": view.pairs(),
        "picked": [(name, asked.form.said(name)) for name in view.narrowed_by()],
        "says_nothing": says_nothing(view),
        "may_export": policy.can(asked.person, policy.Action.EXPORT_RECORDS),
        "is_lost": is_lost,
        "lines": lines(found.entries, view.columns, for_people),
        "columns": terms.COLUMNS,
        "total": _total(len(found.entries) if is_whole else count(rows)),
        "beside": _ways(asked, found),
        "is_typed": view.is_typed,
    }


def _at_place(asked: Asked, rows: QuerySet[Entry]) -> Rows | None:
    """The page at the place that was asked for; None when nothing is there, or it is no place."""
    try:
        found = page(rows, asked.view.sort, *asked.places)
    except BadCursor:
        return None
    return found if found.entries or not (asked.after or asked.before) else None


def _total(number: int) -> str:
    if number > terms.COUNTED:
        return f"More than {terms.COUNTED:,} decisions"
    return {0: "No decisions", 1: "1 decision"}.get(number, f"{number:,} decisions")


def _ways(asked: Asked, found: Rows) -> list[dict[str, str]]:
    """The ways to the pages beside this one: an address each, or what a button sends."""
    sort, ways = asked.view.sort, []
    for name, is_there, at in (
        ("before", found.has_earlier, 0),
        ("after", found.has_later, -1),
    ):
        if is_there and found.entries:
            value = cursor.write(sort, place_of(found.entries[at], sort))
            pairs = [*asked.view.pairs(typed=False), (name, value)]
            ways.append({"name": name, "value": value, "address": address_of(pairs)})
    return ways
