"""Libraries and programs that come from the system's own packages (Debian and its kin).

A part is looked for by what it gives (a library that loads, a program that is found), not by its
package name, so a machine that has it from elsewhere is left alone.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infoshare.installer import checkout, children
from infoshare.installer.console import InstallError, warn


@dataclass(frozen=True)
class Part:
    """Something the system must have, the Debian package that brings it, and how to see it.

    What is `only_quicker` is brought when it can be, and done without when not.
    """

    package: str
    use: str
    present: Callable[[], bool]
    only_quicker: bool = False


def _loads(library: str) -> Callable[[], bool]:
    def look() -> bool:
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    return look


def _found(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


def _can_make_venv() -> bool:
    return checkout.PYTHON.exists() or importlib.util.find_spec("ensurepip") is not None


TO_RUN = (
    Part("python3-venv", "the Python environment", _can_make_venv),
    Part("libpango-1.0-0", "PDF text", _loads("libpango-1.0.so.0")),
    Part("libpangoft2-1.0-0", "PDF fonts", _loads("libpangoft2-1.0.so.0")),
    Part("libharfbuzz-subset0", "PDF in half the time", _loads("libharfbuzz-subset.so.0")),
)
TO_TEST = (
    *TO_RUN,
    Part("chromium", "the browser tests", _found("chromium")),
    Part(
        "chromium-headless-shell",
        "browser tests in half the time",
        _found("chromium-headless-shell"),
        only_quicker=True,
    ),
    Part("libatomic1", "the driver of the browser tests", _loads("libatomic.so.1")),
    Part("poppler-utils", "reading PDFs in tests", _found("pdftotext")),
)

TO_MEASURE = (Part("zip", "the benchmark of exports", _found("zip")),)

APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-q")
INSTALL = ("install", "-y", "--no-install-recommends")


def bring(parts: Sequence[Part]) -> None:
    """Install the packages of all missing parts, or raise `InstallError` with the line to type."""
    missing = [part for part in parts if not part.present()]
    _bring([part for part in missing if not part.only_quicker])
    try:
        _bring([part for part in missing if part.only_quicker])
    except InstallError as failure:
        warn(f"Going on without: {failure}")


def _bring(missing: Sequence[Part]) -> None:
    if not missing:
        return
    packages = [part.package for part in missing]
    apt = shutil.which("apt-get")
    if not apt:
        wanted = ", ".join(f"{part.package} ({part.use})" for part in missing)
        raise InstallError(
            "This machine lacks system parts, and has no apt-get to bring them. Install what "
            f"Debian calls: {wanted}. Then run the same make again."
        )
    prefix = _as_root()
    if prefix is None:
        raise InstallError(_line_to_type(packages))
    _install(prefix, packages)
    absent = [part for part in missing if not part.present()]
    if absent:
        wanted = ", ".join(part.package for part in absent)
        raise InstallError(
            f"{wanted} was installed, but {absent[0].use} still cannot be had from it."
        )


def _as_root() -> list[str] | None:
    """What to put before a command so that root runs it, or None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if not sudo:
        return None
    asked = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True)
    return [sudo, "-n"] if asked.returncode == 0 else None


def _line_to_type(packages: Sequence[str]) -> str:
    inner = f"apt-get update && apt-get {' '.join(INSTALL)} {' '.join(packages)}"
    line = f"sudo sh -c '{inner}'" if shutil.which("sudo") else f"su - -c '{inner}'"
    return (
        "Some system packages are missing, and only the administrator (root) may install them.\n"
        f"Type this one line, then run the same make again:\n\n    {line}\n"
    )


def _install(prefix: Sequence[str], packages: Sequence[str]) -> None:
    """Install the packages; when the package lists are missing or old, renew them first."""
    env = checkout.environment(DEBIAN_FRONTEND="noninteractive")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *APT]
    title = f"System packages: {', '.join(packages)}"
    if subprocess.run(
        [*command, "--simulate", *INSTALL, *packages],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=env,
    ).returncode:
        _renew_lists(command, env)
    try:
        _apt(title, [*command, *INSTALL, *packages], env)
    except InstallError:
        _renew_lists(command, env)
        _apt(f"{title}, again", [*command, *INSTALL, *packages], env)


def _renew_lists(command: Sequence[str], env: dict[str, str]) -> None:
    _apt("List of system packages", [*command, "update"], env)


def _apt(title: str, command: Sequence[str], env: dict[str, str]) -> None:
    children.run(title, command, log="apt", env=env, interruptible=False)
