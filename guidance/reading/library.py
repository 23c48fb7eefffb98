"""The whole library, read: pages with their parsed words, sources and terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from guidance.reading import markup
from guidance.reading.links import Places
from guidance.reading.schema import Page, Term
from guidance.rulebook.schema import Citation


@dataclass(frozen=True, slots=True)
class Library:
    """Everything in it, in the order in which it is shown."""

    pages: tuple[Page, ...]
    terms: tuple[Term, ...]
    sources: Mapping[str, Citation]  # of the library and of the editions
    places: Places
    words: Mapping[str, Sequence[Token]]  # of each page by its file, of each term by `term:id`

    def page(self, section: str, slug: str) -> Page:
        """The page at an address; raises `KeyError` when there is none."""
        for page in self.pages:
            if (page.section, page.slug) == (section, slug):
                return page
        raise KeyError(section, slug)

    def section(self, section: str) -> list[Page]:
        """The pages of one section, in order."""
        return [page for page in self.pages if page.section == section]

    def about(self, question: str) -> list[Page]:
        """The pages that bear on a question or step."""
        return [page for page in self.pages if question in page.about]

    def html(self, file: str, address: markup.Address) -> str:
        """The words of a page's file as HTML, its links led where `address` says."""
        return markup.render(self.words[file], address)

    def paper(self, file: str) -> str:
        """The words of a page's file as HTML for paper, where no link leads anywhere."""
        return markup.render(markup.for_paper(self.words[file]), str)

    def meaning(self, term: Term, address: markup.Address) -> str:
        """A term's meaning as HTML."""
        return markup.render(self.words[f"term:{term.id}"], address)

    def headings(self, page: Page) -> dict[str, str]:
        """A page's headings by the id that a link leads to."""
        return markup.anchors(self.words[page.file])

    def plain(self, page: Page) -> list[str]:
        """A page's words without any marks."""
        return [page.title, page.summary, *markup.texts(self.words[page.file])]
