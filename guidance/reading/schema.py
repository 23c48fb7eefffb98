"""The shape of the library: frozen values that the loader makes and everything else reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

HARDEST = 9.0  # school grade (Flesch-Kincaid) of a page that people read under pressure


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the library: a folder of pages."""

    id: str
    title: str
    about: str  # one sentence
    hardest: float = HARDEST  # the highest reading grade its pages may have


@dataclass(frozen=True, slots=True)
class Page:
    """One page, with its words as they were written."""

    section: str
    slug: str
    file: str  # below the library's folder, for example "law/01-human-rights.md"
    title: str
    summary: str
    checked: date
    sources: tuple[str, ...]
    about: tuple[str, ...]  # ids of the questions and steps that it bears on
    text: str = field(repr=False)  # Markdown
    first_line: int  # of the text in its file


@dataclass(frozen=True, slots=True)
class Reading:
    """What one edition makes of a case."""

    edition: str
    answers: Mapping[str, str]
    outcome: str
    rule: str


@dataclass(frozen=True, slots=True)
class Case(Page):
    """An invented case, with what each edition makes of it."""

    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary."""

    id: str
    term: str
    also: tuple[str, ...]  # other forms that mean the same
    meaning: str  # Markdown
    sources: tuple[str, ...]


class LibraryError(Exception):
    """The library cannot be used: names the file, the line and what is wrong."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        self.file, self.line, self.problem = file, line, problem
        super().__init__(f"library/{file}:{line}: {problem}")
