"""Small libraries for tests, as files in memory."""

from guidance.reading.library import Library
from guidance.reading.loader import inspect
from guidance.rulebook import catalogue

SOURCES = b"""
[[source]]
id = "almanac"
title = "The Almanac"
address = "https://almanac.example/"
published = "2020"
checked = 2026-11-22
confidence = "read"
"""
HEAD = """+++
title = "Rain"
summary = "It falls."
checked = 2026-11-22
sources = ["almanac"]
+++
"""
READING = """invented = true
[[reading]]
edition = "england-2026"
answers = { urgent = "yes" }
outcome = "share"
rule = "urgent"
+++
"""


def shelf(text: str, head: str = HEAD, **others: str) -> dict[str, bytes]:
    """A library with one page `law/01-rain.md` of this text; others as `law__02_snow=...`."""
    files = {"law/01-rain.md": (head + text).encode(), "sources/a.toml": SOURCES}
    named = {name.replace("__", "/").replace("_", "-"): body for name, body in others.items()}
    return files | {f"{name}.md": body.encode() for name, body in named.items()}


def case(reading: str = READING) -> str:
    """A case in its file's words."""
    return HEAD.removesuffix("+++\n") + reading + "A case.\n"


def glossary(*terms: str) -> dict[str, bytes]:
    """A glossary of these terms, each meaning nothing much; "rain, showers" has another form."""
    entries = []
    for number, line in enumerate(terms):
        term, *also = line.split(", ")
        forms = ", ".join(f'"{form}"' for form in also)
        entries.append(
            f'[[term]]\nid = "t{number}"\nterm = "{term}"\nalso = [{forms}]\n'
            f'meaning = "Some *meaning*."\nsources = ["almanac"]\n'
        )
    return {"glossary/terms.toml": "\n".join(entries).encode()}


def read(files: dict[str, bytes]) -> Library:
    """The library in these files, which must have no fault."""
    library, found = inspect(files, catalogue.shipped())
    assert [str(one) for one in found] == []
    return library


def html(files: dict[str, bytes]) -> str:
    """The first page as HTML, its links led to themselves."""
    library = read(files)
    return library.html(library.pages[0].file, lambda target: f"/{target}")


def faults(files: dict[str, bytes]) -> list[str]:
    """Everything that is wrong with these files."""
    return [str(one) for one in inspect(files, catalogue.shipped())[1]]
