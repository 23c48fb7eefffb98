"""Documents that belong to no record."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.documents.blank_form import blank_form_pdf
from decisions.documents.pocket_guide import pocket_guide_pdf
from guidance.adoption.standing import standings_of
from guidance.adoption.words import sentence
from guidance.rulebook import catalogue


@require_safe
def blank_form(request: HttpRequest, edition_id: str) -> HttpResponse:
    """The questions of an edition on paper, in the copy that the reader's organisation uses."""
    standings = standings_of(request.user)
    found = [one.offered[edition_id] for one in standings if edition_id in one.offered]
    edition = found[0] if found else catalogue.shipped().get(edition_id)
    if edition is None:
        raise Http404(f"No edition is called {edition_id!r}")
    review = " ".join(sentence(one.review(edition)) for one in standings)
    return HttpResponse(
        blank_form_pdf(edition, review),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="blank-form-{edition_id}.pdf"'},
    )


@require_safe
def pocket_guide(request: HttpRequest) -> HttpResponse:
    """The pocket guide on two sides of a sheet, the same bytes each time."""
    return HttpResponse(
        _pocket_guide(),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="pocket-guide.pdf"'},
    )


@cache
def _blank_form(edition_id: str) -> bytes:
    """Drawn once in a process: a shipped edition does not change while it runs."""
    return blank_form_pdf(catalogue.shipped()[edition_id])


@cache
def _pocket_guide() -> bytes:
    """Drawn once in a process, too."""
    return pocket_guide_pdf()
