"""The page of figures, and each figure as a drawing and as a file."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from decisions.figures import sheet as sheets
from decisions.figures.assembling import Wanted, figure_of, figures_of
from decisions.figures.forms import BY_WORDS, FiguresForm
from decisions.figures.library import drawn
from decisions.figures.measures import DOUBTS, MEASURES, By
from decisions.figures.periods import Period
from decisions.figures.sentences import sentence, share_of
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation
from infoshare.people.policy import Person

NAMES = (*MEASURES, DOUBTS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody may see figures of, and which decisions these are."""

    organisation: Organisation
    rows: Q
    teams: frozenset[uuid.UUID] | None  # None: all of them

    @property
    def is_whole(self) -> bool:
        """Whether the figures are of all of the organisation."""
        return self.teams is None


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of an organisation, or of a manager's teams in it."""
    form, place = _asked(request)
    context: dict[str, Any] = {"form": form, "place": place, "wide": True}
    if form.is_valid():
        wanted = _wanted(form, place)
        shown = figures_of(wanted)
        context |= {
            "figures": [(one, sentence(one)) for one in shown],
            "wanted": wanted,
            "by": BY_WORDS[wanted.by],
            "widened": wanted.period != form.cleaned_data["chosen"],
            "between": form.cleaned_data["first"],
            "asked": urlencode(wanted.query()),
            "share_of": share_of,
            "cells": sheets.cells,
        }
    return TemplateResponse(request, "decisions/figures.html", context)


@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]
@require_safe
def drawing(request: HttpRequest, measure: str) -> HttpResponse:
    """A figure as an SVG, to show or (with `save`) to take away. No script runs in it."""
    wanted = _exactly(request, measure)
    made = drawn(figure_of(wanted, measure), narrow="narrow" in request.GET)
    return _file(made, "image/svg+xml", _name(wanted, measure, "svg"), "save" in request.GET)


@require_safe
def sheet(request: HttpRequest, measure: str) -> HttpResponse:
    """A figure's numbers as a CSV file."""
    wanted = _exactly(request, measure)
    made = sheets.write(figure_of(wanted, measure))
    return _file(made, "text/csv; charset=utf-8", _name(wanted, measure, "csv"), True)


def _asked(request: HttpRequest) -> tuple[FiguresForm, Place]:
    """The form as it was sent, and where the figures are from.

    Raises `PermissionDenied` for those who see no figures, and `Http404` for an organisation that
    is none of theirs.
    """
    person = request.user
    if not policy.can(person, policy.Action.SEE_FIGURES):
        raise PermissionDenied("Only managers, auditors and leads see figures")
    organisations = _organisations(person)
    form = FiguresForm(request.GET, today=clock.today(), organisations=organisations)
    return form, _place(person, organisations, request.GET.get("organisation", ""))


def _exactly(request: HttpRequest, name: str) -> Wanted:
    """What a figure's own address asks for, which the page made; `Http404` for any other."""
    form, place = _asked(request)
    if name not in NAMES or not form.is_valid():
        raise Http404("There is no such figure")
    return _wanted(form, place)


def _organisations(person: Person) -> list[Organisation]:
    reach = policy.reach_of(person, policy.Action.SEE_FIGURES)
    within = {*reach.organisations, *(organisation for organisation, _ in reach.teams)}
    return list(Organisation.objects.filter(pk__in=within).order_by("name"))


def _place(person: Person, organisations: list[Organisation], asked: str) -> Place:
    found = [one for one in organisations if not asked or str(one.pk) == asked]
    if not found:
        raise Http404("There is no such organisation")
    reach = policy.reach_of(person, policy.Action.SEE_FIGURES)
    organisation = found[0]
    rows = Q(organisation_id=organisation.pk)
    if organisation.pk in reach.organisations:
        return Place(organisation, rows, None)
    teams = frozenset(team for place, team in reach.teams if place == organisation.pk)
    return Place(organisation, rows & Q(team_id__in=sorted(teams)), teams)


def _wanted(form: FiguresForm, place: Place) -> Wanted:
    given = form.cleaned_data
    period: Period = given["chosen"]
    by: By = given["by"]
    if by is not By.TIME:
        period = Period(period.year)  # see docs/figures.md
    return Wanted(place.organisation.pk, place.teams, place.rows, period, by, clock.today())


def _name(wanted: Wanted, name: str, kind: str) -> str:
    return f"{name}-{wanted.period.key}-by-{wanted.by}.{kind}"


def _file(content: bytes, kind: str, name: str, is_saved: bool) -> HttpResponse:
    how = "attachment" if is_saved else "inline"
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'{how}; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
