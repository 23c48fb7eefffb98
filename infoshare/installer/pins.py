"""`make pins`: write requirements*.txt from requirements*.in, and tell when they are out of step.

The first line of each pins file carries the hash of what was asked for, so that being out of
step is seen without a network.
"""

import re
import sys
import tempfile
from pathlib import Path

from infoshare.installer import checkout, children
from infoshare.installer.stamps import digest

SETS = ("requirements", "requirements-dev", "requirements-node")
RESOLVER = "uv"
PYTHON = "3.11"
HEADER = "# Pinned by `make pins` from {asked}, sha256 {hash}\n"


def asked_for(name: str) -> list[Path]:
    """The .in file of a set, and those that it includes."""
    path = checkout.ROOT / f"{name}.in"
    included = re.findall(r"^-r (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [path, *(checkout.ROOT / other for other in included)]


def _header(name: str) -> str:
    words = (path.read_text(encoding="utf-8") for path in asked_for(name))
    return HEADER.format(asked=f"{name}.in", hash=digest([], *words))


def out_of_step() -> str:
    """Which pins files were not made from their .in file as it is now; "" when all were."""
    stale = [name for name in SETS if not _file(name).startswith(_header(name))]
    return "".join(f"{name}.txt does not follow {name}.in: run make pins\n" for name in stale)


def _file(name: str) -> str:
    """The pins file as it is; "" when there is none yet."""
    path = checkout.ROOT / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def renew(*, upgrade: bool) -> None:
    """Resolve every set anew, in an environment that is thrown away afterwards.

    Versions stay as they are pinned unless `upgrade`, or an .in file asks for others.
    """
    with tempfile.TemporaryDirectory(prefix="infoshare-pins-") as folder:
        python = Path(folder) / "bin" / "python"
        children.run("Environment for the resolver", [sys.executable, "-m", "venv", folder],
                     log="pins")  # fmt: skip
        children.run("Resolver", [str(python), "-m", "pip", "install", "--quiet", RESOLVER],
                     log="pins")  # fmt: skip
        for name in SETS:
            _resolve(name, Path(folder), upgrade=upgrade)


def _resolve(name: str, folder: Path, *, upgrade: bool) -> None:
    made = folder / f"{name}.txt"
    if not upgrade:
        made.write_text(_file(name), encoding="utf-8")
    children.run(
        f"Pins of {name}.in",
        [str(folder / "bin" / RESOLVER), "pip", "compile", f"{name}.in", "-o", str(made),
         "--generate-hashes", "--universal", "--python-version", PYTHON, "--no-header",
         "--no-emit-index-url", "--no-emit-find-links", "--no-config", "--quiet"],
        log="pins",
    )  # fmt: skip
    text = _header(name) + made.read_text(encoding="utf-8")
    (checkout.ROOT / f"{name}.txt").write_text(text, encoding="utf-8")
