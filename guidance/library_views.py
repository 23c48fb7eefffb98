"""Pages of the library: what stands behind the questions, to be read in peace."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from guidance.adoption.standing import standings_of
from guidance.reading import shelf
from guidance.reading.glossary import FILE
from guidance.reading.links import asked
from guidance.reading.markup import Address
from guidance.reading.schema import Case, Page, Term
from guidance.reading.sections import BY_ID, GLOSSARY, SECTIONS
from guidance.rulebook import catalogue
from guidance.rulebook.words import OUTCOME_WORDS

PROTOCOLS = ("protocols", "what-they-are")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every page of the library, section by section."""
    library = shelf.shipped()
    shelves = [(one, library.section(one.id)) for one in SECTIONS]
    context = {
        "shelves": shelves,
        "terms": library.terms,
        "glossary": GLOSSARY,
        "standings": standings_of(request.user),
    }
    return render(request, "guidance/library/index.html", context)


@require_safe
def section(request: HttpRequest, section_id: str) -> HttpResponse:
    """The pages of one section."""
    pages = shelf.shipped().section(section_id)
    if not pages:
        raise Http404(f"The library has no section called {section_id!r}")
    context = {"section": BY_ID[section_id], "pages": pages}
    return render(request, "guidance/library/section.html", context)


@require_safe
def page(request: HttpRequest, section_id: str, slug: str) -> HttpResponse:
    """One page with its sources; a case also with what each edition makes of it."""
    library = shelf.shipped()
    try:
        found = library.page(section_id, slug)
    except KeyError:
        raise Http404(f"The library has no page {section_id}/{slug}") from None
    beside = library.section(section_id)
    place = beside.index(found)
    context = {
        "page": found,
        "section": BY_ID[section_id],
        "body": _body(found.file),
        "sources": [library.sources[name] for name in found.sources],
        "before": beside[place - 1] if place else None,
        "after": beside[place + 1] if place + 1 < len(beside) else None,
        "bears_on": _bears_on(found),
        "editions": catalogue.shipped(),
        "standings": standings_of(request.user) if isinstance(found, Case) else [],
        "is_case": isinstance(found, Case),
        "outcomes": OUTCOME_WORDS,
    }
    return render(request, "guidance/library/page.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term with its meaning and sources."""
    library = shelf.shipped()
    terms = [
        (one, _meaning(one), [library.sources[name] for name in one.sources])
        for one in library.terms
    ]
    context = {"section": BY_ID[GLOSSARY], "terms": terms}
    return render(request, "guidance/library/glossary.html", context)


@require_safe
def protocols(request: HttpRequest) -> HttpResponse:
    """The address that the page on protocols had before there was a library."""
    return redirect("guidance:library-page", *PROTOCOLS)


def _bears_on(found: Page) -> list[tuple[str, str]]:
    """Title and address of each question the page bears on, in the edition for new decisions."""
    edition = catalogue.shipped()[catalogue.DEFAULT]
    guides = {one.id: one.guide for one in edition.questions} | dict(edition.steps)
    return [
        (guides[name].title, reverse("guidance:question", args=[edition.id, name]))
        for name in asked(edition)
        if name in found.about
    ]


@cache
def _body(file: str) -> SafeString:
    return _marked(shelf.shipped().html(file, _leading_from(file)))


@cache
def _meaning(term: Term) -> SafeString:
    return _marked(shelf.shipped().meaning(term, _leading_from(FILE)))


def _leading_from(file: str) -> Address:
    """What turns the links of a file into addresses."""

    def address(target: str) -> str:
        found = shelf.shipped().places.find(target, file)
        if found.kind == "term":
            return f"{reverse('guidance:glossary')}#{found.names[0]}"
        name = {"page": "library-page", "question": "question", "edition": "edition"}[found.kind]
        heading = f"#{found.heading}" if found.heading else ""
        return reverse(f"guidance:{name}", args=found.names) + heading

    return address


def _marked(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  (our own Markdown, with raw HTML switched off)
