"""The bundled fonts: found where npm puts them, the only ones used, and missed out loud."""

import os
import unicodedata
from pathlib import Path

import pytest

from decisions.documents import fonts, renderer


def test_a_missing_font_is_named_with_what_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "FONT_FOLDER", tmp_path)
    with pytest.raises(fonts.FontMissingError, match=r"NotoSans_400Regular\.ttf.*make setup"):
        renderer.Renderer()


def test_the_fonts_cover_the_letters_of_english_welsh_polish_and_more() -> None:
    for text in ("Aa£€’“”–…", "ŵŷ", "ąćęłńóśźż", "ăâîșț", "ğış", "ếữ", "Ωω", "Яя", "ђћ", "अ"):
        assert set(map(ord, unicodedata.normalize("NFC", text))) <= fonts.covered()


def test_fontconfig_is_told_of_our_fonts_only_while_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/else")
    with fonts.no_system_fonts():
        assert os.environ["FONTCONFIG_FILE"].endswith("decisions/documents/fonts.conf")
    assert os.environ["FONTCONFIG_FILE"] == "/somewhere/else"
    monkeypatch.delenv("FONTCONFIG_FILE")
    with fonts.no_system_fonts():
        pass
    assert "FONTCONFIG_FILE" not in os.environ
