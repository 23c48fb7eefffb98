"""Markdown to HTML in GOV.UK's classes. Raw HTML is never let through: it shows as text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from guidance.reading.schema import LibraryError
from guidance.reading.stacked import stack_tables

CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--l govuk-section-break--visible",
}
HEADINGS = {"h2": "govuk-heading-m", "h3": "govuk-heading-s"}
NOT_UNDERSTOOD = re.compile(r"\]\(|\]\[")
SEE = re.compile(r"\s*\bSee (?:them )?$")
Address = Callable[[str], str]


def parse(file: str, text: str, first_line: int) -> list[Token]:
    """The text as tokens with ids and classes; raises `LibraryError` that names the line."""
    tokens = PARSER.parse(text)
    for token in tokens:
        token.attrJoin("class", CLASSES[token.type]) if token.type in CLASSES else None
    _headings(file, tokens, first_line)
    for line, token in inline(tokens):
        for child in token.children or []:
            if child.type == "image":
                raise LibraryError(file, first_line + line, "shows a picture: the library has none")
            if child.type == "text" and NOT_UNDERSTOOD.search(child.content):
                problem = f"has a link that cannot be understood: {child.content[:60]}"
                raise LibraryError(file, first_line + line, problem)
    stack_tables(tokens)
    return tokens


def inline(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Every token that holds running text, with the line of its block from 0 on."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type == "inline":
            yield line, token


def links(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, str]]:
    """Where every link leads, with its line in the text from 0 on."""
    lines = text.split("\n")
    for start, token in inline(tokens):
        at = start
        for child in token.children or []:
            if child.type == "link_open":
                target = str(child.attrs["href"])
                later = (i for i in range(at, len(lines)) if f"({target}" in lines[i])
                at = next(later, at)
                yield at, target


def anchors(tokens: Sequence[Token]) -> dict[str, str]:
    """The headings by the id that a link can lead to."""
    return {
        str(opened.attrs["id"]): words.content
        for opened, words in pairwise(tokens)
        if opened.type == "heading_open"
    }


def texts(tokens: Sequence[Token]) -> list[str]:
    """The words without any marks: one text a heading, paragraph, list entry or cell."""
    return [
        "".join(" " if one.type == "softbreak" else one.content for one in token.children or [])
        for _, token in inline(tokens)
    ]


def render(tokens: Sequence[Token], address: Address) -> str:
    """The HTML, each link led where `address` says; nothing in it needs escaping again."""
    html: str = PARSER.renderer.render(tokens, PARSER.options, {"address": address})
    return html


def for_paper(tokens: Sequence[Token]) -> list[Token]:
    """The same tokens without links, and without sentences such as "See [the record](...)."."""
    return [
        token if token.children is None else replace(token, children=_for_paper(token.children))
        for token in tokens
    ]


def _for_paper(children: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    is_left_out = False
    for child in children:
        if child.type == "link_open" and kept and SEE.search(kept[-1].content):
            kept[-1] = replace(kept[-1], content=SEE.sub("", kept[-1].content))
            is_left_out = True
        elif is_left_out and child.type == "text" and "." in child.content:
            kept.append(replace(child, content=child.content.partition(".")[2]))
            is_left_out = False
        elif not is_left_out and child.type not in ("link_open", "link_close"):
            kept.append(child)
    return kept


def identity(heading: str) -> str:
    """The id of a heading: "What it is" is `what-it-is`."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub("[’']", "", heading.lower())).strip("-")


def _headings(file: str, tokens: Sequence[Token], first_line: int) -> None:
    """Give each heading its id and class."""
    level, seen = 1, set[str]()
    for opened, words in pairwise(tokens):
        if opened.type != "heading_open":
            continue
        line, own = first_line + (opened.map or [0])[0], int(opened.tag[1])
        if opened.tag not in HEADINGS:
            raise LibraryError(file, line, "has a heading that is neither ## nor ###")
        if own > level + 1:
            raise LibraryError(file, line, "has a heading ### without a ## before it")
        name = identity(words.content)
        if not name or name in seen:
            raise LibraryError(file, line, f"has a second heading called {words.content}")
        opened.attrs |= {"id": name, "class": HEADINGS[opened.tag]}
        level = own
        seen.add(name)


def _link(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Mapping[str, Any]
) -> str:
    target = str(tokens[at].attrs["href"])
    kind = "govuk-link term" if target.startswith("term:") else "govuk-link"
    return f'<a class="{kind}" href="{escapeHtml(env["address"](target))}">'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["table", "smartquotes"])
    parser.add_render_rule("link_open", _link)
    return parser


PARSER = _parser()
