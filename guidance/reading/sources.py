"""Where the library's words come from: `sources/*.toml`, and the citations of the editions."""

from collections.abc import Mapping
from types import MappingProxyType

from guidance.reading.front_matter import placed
from guidance.reading.schema import LibraryError
from guidance.rulebook.citations import careless, read_citation
from guidance.rulebook.schema import Citation, Edition, EditionError
from guidance.rulebook.tables import read_each, read_table


def read_sources(files: Mapping[str, bytes]) -> Mapping[str, Citation]:
    """Every source by id; raises `LibraryError`, also when two files use one id."""
    found: dict[str, Citation] = {}
    for file, content in files.items():
        for source in _in_file(file, content):
            if source.id in found:
                raise _error(file, content, source.id, "stands in another file too")
            for name, problem in careless(source):
                raise _error(file, content, f"{source.id}.{name}", problem)
            found[source.id] = source
    return MappingProxyType(found)


def _in_file(file: str, content: bytes) -> tuple[Citation, ...]:
    try:
        table = read_table(file, content)
        sources = read_each(table, "source", read_citation, lambda source: source.id)
        table.close()
    except EditionError as error:
        raise placed(file, content.decode("utf-8", "replace"), error) from None
    return sources


def _error(file: str, content: bytes, key: str, problem: str) -> LibraryError:
    return placed(file, content.decode(), EditionError(file, f"source.{key}", problem))


def of_editions(editions: Mapping[str, Edition]) -> Mapping[str, Citation]:
    """What the editions cite, by ids such as `england-2026/dfe-2024`."""
    return MappingProxyType(
        {
            f"{one.id}/{name}": cited
            for one in editions.values()
            for name, cited in one.citations.items()
        }
    )
