"""How hard a text is to read, by a count that needs nothing but hyphenation."""

import re
from collections.abc import Sequence
from functools import cache

import pyphen

HYPHENS = pyphen.Pyphen(lang="en_GB", left=1, right=1)


def reading_grade(texts: Sequence[str]) -> float:
    """Flesch-Kincaid school grade of all the texts; each ends at least one sentence."""
    sentences = [part for text in texts for part in re.split(r"[.?!:;]+(?:\s|$)", text) if part]
    words = [
        word for sentence in sentences for word in re.findall(r"[A-Za-z][A-Za-z'’]*", sentence)
    ]
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """The larger of two counts, because each alone misses some: vowel groups and hyphens."""
    heard = re.sub(r"(?<=[^aeiouy])(e|es|ed)$", "", word.lower()) or word.lower()
    vowels = len(re.findall(r"[aeiouy]+", heard))
    return max(1, vowels, len(HYPHENS.positions(word)) + 1)
