"""What a refused request brought, so that its page can give the words back to who sent them.

Nothing here needs the database, the session or a body that Django could read.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError

SECRETS = re.compile("csrfmiddlewaretoken|password", re.IGNORECASE)
# What a page's own buttons, choices and hidden fields send; people's words look different.
TOKEN = re.compile(r"[A-Za-z0-9_.:/+=-]{0,64}")
# Why Django may not be able to read a body; then the page does without.
UNREADABLE = (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    MultiPartParserError,
    RawPostDataException,
    UnreadablePostError,
)
READABLE = {"utf-8", "iso8859-1", "iso8859-15", "cp1252", "utf-16", "ascii"}


@dataclass(frozen=True)
class Sent:
    """One value of a form as it came."""

    name: str
    value: str

    @property
    def label(self) -> str:
        """The field's name in words: prefixes and underscores gone, never empty."""
        last = self.name.rsplit("-", 1)[-1].replace("_", " ").strip()
        return (last[:60] or "Text").capitalize()

    @property
    def is_token(self) -> bool:
        """True for values that a page made rather than a person typed."""
        return TOKEN.fullmatch(self.value) is not None

    @property
    def rows(self) -> int:
        """Lines that the text fills in a box about 60 characters wide, 2 to 20."""
        lines = sum(1 + len(line) // 60 for line in self.value.splitlines() or [""])
        return max(2, min(20, lines + 1))


@dataclass(frozen=True)
class Package:
    """All that one request brought. `secret` says that a password was in it and is not kept.

    `unread` is the body as text when its fields could not be told apart.
    """

    fields: tuple[Sent, ...] = ()
    unread: str = ""
    secret: bool = False

    @property
    def texts(self) -> list[Sent]:
        """What a person typed."""
        return [sent for sent in self.fields if not sent.is_token]

    @property
    def tokens(self) -> list[Sent]:
        """What the page itself sent along."""
        return [sent for sent in self.fields if sent.is_token]


def package(request: HttpRequest) -> Package:
    """What the request brought, decoded as far as it can be; empty for a foreign sender."""
    if request.method != "POST" or not is_from_here(request):
        return Package()
    pairs = list(_pairs(request))
    fields = tuple(Sent(name, value) for name, value in pairs if not SECRETS.search(name))
    secret = any(value and "password" in name.lower() for name, value in pairs)
    unread = "" if pairs else _body(request).decode(_encoding(request), "replace")
    if re.search("password", unread, re.IGNORECASE):
        return Package(secret=True)
    return Package(fields, unread, secret)


def is_from_here(request: HttpRequest) -> bool:
    """True unless the browser says that another site sent this request.

    A page of ours that repeats a foreign request with a fresh token would open, by one
    click, what the token is there to close.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if not source:
        return True
    try:
        ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
        parts = urlsplit(source)
    except (DisallowedHost, ValueError):
        return False
    return f"{parts.scheme}://{parts.netloc}" in ours


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Names and values in the order sent; none when they cannot be told apart."""
    if request.content_type == "multipart/form-data":
        if _encoding(request) != (request.encoding or "utf-8").lower():
            request.encoding = _encoding(request)  # only when Django has not read it yet
        try:
            posted = request.POST
        except UNREADABLE:
            return
        yield from ((name, str(value)) for name, all_ in posted.lists() for value in all_)
    elif request.content_type == "application/x-www-form-urlencoded":
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        for piece in _body(request).split(b"&", most)[:most]:
            field, _, text = piece.partition(b"=")
            if field:
                yield _plain(field, request), _plain(text, request)


def _plain(piece: bytes, request: HttpRequest) -> str:
    return unquote_to_bytes(piece.replace(b"+", b" ")).decode(_encoding(request), "replace")


def _encoding(request: HttpRequest) -> str:
    """The declared charset when it is a plain one (not "zip", say), else UTF-8."""
    try:
        named = codecs.lookup(request.encoding or "utf-8").name
    except LookupError:
        return "utf-8"
    return named if named in READABLE else "utf-8"


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except UNREADABLE:
        return b""
