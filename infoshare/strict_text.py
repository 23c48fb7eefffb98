"""What must be right with the bytes of a request before Django turns them into text.

Django puts U+FFFD where bytes are not UTF-8. That would change a person's words and tell
nobody, so such a request is refused instead.
"""

import codecs
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

REPLACED = "\ufffd"


class Fault(StrEnum):
    """Why a request cannot be taken."""

    TOO_LONG = "too_long"
    OTHER_CHARSET = "other_charset"
    NOT_UTF8 = "not_utf8"
    TOO_MANY_FIELDS = "too_many_fields"
    BROKEN = "broken"


def fault(request: HttpRequest) -> Fault | None:
    """What is wrong with the request's text, or None. It reads the whole body of a POST."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1")  # WSGI's form of bytes
    if not is_utf8(unquote_to_bytes(query)):
        return Fault.NOT_UTF8
    if request.method != "POST":
        return None
    if not is_utf8_name((request.content_params or {}).get("charset", "utf-8")):
        return Fault.OTHER_CHARSET
    request.encoding = "utf-8"  # Django takes it by this name only
    try:
        body = request.body
        if not arrived_whole(request, body):
            return Fault.BROKEN
        return None if reads_as_sent(request, body) else Fault.NOT_UTF8
    except RequestDataTooBig:
        return Fault.TOO_LONG
    except (TooManyFieldsSent, TooManyFilesSent):
        return Fault.TOO_MANY_FIELDS
    except (MultiPartParserError, BadRequest, UnreadablePostError):
        return Fault.BROKEN


def arrived_whole(request: HttpRequest, body: bytes) -> bool:
    """False for a body that was cut off, or whose parts Django finds none of.

    Both would reach the view as a form with less in it than was sent.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > len(body):
        return False
    if request.content_type != "multipart/form-data":
        return True
    boundary = (request.content_params or {}).get("boundary", "")
    is_empty_form = body.strip() in {b"", f"--{boundary}--".encode()}
    return is_empty_form or bool(request.POST or request.FILES)


def reads_as_sent(request: HttpRequest, body: bytes) -> bool:
    """True when the form's text is what was sent; raises what Django's parsers raise."""
    posted = request.POST
    if request.content_type == "application/x-www-form-urlencoded":
        return is_utf8(unquote_to_bytes(body.replace(b"+", b" ")))
    if request.content_type != "multipart/form-data":
        return True
    # A part can be base64, so the body being UTF-8 says little: count the replacements.
    made = sum(name.count(REPLACED) for name in posted)
    made += sum(value.count(REPLACED) for _, values in posted.lists() for value in values)
    return is_utf8(body) and made <= body.count(REPLACED.encode())


def is_utf8(text: bytes) -> bool:
    """True when the bytes are UTF-8, which has no surrogates."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_utf8_name(charset: str) -> bool:
    """True when this names UTF-8 or its part, ASCII."""
    try:
        return codecs.lookup(charset).name in {"utf-8", "ascii"}
    except LookupError:
        return False
