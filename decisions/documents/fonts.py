"""The fonts a document is drawn with: one table, and nothing outside it is ever used.

Grow the table to print another script. Every face of a family must cover the same characters,
because a character is printed only when all faces of some family have it. The first family draws
whatever it can; a document that needs no other is drawn without them.
"""

import os
from collections.abc import Iterator, Sequence
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


PLAIN = "Noto Sans"  # Latin, Greek, Cyrillic and Devanagari
SCRIPTS = ("Arabic", "Bengali", "Gurmukhi", "Gujarati", "Tamil")  # Arabic also writes Urdu


def _family(name: str) -> tuple[Face, ...]:
    folder, stem = name.lower().replace(" ", "-"), name.replace(" ", "")
    return (
        Face(name, 400, f"{folder}/400Regular/{stem}_400Regular.ttf"),
        Face(name, 600, f"{folder}/600SemiBold/{stem}_600SemiBold.ttf"),
    )


PLAIN_FACES = _family(PLAIN)
FACES = PLAIN_FACES + tuple(face for one in SCRIPTS for face in _family(f"{PLAIN} {one}"))


def style_sheet(faces: Sequence[Face] = FACES) -> str:
    """The CSS that names every one of these faces and sets them as the document's fonts."""
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{face.address}") }}'
        for face in faces
    ]
    families = ", ".join(f'"{family}"' for family in dict.fromkeys(face.family for face in faces))
    return "\n".join([*rules, f"html {{ font-family: {families} }}"])


def needed_for(text: str) -> tuple[Face, ...]:
    """The faces that draw this text: those of the first family alone wherever they are enough."""
    return PLAIN_FACES if _only_others_draw().isdisjoint(map(ord, set(text))) else FACES


@cache
def _only_others_draw() -> frozenset[int]:
    return covered() - covered(PLAIN_FACES)


@cache
def covered(faces: tuple[Face, ...] = FACES) -> frozenset[int]:
    """The code points that can be drawn in every weight; raises `FontMissingError`."""
    families: dict[str, set[int]] = {}
    for face in faces:
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
