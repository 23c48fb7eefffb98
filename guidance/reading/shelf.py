"""The library that ships with InfoShare, read once."""

from functools import cache
from pathlib import Path

from guidance.reading.library import Library
from guidance.reading.loader import inspect, load, read_files
from guidance.reading.schema import LibraryError, Page
from guidance.rulebook import catalogue
from guidance.rulebook.schema import EditionError

FOLDER = Path(__file__).resolve().parent.parent / "library"


@cache
def shipped() -> Library:
    """The shipped library; raises `LibraryError` that names the file and line."""
    return load(read_files(FOLDER), catalogue.shipped())


def about(question: str) -> list[Page]:
    """The pages of the shipped library that bear on a question or step."""
    return shipped().about(question)


def faults(folder: Path = FOLDER) -> list[LibraryError]:
    """Whatever is wrong with a library, by file and line.

    Empty when all is well, and while an edition that it speaks of is broken itself.
    """
    try:
        return inspect(read_files(folder), catalogue.shipped())[1]
    except EditionError:
        return []
    except LibraryError as error:
        return [error]
