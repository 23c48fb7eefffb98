"""Where a link may lead: to a page of the library, a heading, a question, an edition, a term."""

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guidance.rulebook.schema import Edition


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to."""

    kind: str  # "page", "question", "edition", "term" or "here"
    names: tuple[str, ...] = ()
    heading: str = ""


class DeadLinkError(Exception):
    """A link leads nowhere: says why."""


@dataclass(frozen=True, slots=True)
class Places:
    """Everything that a link can lead to."""

    headings: Mapping[str, Collection[str]]  # of each page, by its file
    editions: Mapping[str, Edition]
    terms: Collection[str]

    def find(self, target: str, file: str) -> Target:
        """What a link in this file leads to; raises `DeadLinkError`."""
        if target.startswith("question:"):
            return self._question(target.removeprefix("question:"))
        if target.startswith("edition:"):
            return self._edition(target.removeprefix("edition:"))
        if target.startswith("term:"):
            return self._term(target.removeprefix("term:"))
        if ":" in target.split("/")[0] or target.startswith("/"):
            raise DeadLinkError(
                f"{target} leads out of the library: name it among the sources instead"
            )
        return self._page(target, file)

    def _question(self, name: str) -> Target:
        edition_id, _, question = name.partition("/")
        edition = self.editions.get(self._edition(edition_id).names[0])
        if edition is None or question not in asked(edition):
            raise DeadLinkError(f"question:{name}: {edition_id} asks nothing called {question!r}")
        return Target("question", (edition_id, question))

    def _edition(self, name: str) -> Target:
        if name not in self.editions:
            raise DeadLinkError(f"no edition is called {name!r}; known: {', '.join(self.editions)}")
        return Target("edition", (name,))

    def _term(self, name: str) -> Target:
        if name not in self.terms:
            raise DeadLinkError(f"the glossary has no term {name!r}")
        return Target("term", (name,))

    def _page(self, target: str, file: str) -> Target:
        path, _, heading = target.partition("#")
        other = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        if other not in self.headings:
            raise DeadLinkError(f"{target}: there is no page {other}")
        if heading and heading not in self.headings[other]:
            known = ", ".join(self.headings[other]) or "none"
            raise DeadLinkError(f"{target}: {other} has no heading {heading}; known: {known}")
        section, _, name = other.partition("/")
        return Target("page", (section, name[3:-3]), heading)


def asked(edition: Edition) -> list[str]:
    """The ids of an edition's questions and steps."""
    return [*(one.id for one in edition.questions), *edition.steps]
