"""What is killed comes back, and what nobody needs ends."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from infoshare.embedded_postgres import binaries, socket_folder
from infoshare.embedded_postgres import keeper as keeping

# What does not depend on who runs the server is tried as an ordinary user only.
ordinary_only = pytest.mark.parametrize("house", ["ordinary"], indirect=True)
KEEP = "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer"
# What root may do in a container, unless told otherwise (capabilities(7)).
CONTAINER = (
    "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,"
    "+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap"
)
BUSY = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO $$%' AND state = 'active'"


FOREVER = "DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$"


def test_killed_client_keeps_nothing_alive(house, until, is_alive):
    client = house.client()
    here = client.address()
    client.kill()
    assert until(house.is_quiet, keeping.GRACE + 5)
    assert not is_alive(here.postmaster)


@ordinary_only
def test_other_clients_keep_their_server(house, is_alive):
    first = house.client()
    here = first.address()
    second = house.client()
    assert second.address() == here
    first.kill()
    time.sleep(keeping.GRACE + 1)
    assert is_alive(here.postmaster)
    assert second.ask() == here


def test_killed_postmaster_is_replaced(house, until, query):
    client = house.client()
    here = client.address()
    query(here, KEEP)
    # A child that is busy does not see that the postmaster is gone, and holds shared memory.
    busy = subprocess.Popen(
        # It ends by itself, should this run be killed.
        [binaries.program("psql"), "-c", "SET statement_timeout = '60s'", "-c", FOREVER],
        env={**os.environ, **here.environment("postgres")},
        stderr=subprocess.PIPE,
    )
    assert until(lambda: query(here, BUSY) == "1")
    os.kill(here.postmaster, signal.SIGKILL)
    assert b"server closed the connection" in busy.communicate(timeout=60)[1]
    assert until(lambda: client.ask().postmaster != here.postmaster)
    there = client.ask()
    assert there.keeper == here.keeper
    assert query(there, "SELECT answer FROM kept") == "42"


@pytest.mark.parametrize("house", ["root"], indirect=True)
def test_killed_postmaster_is_replaced_in_a_container(house, until, query):
    """Root in a container may not look into the processes of other users."""
    house.prefix = ["setpriv", f"--bounding-set={CONTAINER}", "--"]
    test_killed_postmaster_is_replaced(house, until, query)
    assert "CapEff:\t00000000a80425fb" in Path(f"/proc/{house.keeper()}/status").read_text()


def test_killed_keeper_is_replaced(house, until, query, is_alive):
    client = house.client()
    here = client.address()
    query(here, KEEP)
    os.kill(here.keeper, signal.SIGKILL)
    assert until(lambda: client.ask().keeper != here.keeper)
    there = client.ask()
    assert query(there, "SELECT answer FROM kept") == "42"
    assert not is_alive(here.postmaster)


@ordinary_only
def test_killed_keeper_and_client_leave_nothing(house, until):
    client = house.client()
    here = client.address()
    os.kill(here.keeper, signal.SIGKILL)
    client.kill()
    assert until(house.is_quiet)


def test_everything_killed_at_once(house, until, query):
    """Stale socket, stale postmaster.pid and shared memory are dealt with."""
    client = house.client()
    here = client.address()
    query(here, KEEP)
    os.kill(here.keeper, signal.SIGSTOP)
    os.kill(here.postmaster, signal.SIGKILL)
    os.kill(here.keeper, signal.SIGKILL)
    client.kill()
    assert (Path(here.host) / socket_folder.SOCKET).exists()
    assert (house.cluster / "postmaster.pid").exists()
    assert query(house.client().address(), "SELECT answer FROM kept") == "42"


def test_number_of_a_dead_postmaster_that_lives_again(house, query):
    """After a reboot the number in postmaster.pid may be any process of the same user."""
    here = house.end(house.client())
    owner = house.cluster.stat().st_uid
    other = subprocess.Popen(["sleep", "60"], **({"user": owner} if os.geteuid() == 0 else {}))
    try:
        stale = f"{other.pid}\n{house.cluster}\n1\n5432\n{here.host}\n\n\nready\n"
        for file in (
            house.cluster / "postmaster.pid",
            Path(here.host) / f"{socket_folder.SOCKET}.lock",
        ):
            file.write_text(stale)
            if os.geteuid() == 0:
                os.chown(file, owner, owner)
        assert query(house.client().address(), "SELECT 1") == "1"
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_interrupt_reaches_clients_only(house, until, query):
    """Ctrl-C goes to the whole foreground group: the server ends after its clients, not before."""
    leader = house.client(process_group=0)
    here = leader.address()
    slow = house.client("deaf", process_group=leader.process.pid)
    assert slow.address() == here
    os.killpg(leader.process.pid, signal.SIGINT)
    leader.process.wait(60)
    time.sleep(0.5)
    assert query(here, "SELECT 1") == "1"
    assert "shutdown request" not in house.log
    slow.leave()
    assert until(house.is_quiet, keeping.GRACE + 5)
    assert "received fast shutdown request" in house.log


@pytest.mark.parametrize(
    ("empty_house", "way"), [("ordinary", "deleted"), ("root", "moved")], indirect=["empty_house"]
)
def test_folder_that_is_gone_ends_its_server(empty_house, until, is_alive, way):
    here = empty_house.client().address()
    folder = empty_house.folder
    if way == "moved":
        folder.rename(empty_house.base / "moved")
    # The server, too, removes files when it finds its folder in ruins.
    assert until(lambda: shutil.rmtree(folder, True) or not folder.exists())
    assert until(lambda: not is_alive(here.postmaster) and not is_alive(here.keeper))


@ordinary_only
def test_keeper_knows_no_secret(house):
    house.environment["SECRET_KEY"] = "not-for-the-database-server-to-see"
    here = house.client().address()
    for process in (here.keeper, here.postmaster):
        seen = Path(f"/proc/{process}/environ").read_bytes()
        assert b"PATH=" in seen
        assert b"not-for-the-database" not in seen


def test_server_runs_as_an_ordinary_user(house):
    here = house.client().address()
    assert Path(f"/proc/{here.postmaster}").stat().st_uid != 0
    groups = [
        line.split()[1:]
        for line in Path(f"/proc/{here.postmaster}/status").read_text().splitlines()
        if line.startswith("Groups:")
    ]
    if os.geteuid() == 0:
        assert groups == [[]]


@ordinary_only
def test_server_that_keeps_dying_is_given_up(house, until):
    client = house.client()
    here = client.address()
    for _ in range(keeping.MOST_STARTS):
        os.kill(here.postmaster, signal.SIGKILL)
        before = here
        assert until(lambda: house.keeper() is None or client.ask() != before)  # noqa: B023
        here = client.ask()
    assert f"PostgreSQL ended {keeping.MOST_STARTS} times" in house.log
    assert here.keeper != before.keeper
