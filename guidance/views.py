"""Pages of the guidance: what each edition asks, why, and on whose authority.

They show the editions that ship with InfoShare. A record keeps the exact words it was made
with, which may be older.
"""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from guidance.adoption.standing import standings_of
from guidance.protocols.register import due_for
from guidance.rulebook import catalogue, diagram
from guidance.rulebook.schema import Edition, Guide
from guidance.rulebook.words import OUTCOME_WORDS
from infoshare.people import policy


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every edition with its status, notice, legal review and digest."""
    shipped = catalogue.shipped()
    others = [edition for name, edition in shipped.items() if name != catalogue.DEFAULT]
    editions = [shipped[catalogue.DEFAULT], *others]
    sees_impact = policy.can(request.user, policy.Action.SEE_IMPACT)
    context = {
        "editions": editions,
        "sees_impact": sees_impact,
        "adopts": policy.can(request.user, policy.Action.ADOPT_EDITION),
        "standings": standings_of(request.user),
        "protocols_due": due_for(request.user),
    }
    return render(request, "guidance/index.html", context)


@require_safe
def edition(request: HttpRequest, edition_id: str) -> HttpResponse:
    """One edition: its notice, questions and golden rules."""
    found = _edition(edition_id)
    context = {
        "edition": found,
        "guides": guides(found),
        "standings": standings_of(request.user),
    }
    return render(request, "guidance/edition.html", context)


@require_safe
def question(request: HttpRequest, edition_id: str, question_id: str) -> HttpResponse:
    """All that an edition says about one question or step."""
    found = _edition(edition_id)
    pages = guides(found)
    if question_id not in pages:
        raise Http404(f"{edition_id} asks nothing called {question_id!r}")
    names = list(pages)
    place = names.index(question_id)
    context = {
        "edition": found,
        "guide": pages[question_id],
        "question_id": question_id,
        "standings": standings_of(request.user),
        "gate": None if question_id in found.steps else found.question(question_id),
        "before": _neighbour(pages, names[place - 1 : place]),
        "after": _neighbour(pages, names[place + 1 : place + 2]),
    }
    return render(request, "guidance/question.html", context)


@require_safe
def flow(request: HttpRequest, edition_id: str) -> HttpResponse:
    """How the questions of an edition lead to an outcome: a drawing, and the same as text."""
    found = _edition(edition_id)
    context = {
        "edition": found,
        "standings": standings_of(request.user),
        "stops": diagram.describe(found),
        "drawing": _drawing(found),
        "outcomes": OUTCOME_WORDS,
    }
    return render(request, "guidance/flow.html", context)


def guides(edition: Edition) -> Mapping[str, Guide]:
    """The guide of every question, in the order asked, and then of every step, by id."""
    return {one.id: one.guide for one in edition.questions} | dict(edition.steps)


def _edition(edition_id: str) -> Edition:
    try:
        return catalogue.shipped()[edition_id]
    except KeyError:
        raise Http404(f"No edition is called {edition_id!r}") from None


def _neighbour(pages: Mapping[str, Guide], names: list[str]) -> tuple[str, Guide] | None:
    return (names[0], pages[names[0]]) if names else None


def _drawing(edition: Edition) -> SafeString:
    def link(question_id: str) -> str:
        return reverse("guidance:question", args=[edition.id, question_id])

    return mark_safe(diagram.draw(edition, link=link))  # noqa: S308  (an XML writer made it)
