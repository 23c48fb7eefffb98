"""Skip what is already done: a stamp holds the hash of all that a step was made from.

A stamp is written after the step, so a step that was cut short is done again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path], *words: str) -> str:
    """A SHA-256 in hex over the names and bytes of the files, and over the words."""
    whole = hashlib.sha256()
    for word in words:
        whole.update(f"{len(word.encode())} {word}\n".encode())
    for path in sorted(files):
        content = path.read_bytes()
        whole.update(f"{path} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def files_under(folder: Path, *, without: Iterable[Path] = ()) -> list[Path]:
    """Every file below the folder but those below one of `without`, in name order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(path.is_relative_to(other) for other in without)
    )


class Stamp:
    """The memory that a step was done from certain inputs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def holds(self, inputs: str) -> bool:
        """Whether the step was last done from exactly these inputs."""
        try:
            return self.path.read_text(encoding="ascii").strip() == inputs
        except (OSError, UnicodeDecodeError):
            return False

    def write(self, inputs: str) -> None:
        """Remember that the step is done from these inputs."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(inputs + "\n", encoding="ascii")

    def forget(self) -> None:
        """Have the step done again next time."""
        self.path.unlink(missing_ok=True)
