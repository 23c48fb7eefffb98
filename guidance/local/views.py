"""Your organisation: where its information governance lead finds all that it says of its own."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from guidance.local.access import lead_of
from infoshare.people import policy


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The way to the procedures, contacts, due times and retention classes."""
    _, led = lead_of(request, policy.Action.EDIT_LOCAL)
    return TemplateResponse(request, "local/index.html", {"organisations": led})
