"""Where the library's words come from: `sources/*.toml`, and the citations of the editions."""

from collections.abc import Mapping
from types import MappingProxyType

from guidance.reading.front_matter import placed
from guidance.rulebook.loader import CONFIDENCES
from guidance.rulebook.schema import Citation, Edition, EditionError
from guidance.rulebook.tables import Table, read_each, read_table


def read_sources(files: Mapping[str, bytes]) -> Mapping[str, Citation]:
    """Every source by id; raises `LibraryError`, also when two files use one id."""
    found: dict[str, Citation] = {}
    for file, content in files.items():
        for source in _in_file(file, content):
            if source.id in found:
                text = content.decode()
                error = EditionError(file, f"source.{source.id}", "stands in another file too")
                raise placed(file, text, error)
            found[source.id] = source
    return MappingProxyType(found)


def _in_file(file: str, content: bytes) -> tuple[Citation, ...]:
    try:
        table = read_table(file, content)
        sources = read_each(table, "source", _source, lambda source: source.id)
        table.close()
    except EditionError as error:
        raise placed(file, content.decode("utf-8", "replace"), error) from None
    return sources


def _source(table: Table) -> Citation:
    return Citation(
        id=table.identity(),
        title=table.text("title"),
        address=_address(table),
        published=table.text("published"),
        checked=table.day("checked"),
        confidence=table.word("confidence", CONFIDENCES),
        note=table.text("note", empty=True) if table.has("note") else "",
    )


def _address(table: Table) -> str:
    address = table.text("address", empty=True)
    if address and not address.startswith(("https://", "http://")):
        raise table.error("address", "must begin with https:// or http://, or be empty")
    return address


def of_editions(editions: Mapping[str, Edition]) -> Mapping[str, Citation]:
    """What the editions cite, by ids such as `england-2026/dfe-2024`."""
    return MappingProxyType(
        {
            f"{one.id}/{name}": cited
            for one in editions.values()
            for name, cited in one.citations.items()
        }
    )
