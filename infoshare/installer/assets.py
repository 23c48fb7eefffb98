"""Styles and scripts: npm packages, the build into static/build, and the collected files."""

import contextlib
import re
import shutil
import subprocess
from pathlib import Path

from infoshare.installer import checkout, children, packages
from infoshare.installer.stamps import Stamp, digest, files_under

# What the `sass` of package-lock.json asks for.
LEAST_NODE = (20, 19)


def bring() -> None:
    """Have node_modules as locked, static/build built from it, and all static files collected."""
    _install()
    _build()
    _collect()


def _locked() -> list[Path]:
    """The files that decide which npm packages there are."""
    return [checkout.ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]


def _install() -> None:
    stamp, inputs = Stamp(checkout.ROOT / "node_modules" / ".installed"), digest(_locked())
    if stamp.holds(inputs):
        return
    children.run("Styles and scripts: npm packages", ["npm", "ci", "--ignore-scripts"],
                 log="npm", env=_environment())  # fmt: skip
    stamp.write(inputs)


def _build() -> None:
    built = checkout.ROOT / "static" / "build"
    sources = files_under(checkout.ROOT / "static", without=[built])
    stamp, inputs = Stamp(built / ".built"), digest([*sources, *_locked()])
    if stamp.holds(inputs):
        return
    stamp.forget()
    children.run("Styles and scripts: build", ["npm", "run", "build"],
                 log="npm-build", env=_environment())  # fmt: skip
    stamp.write(inputs)


def _collect() -> None:
    """Copy every static file under its hashed name to where WhiteNoise serves it from."""
    code = [checkout.ROOT / packages.TO_RUN, checkout.ROOT / "infoshare" / "settings.py"]
    stamp = Stamp(checkout.VAR / "static.stamp")
    inputs = digest([*files_under(checkout.ROOT / "static"), *code])
    if stamp.holds(inputs) and (checkout.VAR / "static" / "staticfiles.json").exists():
        return
    children.run("Static files under hashed names", checkout.manage("collectstatic", "--no-input"),
                 log="collectstatic")  # fmt: skip
    stamp.write(inputs)


def _environment() -> dict[str, str]:
    """The environment in which `npm` and `node` are new enough: the machine's, else the wheel's."""
    env = checkout.environment()
    if _good_enough(env):
        return env
    packages.bring(packages.NODE)  # puts npm and node into .venv/bin, first on the path
    return env


def _good_enough(env: dict[str, str]) -> bool:
    if not shutil.which("npm", path=env["PATH"]):
        return False
    return _version("node", env) >= LEAST_NODE


def _version(program: str, env: dict[str, str]) -> tuple[int, ...]:
    path = shutil.which(program, path=env["PATH"])
    if not path:
        return ()
    with contextlib.suppress(OSError):
        asked = subprocess.run([path, "--version"], stdin=subprocess.DEVNULL,
                               capture_output=True, text=True, env=env)  # fmt: skip
        return tuple(int(number) for number in re.findall(r"\d+", asked.stdout)[:2])
    return ()
