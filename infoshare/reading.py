"""How hard a page is to read: its words, and their Flesch-Kincaid school grade. Pure."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser

import pyphen

SENTENCE = re.compile(r"(?<=[.?!])[”’)]*\s+")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SHORTEST = 4  # words that make a sentence
HYPHENS = pyphen.Pyphen(lang="en_GB", left=1, right=1)
# Nobody reads these, or they are what people typed.
UNREAD = {"script", "style", "svg", "textarea", "template", "code", "head"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
# A word inside a sentence; every other element ends the sentence before it.
INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "time", "button"}


def grade(texts: Iterable[str]) -> float:
    """Flesch-Kincaid school grade of all the texts; each ends at least one sentence.

    Labels such as "Your reasons" are left out: they would make a page look easier than it is.
    """
    said = [words_of(one) for one in sentences(texts)]
    said = [words for words in said if len(words) >= SHORTEST]
    words = [word for sentence in said for word in sentence]
    if not words:
        return 0.0
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(said) + 11.8 * spoken / len(words) - 15.59


def worst(texts: Iterable[str], count: int) -> list[str]:
    """The hardest sentences of at least eight words, the hardest first."""
    longer = {one for one in sentences(texts) if len(words_of(one)) >= 8}
    return sorted(longer, key=lambda one: (-grade([one]), one))[:count]


def sentences(texts: Iterable[str]) -> Iterator[str]:
    """Every sentence that has a word in it."""
    for text in texts:
        for part in SENTENCE.split(" ".join(text.split())):
            if words_of(part):
                yield part


def words_of(sentence: str) -> list[str]:
    """Its words; what has a digit in it (a date, a digest, a section) is none."""
    spoken = (part for part in sentence.split() if not re.search(r"\d|@|://", part))
    return WORD.findall(" ".join(spoken))


@cache
def syllables(word: str) -> int:
    """The larger of two counts, because each alone misses some: vowel groups and hyphens."""
    heard = re.sub(r"(?<=[^aeiouy])(e|es|ed)$", "", word.lower()) or word.lower()
    vowels = len(re.findall(r"[aeiouy]+", heard))
    return max(1, vowels, len(HYPHENS.positions(word)) + 1)


def texts_of(html: str, element: str = "main") -> list[str]:
    """The text of each block inside this element of a page, in order, without typed text."""
    page = _Page(element)
    page.feed(html)
    page.close()
    return page.blocks()


class _Page(HTMLParser):
    def __init__(self, element: str) -> None:
        super().__init__(convert_charrefs=True)
        self.element = element
        self.open: list[tuple[str, bool]] = []  # each element, and whether it is not read
        self.found = [""]

    def blocks(self) -> list[str]:
        return [text for one in self.found if (text := " ".join(one.split()))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_block(tag)
        if tag not in EMPTY:
            known = dict(attrs)
            typed = "typed" in (known.get("class") or "").split()
            self.open.append((tag, tag in UNREAD or typed or "aria-hidden" in known))

    def handle_endtag(self, tag: str) -> None:
        self._end_block(tag)
        while any(name == tag for name, _ in self.open):
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        is_inside = any(name == self.element for name, _ in self.open)
        if is_inside and not any(unread for _, unread in self.open):
            self.found[-1] += data

    def _end_block(self, tag: str) -> None:
        if tag not in INLINE:
            self.found.append("")
