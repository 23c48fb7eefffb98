"""The folders and files that belong to this copy of InfoShare, and the environment of its tools."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("INFOSHARE_DATA", "").strip() or ROOT / "var").resolve()
LOGS = VAR / "log"

# Left over from another project's shell, these would redirect our own tools.
FOREIGN = (
    "DJANGO_SETTINGS_MODULE",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
)


def environment(**more: str) -> dict[str, str]:
    """This process's environment with `.venv` first on the path, and `more` on top."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    kept["PATH"] = f"{VENV / 'bin'}{os.pathsep}{kept.get('PATH', os.defpath)}"
    kept["PYTHONUNBUFFERED"] = "1"
    return kept | more


def manage(*words: str) -> list[str]:
    """The command line of one of InfoShare's own commands."""
    return [str(PYTHON), str(ROOT / "manage.py"), *words]
