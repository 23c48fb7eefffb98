"""The links at the top of every page, as far as this person may follow them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from infoshare.people import policy
from infoshare.people.models import Role
from infoshare.people.policy import Person

counts: dict[str, Callable[[Person], int]] = {}
"""How many things wait for somebody behind a link, by its URL name. Each room enters its own
when the app is ready, for this module is below them all."""


@dataclass(frozen=True)
class Link:
    """One link of the navigation; `current` when it leads to where the person is."""

    text: str
    address: str
    current: bool


def navigation(request: HttpRequest) -> list[Link]:
    """The links for the person who asks; for a visitor only those that are open to all."""
    return [
        Link(_with_count(request, text, name), address, is_under(request.path, address))
        for text, name in named(request)
        for address in [reverse(name)]
    ]


def _with_count(request: HttpRequest, text: str, name: str) -> str:
    waiting = counts[name](request.user) if name in counts else 0
    return f"{text} ({waiting})" if waiting else text


def named(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Text and URL name of each link that the person's roles open."""
    person = request.user
    if person.is_authenticated:
        if policy.can(person, policy.Action.LIST_OWN_DECISIONS):
            yield "My decisions", "home"
        if policy.can(person, policy.Action.LIST_TEAM_DECISIONS):
            is_auditor = Role.AUDITOR in policy.roles(person)
            yield ("All decisions" if is_auditor else "Team decisions"), "decisions:register"
        if policy.can(person, policy.Action.SETTLE_DOUBTS):
            yield "Doubts to settle", "decisions:doubts"
        if policy.can(person, policy.Action.ADOPT_EDITION):
            yield "Edition in use", "adoption:adoptions"
        if policy.can(person, policy.Action.EDIT_LOCAL):
            yield "Your organisation", "local:index"
        if policy.can(person, policy.Action.READ_PROTOCOLS):
            yield "Protocols", "protocols:register"
        if policy.can(person, policy.Action.READ_GUIDANCE):
            yield "Guidance", "guidance:index"
    yield "Help", "help"


def is_under(path: str, address: str) -> bool:
    """True when the page is the link's own or below it; "/" is only ever itself."""
    return path == address or (address != "/" and path.startswith(address))
