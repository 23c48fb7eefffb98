from collections.abc import Callable
from pathlib import Path

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.schema import EditionError
from tests.guidance.rulebook import toys
from tests.guidance.rulebook.toys import Contents

Shelf = Callable[[Contents], Path]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Puts an edition in a folder of editions, under the name of the default one."""

    def put(contents: Contents) -> Path:
        folder = tmp_path / "editions" / catalogue.DEFAULT
        folder.mkdir(parents=True)
        for name, content in toys.files(contents).items():
            (folder / name).write_bytes(content)
        return folder.parent

    return put


def sound() -> Contents:
    contents = toys.umbrella()
    contents["edition.toml"]["id"] = catalogue.DEFAULT
    return contents


def faults(parent: Path) -> list[str]:
    return [str(error) for error in catalogue.faults(parent)]


def test_what_ships_has_no_faults() -> None:
    assert catalogue.faults() == []


def test_a_sound_edition_has_no_faults(shelf: Shelf) -> None:
    assert faults(shelf(sound())) == []


def test_what_cannot_be_read_is_named_by_folder_file_and_key(shelf: Shelf) -> None:
    contents = sound()
    del contents["questions.toml"]["question"][0]["title"]
    assert faults(shelf(contents)) == [
        "england-2026/questions.toml: question.rain.title: is missing"
    ]


def test_what_lint_finds_is_named_by_folder_file_and_key(shelf: Shelf) -> None:
    contents = sound()
    contents["outcomes.toml"]["rule"][0]["sources"] = []
    [fault] = faults(shelf(contents))
    assert fault.startswith("england-2026/outcomes.toml: rule.dry.sources: is empty")


def test_an_edition_has_the_name_of_its_folder(shelf: Shelf) -> None:
    [fault] = faults(shelf(toys.umbrella()))
    assert fault == "england-2026/edition.toml: id: must be england-2026, as the folder is"


def test_a_file_that_cannot_be_opened_is_named(shelf: Shelf) -> None:
    folder = shelf(sound()) / catalogue.DEFAULT
    (folder / "outcomes.toml").unlink()
    (folder / "outcomes.toml").mkdir()
    [fault] = faults(folder.parent)
    assert fault == "england-2026/outcomes.toml: cannot be read: Is a directory"


def test_the_edition_for_new_decisions_may_not_be_missing(tmp_path: Path) -> None:
    for parent in (tmp_path, tmp_path / "nowhere"):
        assert faults(parent) == ["england-2026: is missing: it is the edition for new decisions"]


def test_an_edition_is_read_once() -> None:
    assert catalogue.shipped() is catalogue.shipped()
    folder = catalogue.FOLDER / catalogue.DEFAULT
    assert catalogue.read_edition(folder) is catalogue.shipped()[catalogue.DEFAULT]


def test_what_ships_cannot_be_changed_in_memory() -> None:
    with pytest.raises(TypeError):
        catalogue.shipped()["other"] = None  # type: ignore[index]
    with pytest.raises(EditionError):
        catalogue.read_edition(catalogue.FOLDER / "nowhere")
