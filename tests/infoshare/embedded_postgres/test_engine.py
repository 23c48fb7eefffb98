"""The engine as Django uses it."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.db import NotSupportedError, OperationalError, connection

from infoshare import environment
from infoshare.embedded_postgres import address, base, bundled, state

# `nobody` has no Django: here the person who runs the tests runs the server.
ourselves = pytest.mark.parametrize(
    "house", ["root" if os.geteuid() == 0 else "ordinary"], indirect=True
)
CONNECT = """
import django
django.setup()
from django.db import connection
def value(words):
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchone()[0]
"""


@pytest.fixture
def manage(house):
    """Starts Python in the project, with the house as the folder of its data."""

    def start(*arguments: str, **options: object) -> subprocess.Popen[str]:
        kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "infoshare.settings"}
        house.environment = {**kept, "INFOSHARE_DATA": str(house.base)}
        house.environment["PYTHONPATH"] = str(state.PROJECT)
        return house.run(*arguments, **options)

    return start


def finish(process: subprocess.Popen[str], words: str = "") -> str:
    """What the process printed; the test fails with its errors when it failed."""
    said, errors = process.communicate(words, timeout=60)
    assert process.returncode == 0, errors
    return said.strip()


@pytest.fixture
def wrapper():
    """A new connection of ours to the database of the tests."""
    made = connection.copy(alias="another")
    yield made
    made.close()


@ourselves
def test_missing_database_is_made_once_by_many(manage):
    script = f"{CONNECT}\nprint(value('SELECT current_database()'))"
    assert {finish(each) for each in [manage("-c", script) for _ in range(3)]} == {"infoshare"}


@ourselves
def test_dbshell(manage):
    shell = manage(str(state.PROJECT / "manage.py"), "dbshell", "--", "-At")
    assert finish(shell, "SELECT 6 * 7, current_database();\n") == "42|infoshare"


@ourselves
def test_connection_comes_back_after_a_kill(manage):
    script = """
import os, signal, time
def gone(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False
from infoshare.embedded_postgres.roles import as_owner
with as_owner(connection), connection.cursor() as cursor:
    cursor.execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 1")
    cursor.execute("GRANT SELECT ON kept TO infoshare_app")
os.kill(connection.address().postmaster, signal.SIGKILL)
connection.close()
print(value("SELECT count(*) FROM kept"))
here = connection.address()
os.kill(here.keeper, signal.SIGKILL)
connection.close()
# The server stops with its keeper; who connects in that moment is cut off with it.
end = time.monotonic() + 60
while not gone(here.postmaster) and time.monotonic() < end:
    time.sleep(0.02)
print(value("SELECT count(*) FROM kept"))
"""
    assert finish(manage("-c", CONNECT + script)).split() == ["1", "1"]


@ourselves
def test_test_database_has_a_server_of_its_own(manage, house):
    demo = house.folder
    house.use(house.base / "postgres-test")
    script = f"""{CONNECT}
import threading
from unittest import mock
with mock.patch("django.core.management.call_command"):  # no tables are needed
    connection.creation.create_test_db(verbosity=0, serialize=False)
print(connection.settings_dict["NAME"], value("SHOW fsync"))
def in_thread():
    print(value("SELECT current_database()"))
    connection.close()
thread = threading.Thread(target=in_thread)
thread.start()
thread.join()
print(connection.address().host)
connection.creation.destroy_test_db("infoshare", verbosity=0)
"""
    name, fsync, in_thread, host = finish(manage("-c", script)).split()
    assert (name, fsync, in_thread) == ("test_infoshare", "off", "test_infoshare")
    assert Path(host) == house.cluster
    assert not (demo / "server.log").exists()
    house.settle()
    house.folder = demo


@pytest.mark.django_db
def test_old_server_is_refused_at_the_first_connection(wrapper, monkeypatch):
    monkeypatch.setattr(base.DatabaseWrapper, "get_database_version", lambda self: (14, 13))
    with pytest.raises(
        NotSupportedError, match=r"needs PostgreSQL 15 or newer.*is PostgreSQL 14\.13"
    ):
        wrapper.ensure_connection()


@pytest.mark.django_db
def test_version_15_is_taken(wrapper, monkeypatch):
    monkeypatch.setattr(base.DatabaseWrapper, "get_database_version", lambda self: (15, 0))
    wrapper.ensure_connection()


@pytest.mark.django_db
def test_database_url_takes_another_process_to_the_same_database():
    url = connection.database_url()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), system_identifier FROM pg_control_system()")
        here = cursor.fetchone()
    other = psycopg2.connect(url)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT current_database(), system_identifier FROM pg_control_system()")
            assert cursor.fetchone() == here
    finally:
        other.close()
    assert environment.database(url)["NAME"] == here[0]
    assert environment.database(url)["HOST"]


@pytest.mark.django_db
def test_host_in_the_settings_needs_no_server_of_ours(wrapper, monkeypatch):
    known = environment.database(connection.database_url())
    wrapper.settings_dict.update(known)
    monkeypatch.setattr(bundled, "address", lambda settings: pytest.fail("the launcher was asked"))
    wrapper.ensure_connection()
    assert wrapper.is_usable()


def test_server_that_cannot_run_is_an_operational_error(wrapper, monkeypatch, settings, tmp_path):
    settings.EMBEDDED_POSTGRES_DIR = tmp_path / "a-file" / "postgres"
    (tmp_path / "a-file").touch()
    wrapper.settings_dict.update({"HOST": "", bundled.TEST_CLUSTER: False})
    with pytest.raises(OperationalError, match="cannot be used"), wrapper.wrap_database_errors:
        wrapper.connect()


def test_server_that_does_not_answer_is_given_up(wrapper, monkeypatch, tmp_path):
    nowhere = address.Address(str(tmp_path), 5432, "postgres", 0, 0)
    monkeypatch.setattr(bundled, "address", lambda settings: nowhere)
    monkeypatch.setattr(base, "RETRY", 0.2)
    wrapper.settings_dict["HOST"] = ""
    expected = pytest.raises(OperationalError, match=r"(?s)does not answer.*server\.log")
    with expected, wrapper.wrap_database_errors:
        wrapper.connect()


def test_other_errors_are_not_waited_for(wrapper, monkeypatch):
    asked = []

    def refuse(self, parameters):
        asked.append(parameters)
        raise self.Database.OperationalError('FATAL:  role "nobody" does not exist')

    monkeypatch.setattr(
        "django.db.backends.postgresql.base.DatabaseWrapper.get_new_connection", refuse
    )
    monkeypatch.setattr(bundled, "address", lambda settings: address.Address("/x", 1, "a", 0, 0))
    wrapper.settings_dict["HOST"] = ""
    with pytest.raises(OperationalError, match="role"), wrapper.wrap_database_errors:
        wrapper.connect()
    assert len(asked) == 1


def test_keeper_needs_no_django():
    names = [
        "account",
        "address",
        "binaries",
        "cluster",
        "keeper",
        "launcher",
        "postmaster",
        "state",
        "__main__",
    ]
    imports = ";".join(f"import infoshare.embedded_postgres.{name}" for name in names)
    check = f"{imports};import sys;sys.exit('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", check], env={"PYTHONPATH": str(state.PROJECT)}
    )
    assert done.returncode == 0
