"""System packages: what is missing is brought when we may, else there is one line to type."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from infoshare.installer import system
from infoshare.installer.console import InstallError
from infoshare.installer.system import Part

# Writes down how it was called, and "installs" by making the file that the part looks for.
PROGRAM = """#!/bin/sh
echo "$(basename "$0") $*" >> "{log}"
{does}
"""


class Machine:
    """A machine whose programs are only those put there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.log = folder / "calls"
        monkeypatch.setenv("PATH", f"{self.programs}")
        self.monkeypatch = monkeypatch
        for name in ("basename", "touch", "env", "sh", "cat"):
            (self.programs / name).symlink_to(f"/usr/bin/{name}")

    def has(self, name: str, does: str = "") -> None:
        """Put a program there."""
        path = self.programs / name
        path.write_text(PROGRAM.format(log=self.log, does=does))
        path.chmod(0o755)

    def user(self, number: int) -> None:
        """Be root (0) or somebody else."""
        self.monkeypatch.setattr(os, "geteuid", lambda: number)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def part(self, name: str = "libtea0") -> Part:
        """A part that is there once a file of its name is."""
        return Part(name, "making tea", (self.folder / name).exists)


@pytest.fixture
def machine(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_nothing_is_asked_when_nothing_is_missing(machine: Machine) -> None:
    machine.has("apt-get")
    (machine.folder / "libtea0").touch()
    system.bring([machine.part()])
    assert machine.calls == []


def test_root_installs_what_is_missing_and_nothing_else(machine: Machine) -> None:
    machine.user(0)
    machine.has("apt-get", f"touch {machine.folder}/libtea0")
    (machine.folder / "libmilk0").touch()
    system.bring([machine.part(), machine.part("libmilk0")])
    assert machine.calls[-1].endswith("install -y --no-install-recommends libtea0")
    assert not any("libmilk0" in call or "update" in call for call in machine.calls)


def test_lists_are_renewed_when_a_package_is_not_in_them(machine: Machine) -> None:
    machine.user(0)
    fresh = f"{machine.folder}/fresh"
    does = f'case "$*" in *update*) touch {fresh};; *simulate*) [ -e {fresh} ];; '
    machine.has("apt-get", f"{does} *) touch {machine.folder}/libtea0;; esac")
    system.bring([machine.part()])
    assert [call.split()[4] for call in machine.calls] == ["--simulate", "update", "install"]


def test_old_lists_are_renewed_when_the_install_fails(machine: Machine) -> None:
    machine.user(0)
    fresh = f"{machine.folder}/fresh"
    does = f'case "$*" in *update*) touch {fresh};; *simulate*) ;; '
    machine.has("apt-get", f"{does} *) [ -e {fresh} ] && touch {machine.folder}/libtea0;; esac")
    system.bring([machine.part()])
    words = [call.split()[4] for call in machine.calls]
    assert words == ["--simulate", "install", "update", "install"]


def test_sudo_is_used_when_it_asks_for_no_password(machine: Machine) -> None:
    machine.user(1000)
    machine.has("sudo", 'shift; [ "$1" = true ] || "$@"')
    machine.has("apt-get", f"touch {machine.folder}/libtea0")
    system.bring([machine.part()])
    assert machine.calls[0] == "sudo -n true"
    assert machine.calls[-2].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get")


@pytest.mark.parametrize(
    ("sudo", "line"),
    [
        (True, "    sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends "),
        (False, "    su - -c 'apt-get update && apt-get install -y --no-install-recommends "),
    ],
)
def test_who_may_not_gets_one_line_with_all_of_it(machine: Machine, sudo: bool, line: str) -> None:
    machine.user(1000)
    machine.has("apt-get")
    if sudo:
        machine.has("sudo", "exit 1")
    with pytest.raises(InstallError) as refusal:
        system.bring([machine.part(), machine.part("libmilk0")])
    assert f"{line}libtea0 libmilk0'" in str(refusal.value).splitlines()
    assert not any(call.startswith("apt-get") for call in machine.calls)


def test_a_machine_without_apt_is_told_what_it_lacks(machine: Machine) -> None:
    with pytest.raises(InstallError, match=r"libtea0 \(making tea\)"):
        system.bring([machine.part()])


def test_a_package_that_does_not_help_is_said(machine: Machine) -> None:
    machine.user(0)
    machine.has("apt-get")
    with pytest.raises(InstallError, match="libtea0 was installed, but making tea still"):
        system.bring([machine.part()])


def test_what_apt_says_is_shown_when_it_fails(machine: Machine) -> None:
    machine.user(0)
    machine.has("apt-get", 'case "$*" in *simulate*|*update*) ;; *) echo no space; exit 100;; esac')
    with pytest.raises(InstallError, match="(?s)ended with code 100.*no space"):
        system.bring([machine.part()])


@pytest.mark.parametrize(("is_needed", "user"), [(False, 0), (False, 1000), (True, 0)])
def test_what_only_makes_it_quicker_stops_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str], is_needed: bool, user: int
) -> None:
    machine.user(user)
    machine.has("apt-get", 'case "$*" in *simulate*|*update*) ;; *) echo no space; exit 100;; esac')
    shell = replace(machine.part("libquick0"), only_quicker=True)
    if is_needed:
        with pytest.raises(InstallError):
            system.bring([machine.part(), shell])
    else:
        system.bring([shell])
        assert "Going on without" in capsys.readouterr().err


def test_every_part_is_there_where_the_tests_run() -> None:
    needed = [part for part in system.TO_TEST if not part.only_quicker]
    assert [part.package for part in needed if not part.present()] == []


def test_a_library_that_is_not_there_is_seen() -> None:
    assert not system._loads("libnosuchthing.so.9")()
    assert not system._found("no-such-program")()
