"""The page that searches the guidance. What people look for is never written down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.search.find import find
from guidance.search.forms import SearchForm


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words of `?q=` find, a page of it; or why they find nothing."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {"form": form, "found": None, "q": ""}
    if form.is_valid():
        words = form.cleaned_data["q"]
        context |= {"found": find(words, _page(request.GET.get("page", ""))), "q": words}
    return render(request, "guidance/search.html", context)


def _page(asked: str) -> int:
    """The number of a page that was asked for; 1 for whatever is none."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= 4
    return max(1, int(asked)) if is_number else 1
