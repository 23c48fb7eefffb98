"""`migrate` and `database_roles` as on a server of one's own, with a login for each role."""

from collections.abc import Callable, Iterator
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.db.transaction import TransactionManagementError, atomic

from infoshare.database_roles import seen
from infoshare.database_roles.checks import check_the_role
from infoshare.embedded_postgres.names import APPLICATION, OWNER
from infoshare.embedded_postgres.roles import as_owner
from infoshare.ledger import guards
from tests.infoshare.database_roles.test_rights import WRITTEN

LogIn = Callable[..., None]
Superuser = Callable[[str], None]


@pytest.fixture
def log_in(committed: str) -> Iterator[LogIn]:
    """`log_in(application, owner)`: the settings that the two addresses of such roles make."""
    before = dict(connection.settings_dict)
    here = connection.address()

    def use(application: str = APPLICATION, owner: str = OWNER) -> None:
        connection.close()
        known = {"HOST": here.host, "PORT": str(here.port), "USER": application, "OPTIONS": {}}
        connection.settings_dict.update(known, OWNER={"USER": owner} if owner else {})

    use()
    yield use
    connection.close()
    connection.settings_dict.update(before)


@pytest.fixture
def superuser(log_in: LogIn, committed: str) -> Iterator[Superuser]:
    """Runs statements as the server's superuser, in this test's database."""
    made = psycopg2.connect(connection.address().url(committed))
    made.autocommit = True
    with made.cursor() as cursor:
        yield cursor.execute
    made.close()


@pytest.fixture
def other(superuser: Superuser, committed: str) -> Iterator[str]:
    """The name of a role that is not there yet; no longer there after the test."""
    name = f"app_of_{committed}"
    yield name
    superuser(f'DROP OWNED BY "{name}"; DROP ROLE "{name}"')


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=out)
    return out.getvalue()


def rights(application: str = APPLICATION) -> str:
    return "".join(f"{line}\n" for line in seen.rights(connection, application))


def test_migrate_logs_in_as_the_owner_and_puts_the_rights_right(
    log_in: LogIn, superuser: Superuser
) -> None:
    superuser("GRANT DELETE ON decisions_record TO PUBLIC")
    superuser(f"GRANT UPDATE (body) ON decisions_snapshot TO {APPLICATION}")
    superuser(f"REVOKE ALL ON ledger_leaf FROM {APPLICATION}")
    assert rights() != WRITTEN.read_text(encoding="utf-8")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mine ()")
    said("migrate", "ledger")
    assert rights() == WRITTEN.read_text(encoding="utf-8") == said("database_roles", "--list")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == (APPLICATION,)
    log_in(owner="")
    with pytest.raises(CommandError, match="Set DATABASE_OWNER_URL as well"):
        said("migrate", "ledger", "0001", "--fake")
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL is not set"):
        said("database_roles")


def test_a_role_is_made_given_its_rights_and_refused_more(
    log_in: LogIn, superuser: Superuser, other: str
) -> None:
    log_in(other)
    with pytest.raises(CommandError, match=f"{other} is not there, and could not be made"):
        said("database_roles")
    printed = said("database_roles", "--print")
    assert f'CREATE ROLE "{other}" LOGIN NOSUPERUSER' in printed
    superuser(printed.replace(f"\\password {other}\n", ""))
    assert f"table decisions_record | {APPLICATION}: INSERT, SELECT; application: INSERT" in rights(
        other
    )
    assert "may do what InfoShare needs" in said("database_roles")
    assert check_the_role() == [] == list(guards.problems())
    superuser(f'GRANT {OWNER} TO "{other}"; ALTER ROLE "{other}" CREATEROLE')
    with pytest.raises(CommandError, match=f"it may make roles, it is a member of {OWNER}"):
        said("database_roles")
    assert [one.id for one in check_the_role()] == ["infoshare.W001"] * 2
    assert list(guards.problems()) == [f"the role {other} may become {OWNER}, who owns the tables"]
    log_in(other, owner=APPLICATION)
    superuser(f'REVOKE {OWNER} FROM "{other}"; ALTER ROLE "{other}" NOCREATEROLE')
    with pytest.raises(CommandError, match="infoshare_app does not own the database"):
        said("database_roles")


def test_nobody_becomes_the_owner_in_a_transaction(log_in: LogIn) -> None:
    with atomic(), pytest.raises(TransactionManagementError), as_owner(connection):
        raise AssertionError("not reached")
