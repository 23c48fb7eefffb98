"""The parties of a protocol as they are typed, and whether two names mean one body. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 50
LONGEST_NAME = 200
SHORTEST = 6  # letters of a single word that may stand for a longer name
BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Party:
    """One body of a protocol; its role is "" when none was typed."""

    name: str
    role: str


def read(typed: str) -> list[Party]:
    """The parties of a text with one on each line, as in "Northmoor Homes; landlord"."""
    lines = (line.partition(BETWEEN) for line in typed.splitlines())
    return [Party(name.strip(), role.strip()) for name, _, role in lines if name.strip()]


def fault(typed: str) -> str:
    """What is wrong with the lines, in the words of a form; "" when nothing is."""
    found = read(typed)
    if not found:
        return "Name at least one other party: its name, one on each line"
    if len(found) > MOST:
        return f"These are {len(found)} parties. The most that can be kept is {MOST}."
    for one in found:
        if len(one.name) > LONGEST_NAME:
            begin = one.name[:30]
            return f"The name that begins “{begin}” is longer than {LONGEST_NAME} characters"
    return ""


def plain(name: str) -> str:
    """The name as names are compared: without case, marks, brackets and a leading "the"."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = re.sub(r"\([^)]*\)", " ", text).replace("&", " and ")
    words = re.sub(r"[^\w\s]", " ", re.sub(r"['’]", "", text)).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def is_same(name: str, other: str) -> bool:
    """Whether the names mean one body: alike, or one stands in the other as whole words.

    A single short word is too little: "Homes" does not mean every body with homes in its name.
    """
    left, right = plain(name), plain(other)
    if not left or not right:
        return False
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    tells = len(short) >= SHORTEST or " " in short
    return tells and f" {short} " in f" {long} "


def meets(parties: Iterable[Party], names: Iterable[str], own: str) -> bool:
    """Whether a party other than our `own` organisation is one of the bodies named."""
    others = [one.name for one in parties if plain(one.name) != plain(own)]
    return any(is_same(party, name) for name in names for party in others)
