"""Error pages that help and hand typed text back."""

from django.http import HttpRequest, HttpResponse


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(reason, status=403)
