"""The page that sets two editions side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.adoption.standing import standings_of
from guidance.rulebook import catalogue
from guidance.rulebook.compare import compare
from guidance.rulebook.schema import Edition


@require_safe
def compared(request: HttpRequest, left_id: str, right_id: str) -> HttpResponse:
    """Two editions question by question, with their rules and golden rules."""
    left, right = _edition(left_id), _edition(right_id)
    crosswalks = [
        (there, here, here.crosswalks[there.id])
        for there, here in ((left, right), (right, left))
        if there.id in here.crosswalks
    ]
    context = {
        "left": left,
        "left_name": left.id,
        "right_name": right.id,
        "right": right,
        "comparison": compare(left, right),
        "crosswalks": crosswalks,
        "standings": standings_of(request.user),
    }
    return render(request, "guidance/compare.html", context)


def _edition(edition_id: str) -> Edition:
    try:
        return catalogue.shipped()[edition_id]
    except KeyError:
        raise Http404(f"No edition is called {edition_id!r}") from None
