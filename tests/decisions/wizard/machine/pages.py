"""What a browser would take from a page of ours: its forms, its texts, as they would be sent."""

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any


@dataclass
class Form:
    """A form with what stands in its hidden fields."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append(Form(given.get("action") or ""))
        elif tag == "input" and given.get("type") == "hidden" and self.found:
            self.found[-1].hidden[given.get("name") or ""] = given.get("value") or ""


def forms(reply: Any) -> list[Form]:
    """The forms of a page, in order."""
    parser = _Forms()
    parser.feed(reply.content.decode())
    return parser.found


def words(reply: Any) -> str:
    """All that stands in the page, as `plain` writes it."""
    return plain(unescape(reply.content.decode()))


def plain(text: str) -> str:
    """The text with line breaks of one kind: they may be written either way."""
    return text.replace("\r\n", "\n")
