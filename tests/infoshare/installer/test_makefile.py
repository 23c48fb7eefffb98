"""The Makefile lists its commands, and says what to do when there is no Python for it."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def make(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["/usr/bin/make", *words],
        cwd=ROOT,
        env=kept | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_help_lists_every_command() -> None:
    listed = re.findall(r"^make (\w+) +\S", make("help").stdout, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony and sorted(listed) == sorted(phony[1].split())


def test_make_alone_is_help() -> None:
    assert make().stdout == make("help").stdout


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with the shell's own programs and no Python."""
    (tmp_path / "sh").symlink_to("/bin/sh")
    return tmp_path


def test_without_a_python_it_says_what_to_install(tools: Path) -> None:
    ended = make("run", PATH=str(tools))
    assert ended.returncode == 2
    assert "InfoShare needs Python 3.11 or newer" in ended.stderr


def test_a_python_that_is_too_old_is_passed_over(tools: Path) -> None:
    for name, code in (("python3", 1), ("python3.12", 0)):
        script = f'#!/bin/sh\n[ "$1" = -c ] && exit {code}\necho "$0 $*"\n'
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    assert (
        make("lint", PATH=str(tools)).stdout == f"{tools}/python3.12 -m infoshare.installer lint\n"
    )


def test_a_wrong_port_is_refused_before_anything_is_installed() -> None:
    ended = make("run", PORT="eighty")
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("\nmake run: PORT is 'eighty': write a whole number")
