"""What Django's connection settings say about the bundled server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from infoshare.embedded_postgres import launcher
from infoshare.embedded_postgres.address import Address

# Set in the connection settings while tests run, so that every thread and connection sees it.
TEST_CLUSTER = "TEST_CLUSTER"
# The tests' data is thrown away, so it need not survive a power cut.
TEST_SERVER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def is_bundled(connection: Mapping[str, Any]) -> bool:
    """Whether a connection goes to the server that InfoShare brings: the settings name no HOST."""
    return not connection.get("HOST")


def is_for_tests(connection: Mapping[str, Any]) -> bool:
    """Whether it goes to the tests' own server, whose databases only Django makes and drops."""
    return bool(connection.get(TEST_CLUSTER))


def state_folder(connection: Mapping[str, Any]) -> Path:
    """The state folder of the server; tests have one of their own beside it."""
    folder = Path(settings.EMBEDDED_POSTGRES_DIR)
    return folder.with_name(f"{folder.name}-test") if is_for_tests(connection) else folder


def use_test_cluster(connection: BaseDatabaseWrapper) -> None:
    """Have a connection go to the tests' server from now on, in every thread of this process."""
    if is_bundled(connection.settings_dict):
        connection.close()
        connection.settings_dict[TEST_CLUSTER] = True


def address(connection: Mapping[str, Any]) -> Address:
    """The server's address; it is started if need be. Raises `BundledServerError`."""
    extra = TEST_SERVER if is_for_tests(connection) else {}
    return launcher.address(state_folder(connection), extra)
