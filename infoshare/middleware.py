"""What every request passes through. None of it asks the database on its own."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.middleware.gzip import GZipMiddleware
from django.utils.deprecation import MiddlewareMixin

from infoshare import errors
from infoshare.strict_text import Fault, fault

# A refused body is read to its end up to this size, or the browser would see the
# connection break instead of the page that says why.
READ_ON = 50 * 1024 * 1024
COMPRESSED = {
    "application/pdf",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BY_SCRIPT = "InfoShare-Save"
GO_TO = "InfoShare-Go"


class NoStore(MiddlewareMixin):
    """No page is kept by browsers or proxies. (WhiteNoise answers for static files before.)"""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response["Cache-Control"] = "no-store"
        return response


class Compress(GZipMiddleware):
    """Django's, but files that are compressed already go as they are, and with their length."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.get("Content-Type", "").partition(";")[0] in COMPRESSED:
            return response
        return super().process_response(request, response)


class SaveByScript(MiddlewareMixin):
    """Tells `static/js/keep.js` where to go next: a script cannot read a redirect's address.

    A redirect in answer to a request with the header `InfoShare-Save` becomes an empty 204
    with the address in `InfoShare-Go`.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if BY_SCRIPT in request.headers and isinstance(response, HttpResponseRedirectBase):
            response[GO_TO] = response["Location"]
            del response["Location"]
            response.status_code = 204
        return response


class StrictText(MiddlewareMixin):
    """Refuses a request whose text Django would change on reading it."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "reads_own_body", False):
            return None
        # Not earlier: the page needs what CsrfViewMiddleware has made ready by now.
        found = fault(request)
        if found is None:
            return None
        if found is Fault.TOO_LONG:
            read_on(request)
            return errors.page(request, "too_long", status=413)
        may_resend = found in {Fault.NOT_UTF8, Fault.OTHER_CHARSET}
        return errors.page(request, found, status=400, may_resend=may_resend)


class SignInFirst(LoginRequiredMiddleware):
    """Every page is closed to visitors unless its view says `login_not_required`."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """To the sign-in page; but words that were sent are given back where they are."""
        if request.method == "POST":
            return errors.sign_in_again(request)
        return super().handle_no_permission(request, view_func)


def reads_own_body(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view for programs read its body as it came, and answer for it in its own way."""
    view.reads_own_body = True  # type: ignore[attr-defined]
    return view


def read_on(request: HttpRequest) -> None:
    """Read what is left of the body, up to `READ_ON` bytes, and drop it."""
    for _ in range(READ_ON // 65536):
        if not request.read(65536):
            return
