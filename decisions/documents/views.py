"""Documents that belong to no record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.documents.blank_form import blank_form_pdf
from decisions.documents.pocket_guide import pocket_guide_pdf
from guidance.rulebook import catalogue


@require_safe
def blank_form(request: HttpRequest, edition_id: str) -> HttpResponse:
    """The questions of an edition on paper, the same bytes each time."""
    edition = catalogue.shipped().get(edition_id)
    if edition is None:
        raise Http404(f"No edition is called {edition_id!r}")
    return HttpResponse(
        blank_form_pdf(edition),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="blank-form-{edition_id}.pdf"'},
    )


@require_safe
def pocket_guide(request: HttpRequest) -> HttpResponse:
    """The pocket guide on two sides of a sheet, the same bytes each time."""
    return HttpResponse(
        pocket_guide_pdf(),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="pocket-guide.pdf"'},
    )
