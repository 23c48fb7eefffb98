"""From the library's folder to a `Library`, with every fault found on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as Folder
from types import MappingProxyType

from markdown_it.token import Token

from guidance.reading import glossary, markup
from guidance.reading.cases import misread
from guidance.reading.front_matter import line_of
from guidance.reading.library import Library
from guidance.reading.links import DeadLinkError, Places, asked
from guidance.reading.pages import read_page
from guidance.reading.schema import Case, LibraryError, Page, Term
from guidance.reading.sections import BY_ID, GLOSSARY
from guidance.reading.sources import of_editions, read_sources
from guidance.rulebook.schema import Citation, Edition

SOURCES = "sources"


@dataclass(slots=True)
class _Reader:
    """What has been read so far, and what was wrong with it."""

    files: Mapping[str, bytes]
    editions: Mapping[str, Edition]
    faults: list[LibraryError] = field(default_factory=list)
    words: dict[str, list[Token]] = field(default_factory=dict)

    def sources(self) -> Mapping[str, Citation]:
        named = {name: text for name, text in self.files.items() if name.startswith(f"{SOURCES}/")}
        try:
            own = read_sources(named)
        except LibraryError as error:
            self.faults.append(error)
            own = {}
        return MappingProxyType({**of_editions(self.editions), **own})

    def terms(self) -> tuple[Term, ...]:
        if glossary.FILE not in self.files:
            return ()
        try:
            terms = glossary.read_terms(self.files[glossary.FILE])
            for term in terms:
                line = self.term_line(term)
                self.words[f"term:{term.id}"] = markup.parse(glossary.FILE, term.meaning, line)
        except LibraryError as error:
            self.faults.append(error)
            return ()
        return terms

    def term_line(self, term: Term) -> int:
        return line_of(self.files[glossary.FILE].decode(), f"term.{term.id}.meaning")

    def pages(self) -> Iterator[Page]:
        order = list(BY_ID)
        names = [name for name in self.files if name.endswith(".md")]
        for name in sorted(names, key=lambda name: (order.index(name.split("/")[0]), name)):
            try:
                page = read_page(name, self.files[name])
                self.words[name] = markup.parse(name, page.text, page.first_line)
                yield page
            except LibraryError as error:
                self.faults.append(error)


def load(files: Mapping[str, bytes], editions: Mapping[str, Edition]) -> Library:
    """The library in these files; raises the first `LibraryError` there is."""
    library, faults = inspect(files, editions)
    for fault in faults:
        raise fault
    return library


def inspect(
    files: Mapping[str, bytes], editions: Mapping[str, Edition]
) -> tuple[Library, list[LibraryError]]:
    """The library as far as it can be read, and everything that is wrong with it."""
    reader = _Reader(files, editions)
    sources, terms, pages = reader.sources(), reader.terms(), tuple(reader.pages())
    headings = {page.file: markup.anchors(reader.words[page.file]) for page in pages}
    places = Places(headings, editions, [term.id for term in terms])
    words = MappingProxyType(reader.words)
    library = Library(pages, terms, sources, places, words)
    if not reader.faults:
        reader.faults += _unresolved(reader, library)
        reader.faults += _link_terms(reader, library)
    return library, reader.faults


def read_files(folder: Folder) -> dict[str, bytes]:
    """The library's files by name; raises `LibraryError` for one that does not belong."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        file = path.relative_to(folder).as_posix()
        if path.is_dir() or any(part.startswith(".") for part in file.split("/")):
            continue
        if not _belongs(file):
            raise LibraryError(file, 1, "does not belong here; see docs/content.md")
        found[file] = path.read_bytes()
    return found


def _belongs(file: str) -> bool:
    room, _, name = file.partition("/")
    if "/" in name or not name:
        return False
    if room == GLOSSARY:
        return file == glossary.FILE
    return name.endswith(".toml") if room == SOURCES else room in BY_ID and name.endswith(".md")


def _unresolved(reader: _Reader, library: Library) -> Iterator[LibraryError]:
    """Sources, questions, links and readings that point at nothing."""
    known = {name for edition in reader.editions.values() for name in asked(edition)}
    for page in library.pages:
        head = reader.files[page.file].decode()
        for name in page.sources:
            if name not in library.sources:
                problem = f"no source is called {name}"
                yield LibraryError(page.file, line_of(head, "sources"), problem)
        for name in page.about:
            if name not in known:
                problem = f"no edition asks {name}; known: {', '.join(sorted(known))}"
                yield LibraryError(page.file, line_of(head, "about"), problem)
        if isinstance(page, Case):
            for key, problem in misread(page, reader.editions):
                yield LibraryError(page.file, line_of(head, key), problem)
        yield from _dead(library, page.file, page.file, page.text, page.first_line)
    for term in library.terms:
        line = reader.term_line(term)
        for name in term.sources:
            if name not in library.sources:
                yield LibraryError(glossary.FILE, line, f"no source is called {name}")
        yield from _dead(library, f"term:{term.id}", glossary.FILE, term.meaning, line)


def _dead(
    library: Library, key: str, file: str, text: str, first_line: int
) -> Iterator[LibraryError]:
    for line, target in markup.links(library.words[key], text):
        try:
            library.places.find(target, file)
        except DeadLinkError as error:
            yield LibraryError(file, first_line + line, f"has a dead link: {error}")


def _link_terms(reader: _Reader, library: Library) -> Iterator[LibraryError]:
    """Link every term, and name those that no page uses."""
    linker, used = glossary.Linker(library.terms), set[str]()
    for page in library.pages:
        used |= linker.link(library.words[page.file])
    for term in library.terms:
        if term.id not in used:
            problem = f"no page uses {term.term!r}"
            yield LibraryError(glossary.FILE, reader.term_line(term), problem)
