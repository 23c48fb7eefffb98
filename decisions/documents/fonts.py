"""The fonts a document is drawn with: one table, and nothing outside it is ever used.

Grow the table to print another script. Every face of a family must cover the same characters,
because a character is printed only when all faces of some family have it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parents[2]
FONT_FOLDER = PROJECT / "node_modules" / "@expo-google-fonts"
# A scheme of our own: no document can name a file or an address with it.
SCHEME = "infoshare-font:"
NO_SYSTEM_FONTS = Path(__file__).with_name("fonts.conf")


class FontMissingError(Exception):
    """A font of the table is not installed: names the file and what brings it."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its family in the style sheet, its weight and where it lies."""

    family: str
    weight: int
    file: str  # below FONT_FOLDER

    @property
    def address(self) -> str:
        """What the style sheet calls this face."""
        return f"{SCHEME}{self.file}"

    @property
    def path(self) -> Path:
        """The font file; raises `FontMissingError` when it is not there."""
        path = FONT_FOLDER / self.file
        if not path.is_file():
            raise FontMissingError(
                f"The font {self.file} is missing from {FONT_FOLDER}. "
                "Run `make setup`, which installs the npm packages that bring it."
            )
        return path


FACES = (
    Face("Noto Sans", 400, "noto-sans/400Regular/NotoSans_400Regular.ttf"),
    Face("Noto Sans", 600, "noto-sans/600SemiBold/NotoSans_600SemiBold.ttf"),
)


def style_sheet() -> str:
    """The CSS that names every face of the table and sets them as the document's fonts."""
    faces = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{face.address}") }}'
        for face in FACES
    ]
    families = ", ".join(f'"{family}"' for family in dict.fromkeys(face.family for face in FACES))
    return "\n".join([*faces, f"html {{ font-family: {families} }}"])


@cache
def covered() -> frozenset[int]:
    """The code points that can be drawn in every weight; raises `FontMissingError`."""
    families: dict[str, set[int]] = {}
    for face in FACES:
        with TTFont(face.path, lazy=True) as font:
            characters = set(font.getBestCmap())
        families[face.family] = families.get(face.family, characters) & characters
    return frozenset().union(*families.values())


@contextmanager
def no_system_fonts() -> Iterator[None]:
    """Make fontconfig, when it starts inside the block, see no font and no cache of the machine.

    So a document looks the same on every machine, and a machine without fonts, without
    configuration or without a home folder is as good as any other.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_SYSTEM_FONTS)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
