"""The words of the glossary, and the links to them where a page first uses one."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from guidance.reading.front_matter import placed
from guidance.reading.schema import Term
from guidance.rulebook.schema import EditionError
from guidance.rulebook.tables import Table, read_each, read_table

FILE = "glossary/terms.toml"


def read_terms(content: bytes) -> tuple[Term, ...]:
    """Every term, in order of the alphabet; raises `LibraryError`."""
    try:
        table = read_table(FILE, content)
        terms = read_each(table, "term", _term, lambda term: term.id)
        table.close()
    except EditionError as error:
        raise placed(FILE, content.decode("utf-8", "replace"), error) from None
    _once(terms, content.decode())
    return tuple(sorted(terms, key=lambda term: term.term.lower()))


def _term(table: Table) -> Term:
    return Term(
        id=table.identity(),
        term=table.text("term"),
        also=table.texts("also") if table.has("also") else (),
        meaning=table.text("meaning"),
        sources=table.texts("sources", least=1),
    )


def _once(terms: Sequence[Term], text: str) -> None:
    seen: dict[str, str] = {}
    for term in terms:
        for form in forms(term):
            if form in seen:
                key, problem = f"term.{term.id}", f"{form!r} also stands for {seen[form]}"
                raise placed(FILE, text, EditionError(FILE, key, problem))
            seen[form] = term.id


def forms(term: Term) -> list[str]:
    """Every way the term is written, as pages write it."""
    return [form.lower().replace("'", "’") for form in (term.term, *term.also)]


class Linker:
    """Links the first use of each term on a page. One for all pages."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._names = {form: term.id for term in terms for form in forms(term)}
        longest_first = sorted(self._names, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)

    def link(self, tokens: Sequence[Token]) -> set[str]:
        """Put links into the running text, not into headings or links; the terms linked."""
        used: set[str] = set()
        heading = False
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                heading = token.type == "heading_open"
            if token.type == "inline" and not heading:
                token.children = list(self._linked(token.children or [], used))
        return used

    def _linked(self, children: Sequence[Token], used: set[str]) -> list[Token]:
        made: list[Token] = []
        inside = 0
        for child in children:
            inside += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            made += [child] if inside or child.type != "text" else self._split(child, used)
        return made

    def _split(self, token: Token, used: set[str]) -> list[Token]:
        made: list[Token] = []
        done = 0
        for hit in self._pattern.finditer(token.content):
            name = self._names[hit[0].lower()]
            if name in used:
                continue
            used.add(name)
            opened = Token("link_open", "a", 1, attrs={"href": f"term:{name}"})
            made += [_text(token.content[done : hit.start()]), opened, _text(hit[0])]
            made.append(Token("link_close", "a", -1))
            done = hit.end()
        return [*made, _text(token.content[done:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
