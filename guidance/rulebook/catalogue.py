"""The editions that ship with InfoShare, each read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from guidance.rulebook import crosswalk
from guidance.rulebook.lint import lint
from guidance.rulebook.loader import load_edition, read_folder
from guidance.rulebook.schema import Edition, EditionError

FOLDER = Path(__file__).resolve().parent.parent / "editions"
DEFAULT = "england-2026"


@cache
def shipped() -> Mapping[str, Edition]:
    """The shipped editions by id; raises `EditionError` that names the file and key."""
    editions = {folder.name: read_edition(folder) for folder in folders()}
    if DEFAULT not in editions:
        raise EditionError(DEFAULT, "", "is missing: it is the edition for new decisions")
    return MappingProxyType(editions)


def faults(parent: Path = FOLDER) -> list[EditionError]:
    """Whatever is wrong with the editions in a folder, by file and key; empty when all is well."""
    found: list[EditionError] = []
    sound: dict[str, Edition] = {}
    for folder in folders(parent):
        try:
            sound[folder.name] = read_edition(folder)
            found += (_in(folder, error) for error in lint(sound[folder.name]))
        except EditionError as error:
            found.append(error)
    if not found:  # an edition that cannot be read would make its neighbours' names unknown
        for name, edition in sound.items():
            found += (_in(parent / name, one) for one in crosswalk.faults(edition, sound))
    if parent / DEFAULT not in folders(parent):
        found.append(EditionError(DEFAULT, "", "is missing: it is the edition for new decisions"))
    return found


def folders(parent: Path = FOLDER) -> list[Path]:
    """The folders of the editions, in order of name."""
    if not parent.is_dir():
        return []
    return sorted(entry for entry in parent.iterdir() if entry.is_dir() and entry.name[0] != ".")


@cache
def read_edition(folder: Path) -> Edition:
    """The edition in a folder of its own name; its errors name the folder too."""
    try:
        edition = load_edition(read_folder(folder))
        if edition.id != folder.name:
            raise EditionError("edition.toml", "id", f"must be {folder.name}, as the folder is")
    except EditionError as error:
        raise _in(folder, error) from None
    return edition


def _in(folder: Path, error: EditionError) -> EditionError:
    return EditionError(f"{folder.name}/{error.file}", error.key, error.problem)
