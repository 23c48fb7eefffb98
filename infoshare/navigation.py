"""The links at the top of every page, as far as this person may follow them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Link:
    """One link of the navigation; `current` when it leads to where the person is."""

    text: str
    address: str
    current: bool


def navigation(request: HttpRequest) -> list[Link]:
    """The links for the person who asks."""
    named = [
        ("My decisions", "home"),
        ("Team decisions", "decisions:register"),
        ("Guidance", "guidance:index"),
        ("Help", "help"),
    ]
    links = []
    for text, name in named:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        links.append(Link(text, address, is_under(request.path, address)))
    return links


def is_under(path: str, address: str) -> bool:
    """True when the page is the link's own or below it; "/" is only ever itself."""
    return path == address or (address != "/" and path.startswith(address))
