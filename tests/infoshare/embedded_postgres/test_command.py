"""`python -m infoshare.embedded_postgres` and what root needs."""

import os
import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from infoshare.embedded_postgres import account, binaries, cluster, state
from infoshare.embedded_postgres.errors import BundledServerError

MODULE = ("-m", "infoshare.embedded_postgres")


@pytest.fixture
def command(house):
    """Runs the command for the house: its exit status, what it printed and its errors."""

    def run(*arguments: str, data: Path = house.base) -> tuple[int, str, str]:
        house.environment["INFOSHARE_DATA"] = str(data)
        process = house.run(*MODULE, *arguments)
        said, errors = process.communicate(timeout=60)
        return process.returncode, said, errors

    return run


def test_folder_is_the_one_of_the_settings():
    assert state.default_folder() == settings.EMBEDDED_POSTGRES_DIR


def test_folder_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("INFOSHARE_DATA", f" {tmp_path} ")
    assert state.default_folder() == tmp_path.resolve() / "postgres"


def test_wait_stopped(house, command):
    client = house.client()
    client.address()
    started = time.monotonic()
    status, _, errors = command("wait-stopped", "--timeout", "60")
    assert (status, errors) == (0, "The database keeps running: another program is using it.\n")
    assert time.monotonic() - started < 50
    client.leave()
    assert command("wait-stopped", "--timeout", "60") == (0, "", "")
    assert house.is_quiet()
    assert command("wait-stopped") == (0, "", "")


def test_wait_stopped_where_nothing_ever_ran(house, command):
    assert command("wait-stopped", data=house.base / "nothing") == (0, "", "")
    assert not (house.base / "nothing").exists()


def test_address_command(house, command, until):
    status, said, errors = command("address", "infoshare")
    assert (status, errors) == (0, "")
    assert said.startswith("postgresql://postgres@/infoshare?host=")
    assert until(house.is_quiet)


def test_command_that_cannot(house, command):
    (house.base / "in-the-way").touch()
    status, _, errors = command("address", data=house.base / "in-the-way")
    assert status == 1
    assert "cannot be used" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("house", ["root"], indirect=True)
def test_root_is_told_where_the_data_is(house):
    house.client().address()
    told = (house.folder / "WHERE-THE-DATA-IS.txt").read_text()
    assert str(house.cluster.parent) in told
    assert house.cluster.owner() == account.NAME
    copy = binaries.for_account(account.ours())
    assert copy.is_relative_to(account.ROOM)
    assert copy.owner() == "root"
    assert stat.S_IMODE((copy / "postgres").stat().st_mode) == 0o755


def test_programs_are_copied_once_by_many(monkeypatch, tmp_path):
    for module in (account, binaries, cluster):
        monkeypatch.setattr(module, "ROOM", tmp_path / "room")
    someone = account.Account(os.geteuid(), os.getegid())
    with ThreadPoolExecutor(4) as pool:
        found = {
            each.result() for each in [pool.submit(binaries.for_account, someone) for _ in range(4)]
        }
    (folder,) = found
    assert [path.name for path in (tmp_path / "room").iterdir()] == [folder.parents[2].name]
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    assert "PostgreSQL) 18" in said.stdout
    assert subprocess.run([folder / "initdb", "--version"], capture_output=True).returncode == 0


def test_system_user_that_cannot_be_made(monkeypatch):
    monkeypatch.setattr(account, "NAME", "infoshare-nobody")
    monkeypatch.setattr(account, "ADMIN_PATH", "")
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(BundledServerError, match=r"could not be made.*useradd was not found"):
        account.ours()


def test_missing_wheel(monkeypatch):
    monkeypatch.setattr(binaries, "PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(BundledServerError, match="make setup"):
        binaries.program("psql")


def test_programs_of_the_wheel():
    for name in ("psql", "pg_dump", "pgbench"):
        assert os.access(binaries.program(name), os.X_OK)
        assert Path(binaries.program(name)).name == name
