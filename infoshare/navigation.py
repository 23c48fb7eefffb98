"""The links at the top of every page, as far as this person may follow them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from infoshare.people import policy
from infoshare.people.models import Role
from infoshare.people.policy import Person

Rows = QuerySet[Any, Any]
waiting: dict[str, Callable[[Person], Rows | None]] = {}
"""What waits for somebody behind a link, by its URL name: rows of one number each, or None for
those whom it does not concern. Each room enters its own when the app is ready, for this module is
below them all."""

FINDINGS = (
    policy.Action.RAISE_FINDING,
    policy.Action.ANSWER_FINDING,
    policy.Action.ANSWER_PROCESS,
)


@dataclass(frozen=True)
class Link:
    """One link of the navigation; `current` when it leads to where the person is."""

    text: str
    address: str
    current: bool


def navigation(request: HttpRequest) -> list[Link]:
    """The links for the person who asks; for a visitor only those that are open to all."""
    links = list(named(request))
    found = count(request.user, [name for _, name in links])
    return [
        Link(
            f"{text} ({found[name]})" if found.get(name) else text,
            address,
            is_under(request.path, address),
        )
        for text, name in links
        for address in [reverse(name)]
    ]


def count(person: Person, names: Iterable[str]) -> dict[str, int]:
    """How many things wait for this person behind each of these links, in one statement.

    None of the links that concern nobody like them, and no statement when that is all of them.
    """
    rows = {name: waiting[name](person) for name in names if name in waiting}
    asked = {name: one.query.sql_with_params() for name, one in rows.items() if one is not None}
    if not asked:
        return {}
    # The words are Django's own, with a place for each value.
    sums = [f"(SELECT coalesce(sum(n), 0) FROM ({sql}) AS rows(n))" for sql, _ in asked.values()]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(sums)}",
            [value for _, values in asked.values() for value in values],
        )
        return dict(zip(asked, map(int, cursor.fetchone()), strict=True))


def named(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Text and URL name of each link that the person's roles open."""
    person = request.user
    if person.is_authenticated:
        if policy.can(person, policy.Action.SEE_NEEDS):
            yield "Needs you", "decisions:needs-you"
        if policy.can(person, policy.Action.LIST_OWN_DECISIONS):
            yield "My decisions", "home"
        if policy.can(person, policy.Action.LIST_TEAM_DECISIONS):
            is_auditor = Role.AUDITOR in policy.roles(person)
            yield ("All decisions" if is_auditor else "Team decisions"), "decisions:register"
        if policy.can(person, policy.Action.REVIEW_RECORD) or policy.can(
            person, policy.Action.ADVISE_ON_REVIEW
        ):
            yield "Reviews", "decisions:reviews"
        if policy.can(person, policy.Action.SEE_FIGURES):
            yield "Figures", "decisions:figures"
        if policy.can(person, policy.Action.SEE_DESK):
            yield "Auditor’s desk", "decisions:desk"
        if any(policy.can(person, one) for one in FINDINGS):
            yield "Findings", "decisions:findings"
        if policy.can(person, policy.Action.SETTLE_DOUBTS):
            yield "Doubts to settle", "decisions:doubts"
        if policy.can(person, policy.Action.EDIT_LOCAL):
            yield "Your organisation", "local:index"
        if policy.can(person, policy.Action.READ_PROTOCOLS):
            yield "Protocols", "protocols:register"
        if policy.can(person, policy.Action.READ_GUIDANCE):
            yield "Guidance", "guidance:index"
        if policy.memberships(person):
            yield "Messages", "decisions:messages"
    yield "Help", "help"


def is_under(path: str, address: str) -> bool:
    """True when the page is the link's own or below it; "/" is only ever itself."""
    return path == address or (address != "/" and path.startswith(address))
