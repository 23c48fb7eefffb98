"""`.venv` and the Python packages in it, exactly those pinned in requirements*.txt by hash."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from infoshare.installer import checkout, children
from infoshare.installer.stamps import Stamp, digest

TO_RUN = "requirements.txt"
TO_TEST = "requirements-dev.txt"
NODE = "requirements-node.txt"
ANSWERS = "import sys; sys.exit(sys.version_info < (3, 11))"


def make_venv() -> None:
    """Make `.venv`, or make it anew when its Python no longer answers or the folder was moved."""
    if _answers(checkout.PYTHON) and _at_home():
        return
    children.run(
        f"Python environment .venv (Python {sys.version.split()[0]})",
        [sys.executable, "-m", "venv", "--clear", str(checkout.VENV)],
        log="venv",
    )


def _answers(python: Path) -> bool:
    """Whether this Python starts, is new enough and has pip."""
    if not python.exists():
        return False
    asked = [str(python), "-c", f"import pip; {ANSWERS}"]
    return subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0


def _at_home() -> bool:
    """Whether `.venv` was made where it is now; its programs carry the place they were made in."""
    try:
        made = (checkout.VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    places = (f" {checkout.VENV}", f" {checkout.VENV.resolve()}")
    return any(line.startswith("command = ") and line.endswith(places) for line in made)


def bring(pins: str) -> None:
    """Install every package of the pins file into `.venv`; nothing when that is already so."""
    if _installed(pins):
        return
    stamp = _stamp(pins)
    stamp.forget()
    children.run(
        f"Python packages of {pins}",
        [str(checkout.PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input",
         "--disable-pip-version-check", "--no-warn-script-location", "--progress-bar", "off",
         "-r", pins],
        log=f"pip-{Path(pins).stem}",
        share=_counted(pins),
    )  # fmt: skip
    stamp.write(_inputs(pins))


def _installed(pins: str) -> bool:
    """Whether the pins hold; the pins for tests contain those for running."""
    if _stamp(pins).holds(_inputs(pins)):
        return True
    return pins == TO_RUN and _stamp(TO_TEST).holds(_inputs(TO_TEST)) and _same_pins()


def _same_pins() -> bool:
    """Whether every pin for running stands in the pins for tests as well."""
    return _pinned(TO_RUN) <= _pinned(TO_TEST)


def _pinned(pins: str) -> set[str]:
    text = (checkout.ROOT / pins).read_text(encoding="utf-8")
    return set(re.findall(r"^[A-Za-z0-9._-]+==[^\s;]+", text, re.MULTILINE))


def _inputs(pins: str) -> str:
    return digest([checkout.ROOT / pins], str(checkout.PYTHON.resolve()))


def _stamp(pins: str) -> Stamp:
    return Stamp(checkout.VENV / ".installed" / pins)


def _counted(pins: str) -> Callable[[str], float | None]:
    """How far pip is: packages looked at, of all that are pinned."""
    total, seen = len(_pinned(pins)), set[str]()

    def share(line: str) -> float | None:
        words = line.split()
        if len(words) > 1 and words[0] == "Collecting":
            seen.add(words[1])
        return len(seen) / total if total else None

    return share
