"""The edition for new decisions, shipped with another word in it."""

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.loader import load_edition
from guidance.rulebook.schema import Edition

TODAY = catalogue.shipped()[catalogue.DEFAULT]


def ship_changed(monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Have it ship so from now on; the changed edition comes back."""
    files = dict(TODAY.files)
    files["questions.toml"] = files["questions.toml"].replace(b"public", b"common", 1)
    other = load_edition(files)
    shipped = {**catalogue.shipped(), other.id: other}
    monkeypatch.setattr(catalogue, "shipped", lambda: shipped)
    return other
