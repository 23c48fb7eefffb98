"""Pages for when something is in the way. They help, and give typed words back.

None of them needs the database, the session or the person's account.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse

from infoshare import hand_back

RETRY_AFTER = 30  # seconds


def page(
    request: HttpRequest,
    name: str,
    *,
    status: int,
    may_resend: bool = False,
    **words: Any,
) -> HttpResponse:
    """The page `templates/errors/NAME.html`, with what the request brought.

    With `may_resend` the words stand in a form that sends the same request again.
    """
    package = hand_back.package(request)
    can_resend = may_resend and bool(package.fields) and not package.secret
    html = render_to_string(
        f"errors/{name}.html",
        {
            **words,
            "package": package,
            "address": request.get_full_path(),
            "token": get_token(request) if can_resend else "",
            "nonce": str(getattr(request, "csp_nonce", "")),
        },
    )
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for a page that is too long."""
    if isinstance(exception, RequestDataTooBig):
        return page(request, "too_long", status=413)
    return page(request, "bad_request", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return page(request, "forbidden", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is old. Django's `CSRF_FAILURE_VIEW`."""
    return page(request, "stale_form", status=403, may_resend=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing for this person."""
    return page(request, "not_found", status=404)


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """401: the session ended while the person was writing."""
    sign_in = reverse("account_login")
    return page(request, "sign_in_again", status=401, may_resend=True, sign_in=sign_in)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database did not answer, whoever asked it."""
    if any(isinstance(error, OperationalError | InterfaceError) for error in _causes()):
        response = page(request, "unavailable", status=503, may_resend=True)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    return page(request, "server_error", status=500, may_resend=True)


def _causes() -> Iterator[BaseException]:
    """The exception being handled and what led to it; Django calls us while it handles it."""
    error, seen = sys.exc_info()[1], set[int]()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__
