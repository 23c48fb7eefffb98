"""Whatever is wrong with a library is named by file and line."""

from pathlib import Path

import pytest

from guidance.reading import shelf as shipped
from guidance.reading.loader import read_files
from guidance.reading.schema import LibraryError
from guidance.rulebook import catalogue
from tests.guidance.reading.shelves import HEAD, SOURCES, faults, read, shelf

PAGE = "library/law/01-rain.md"


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("title = 1\n", f"{PAGE}:1: must begin with a line +++"),
        ("+++\ntitle = 'Rain'\n", f"{PAGE}:1: has no line +++ that ends its head"),
        (HEAD.replace('"Rain"', "Rain"), f"{PAGE}:2: is not valid TOML: "),
        (HEAD.replace('"It falls."', '""'), f"{PAGE}:3: summary: is empty"),
        (HEAD.replace("2026-11-22", '"today"'), f"{PAGE}:4: checked: must be a date"),
        (HEAD.replace('["almanac"]', "[]"), f"{PAGE}:5: sources: is empty"),
        (HEAD.replace("sources", "colour = 1\nsources"), f"{PAGE}:5: colour: is not a known key"),
        (HEAD.replace('"almanac"', '"nobody"'), f"{PAGE}:5: no source is called nobody"),
        ("\ufeff" + HEAD, f"{PAGE}:1: has a byte order mark"),
        (HEAD.replace("\n", "\r\n"), f"{PAGE}:1: has line ends of another system"),
        (HEAD.replace("Rain", "\0"), f"{PAGE}:2: has a NUL character"),
        (HEAD.replace("Rain", "\\u0000"), f"{PAGE}:2: title: has a NUL character"),
        (HEAD.replace("sources", 'about = ["hat"]\nsources'), f"{PAGE}:5: no edition asks hat"),
    ],
)
def test_a_broken_head(head: str, fault: str) -> None:
    [found] = faults(shelf("It rains.\n", head))
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" \n", f"{PAGE}:7: says nothing below its head"),
        ("Dry.\n\n# Rain\n", f"{PAGE}:9: has a heading that is neither ## nor ###"),
        ("### Rain\n", f"{PAGE}:7: has a heading ### without a ## before it"),
        ("## Rain\n\nWet.\n\n## Rain\n", f"{PAGE}:11: has a second heading called Rain"),
        ("Look:\n\n![A cloud](cloud.png)\n", f"{PAGE}:9: shows a picture"),
        ("See [snow][02].\n", f"{PAGE}:7: has a link that cannot be understood: "),
    ],
)
def test_broken_words(text: str, fault: str) -> None:
    [found] = faults(shelf(text))
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("02-snow.md", "there is no page law/02-snow.md"),
        ("../../secrets.md", "there is no page ../secrets.md"),
        ("#hail", "law/01-rain.md has no heading hail; known: wet"),
        ("question:england-2026/hat", "england-2026 asks nothing called 'hat'"),
        ("question:england-1066/consent", "no edition is called 'england-1066'"),
        ("edition:england-1066", "no edition is called 'england-1066'"),
        ("https://rain.example/", "leads out of the library"),
        ("/guidance/", "leads out of the library"),
    ],
)
def test_a_dead_link_is_named_by_its_line(target: str, why: str) -> None:
    [found] = faults(shelf(f"## Wet\n\nOne line,\nand [one]({target}) more.\n"))
    assert found.startswith(f"{PAGE}:10: has a dead link: ")
    assert why in found


def test_a_dead_link_in_a_table_is_named_by_its_line() -> None:
    [found] = faults(shelf("| a | b |\n|---|---|\n| c | d |\n| [e](none.md) | f |\n"))
    assert found.startswith(f"{PAGE}:10: has a dead link: none.md")


def test_every_fault_is_named_and_not_only_the_first() -> None:
    found = faults(shelf("[a](b.md)\n\n[c](d.md)\n", law__02_snow=HEAD + "[e](f.md)\n"))
    assert [one.split(": ")[0] for one in found] == [
        f"{PAGE}:7",
        f"{PAGE}:9",
        "library/law/02-snow.md:7",
    ]


def test_a_link_finds_page_heading_question_and_edition() -> None:
    files = shelf(
        "[a](02-snow.md#deep-snow) [b](question:england-2026/consent)\n[c](edition:hmg-2008)\n",
        law__02_snow=HEAD + "## Deep snow\n\nCold. [Back](01-rain.md)\n",
    )
    places = read(files).places
    found = places.find("02-snow.md#deep-snow", "law/01-rain.md")
    assert (found.kind, found.names, found.heading) == ("page", ("law", "snow"), "deep-snow")
    assert places.find("../law/02-snow.md", "cases/01-rain.md").names == ("law", "snow")


def test_a_source_may_be_one_that_an_edition_cites() -> None:
    library = read(shelf("It rains.\n", HEAD.replace("almanac", "england-2026/dfe-2024")))
    cited = library.sources["england-2026/dfe-2024"]
    assert cited == catalogue.shipped()["england-2026"].citations["dfe-2024"]


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (SOURCES.replace(b"id =", b"name =") + SOURCES, "2: source[1].id: is missing"),
        (
            SOURCES + b'[source.force]\nstanding = "not-seen"\nlooked = 2026-11-22\n',
            "9: source.almanac.force.found: is missing",
        ),
        (SOURCES.replace(b"read", b"unverified"), "3: source.almanac.note: must say “Check with"),
    ],
)
def test_a_broken_source_is_named_by_its_line(spoilt: bytes, fault: str) -> None:
    found = faults(shelf("It rains.\n") | {"sources/a.toml": spoilt})
    assert found[0].startswith(f"library/sources/a.toml:{fault}")


def test_one_id_for_two_sources_is_refused() -> None:
    [found] = faults(shelf("It rains.\n") | {"sources/b.toml": SOURCES})
    assert found == "library/sources/b.toml:3: source.almanac: stands in another file too"


def test_a_source_leads_to_the_web_or_nowhere() -> None:
    files = shelf("It rains.\n")
    files["sources/a.toml"] = SOURCES.replace(b"https://almanac.example/", b"javascript:alert(1)")
    assert faults(files)[0].startswith("library/sources/a.toml:5: source.almanac.address: must ")


@pytest.mark.parametrize(
    "name",
    ["law/rain.md", "law/01-Rain.md", "weather/01-rain.md", "01-rain.md", "law/01-rain.html",
     "law/deep/01-rain.md", "glossary/01-rain.md"],
)  # fmt: skip
def test_a_file_that_does_not_belong_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.replace("almanac", "england-2026/dfe-2024") + "It rains.\n", "utf-8")
    (tmp_path / ".hidden").write_text("left alone", encoding="utf-8")
    [found] = shipped.faults(tmp_path)
    assert str(found).startswith(f"library/{name}:1: ")


def test_bytes_that_are_not_text_are_named() -> None:
    files = shelf("It rains,\n")
    files["law/01-rain.md"] += b"and \xff rains"
    assert faults(files) == [f"{PAGE}:8: is not UTF-8 text"]


def test_the_first_fault_stops_whoever_wants_to_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "law").mkdir()
    for name, content in shelf("[a](b.md)\n").items():
        if name.endswith(".md"):
            (tmp_path / name).write_bytes(content.replace(b"almanac", b"england-2026/dfe-2024"))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    with pytest.raises(LibraryError, match=r"01-rain\.md:7: has a dead link"):
        shipped.about("consent")


def test_the_shipped_library_has_no_fault() -> None:
    assert shipped.faults() == []
    assert set(read_files(shipped.FOLDER)) >= {page.file for page in shipped.shipped().pages}
