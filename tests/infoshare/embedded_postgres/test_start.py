"""The first start and every later one."""

import os
import signal
import stat
import time
from pathlib import Path

import pytest

from infoshare.embedded_postgres import socket_folder, state

# What does not depend on who runs the server is tried as an ordinary user only.
ordinary_first_start = pytest.mark.parametrize("empty_house", ["ordinary"], indirect=True)
ordinary_only = pytest.mark.parametrize("house", ["ordinary"], indirect=True)


def modes(*paths: Path) -> dict[Path, int]:
    """The permissions of the paths and of every folder above them."""
    found = {path for start in paths for path in (start, *start.parents) if path.exists()}
    return {path: stat.S_IMODE(path.stat().st_mode) for path in found}


def test_server_is_what_we_ask_for(empty_house, query):
    here = empty_house.client().address()
    assert query(here, "SHOW server_version_num").startswith("18")
    assert query(here, "SHOW server_encoding") == "UTF8"
    assert query(here, "SHOW listen_addresses") == ""
    assert query(here, "SHOW data_checksums") == "on"
    assert query(here, "SELECT lower('ÉŁÖ')") == "éłö"
    assert query(here, "SHOW fsync") == "off"  # what the tests' client asks for


def test_data_is_private_and_kept(empty_house, query, until):
    client = empty_house.client()
    here = client.address()
    assert stat.S_IMODE(empty_house.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(empty_house.cluster.stat().st_mode) == 0o700
    assert stat.S_IMODE((Path(here.host) / socket_folder.SOCKET).stat().st_mode) == 0o700
    query(here, "CREATE TABLE kept AS SELECT 42 AS answer")
    empty_house.stop(client)
    again = empty_house.client().address()
    assert again.postmaster != here.postmaster
    assert query(again, "SELECT answer FROM kept") == "42"


def test_eight_processes_start_one_server(empty_house):
    clients = [empty_house.client() for _ in range(8)]
    assert len({client.address() for client in clients}) == 1
    assert empty_house.log.count("ready to accept connections") == 1


def test_no_permission_is_widened_and_no_lock_is_shared(empty_house):
    empty_house.use(empty_house.base / "closed" / "project" / "var" / "postgres")
    empty_house.folder.parent.mkdir(parents=True)
    above = [empty_house.folder.parent, *empty_house.folder.parent.parents][:3]
    empty_house.give(*above)
    for folder in above:
        folder.chmod(0o700)
    programs = Path(empty_house.environment["PYTHONPATH"]) / "infoshare" / "embedded_postgres"
    before = modes(empty_house.folder, programs, Path(os.sys.executable))
    empty_house.client().address()
    after = modes(empty_house.folder, programs, Path(os.sys.executable))
    assert {path: after[path] for path in before} == before
    assert list((empty_house.base / "tmp").iterdir()) == []


def test_deep_folder_gets_a_short_private_socket(empty_house, query, until):
    deep = empty_house.base.joinpath(*["a-folder-with-a-rather-long-name"] * 8)
    deep.mkdir(parents=True)
    empty_house.give(deep, *(each for each in deep.parents if empty_house.base in each.parents))
    empty_house.use(deep / "postgres")
    assert len(str(empty_house.folder)) > 200
    client = empty_house.client()
    here = client.address()
    assert query(here, "SELECT 1") == "1"
    host = Path(here.host)
    assert stat.S_IMODE(host.stat().st_mode) == 0o700
    assert len(os.fsencode(host / socket_folder.SOCKET)) <= socket_folder.LONGEST
    empty_house.stop(client)
    assert list((empty_house.base / "tmp").iterdir()) == []


@ordinary_first_start
def test_comma_in_the_folder_name(empty_house, query):
    empty_house.use(empty_house.base / "this, and 'that'" / "postgres")
    empty_house.folder.parent.mkdir()
    empty_house.give(empty_house.folder.parent)
    assert query(empty_house.client().address(), "SELECT 1") == "1"


@ordinary_first_start
def test_slow_start_is_waited_for(empty_house, until, query):
    """The wheel's own launcher gave up after 10 seconds."""
    client = empty_house.client()
    assert until(lambda: list(empty_house.cluster.parent.glob("cluster.new-*")))
    keeper = empty_house.keeper()
    os.kill(keeper, signal.SIGSTOP)
    time.sleep(11)
    assert client.process.poll() is None
    assert not (empty_house.folder / "server.json").exists()
    os.kill(keeper, signal.SIGCONT)
    assert query(client.address(), "SELECT 1") == "1"


def test_half_made_cluster_is_not_used(empty_house, until, query):
    client = empty_house.client()
    assert until(lambda: list(empty_house.cluster.parent.glob("cluster.new-*/PG_VERSION")))
    os.kill(empty_house.keeper(), signal.SIGKILL)
    assert not empty_house.cluster.exists()
    assert query(client.address(), "SELECT 1") == "1"
    assert list(empty_house.cluster.parent.glob("cluster.new-*")) == []


@ordinary_only
def test_other_major_version_is_refused(house):
    version = house.cluster / "PG_VERSION"
    version.write_text("16\n")
    said = house.refused()
    version.write_text("18\n")
    assert "was written by PostgreSQL 16" in said
    assert "PostgreSQL 18" in said
    assert str(house.folder / "server.log") in said


@ordinary_only
def test_broken_cluster_is_refused_with_the_servers_words(house):
    control = house.cluster / "global" / "pg_control"
    control.rename(house.base / "pg_control")
    said = house.refused()
    (house.base / "pg_control").rename(control)
    assert "does not start" in said
    assert "pg_control" in said


def test_folder_that_cannot_be_written(empty_house):
    closed = empty_house.base / "closed"
    closed.mkdir(mode=0o500)
    empty_house.give(closed)
    if empty_house.user is None and os.geteuid() == 0:
        (closed / "a-file").touch()
        closed = closed / "a-file"  # permissions do not stop root, a file in the way does
    empty_house.use(closed / "postgres")
    said = empty_house.refused()
    assert f"{empty_house.folder} cannot be used" in said
    assert "INFOSHARE_DATA" in said


def test_folder_of_somebody_else(empty_house):
    empty_house.folder.mkdir()
    somebody = os.geteuid() if empty_house.user is not None else 4242
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    os.chown(empty_house.folder, somebody, somebody)
    assert f"{empty_house.folder} belongs to" in empty_house.refused()


@ordinary_first_start
def test_taken_socket_folder_is_refused(empty_house):
    empty_house.use(empty_house.base / ("long" * 30) / "postgres")
    empty_house.folder.parent.mkdir()
    empty_house.give(empty_house.folder.parent)
    mark = state.mark(empty_house.cluster)
    user = os.geteuid() if empty_house.user is None else empty_house.user
    (empty_house.base / "tmp" / f"infoshare-{user}-{mark}").symlink_to(empty_house.base)
    assert "is taken by somebody else" in empty_house.refused()
