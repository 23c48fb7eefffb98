"""A copy of InfoShare that the installer's modules take for theirs."""

from pathlib import Path

import pytest

from infoshare.installer import checkout, console


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout; `.venv` and `var` are where the installer expects them in it."""
    root = tmp_path / "copy"
    root.mkdir()
    monkeypatch.setattr(checkout, "ROOT", root)
    monkeypatch.setattr(checkout, "VENV", root / ".venv")
    monkeypatch.setattr(checkout, "PYTHON", root / ".venv" / "bin" / "python")
    monkeypatch.setattr(checkout, "VAR", root / "var")
    monkeypatch.setattr(checkout, "LOGS", root / "var" / "log")
    monkeypatch.setattr(console, "ON_TERMINAL", False)
    return root
