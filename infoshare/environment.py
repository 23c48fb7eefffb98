"""Strict readers of environment variables: a value that is not understood stops the start.

Each reader returns a plain Python value, or raises `ImproperlyConfigured` that names the
variable, what it held (never for secrets) and what it takes.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from infoshare.embedded_postgres import names as roles

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding white space, or `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """True or False; anything but 1/true/yes/on and 0/false/no/off is refused."""
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0 (or yes/no, true/false, on/off)")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """A whole number between `least` and `most`."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number, {least} to {most}")
    return int(value)


def words(name: str) -> list[str]:
    """The comma-separated parts of the variable; an empty part is refused."""
    value = text(name)
    if not value:
        return []
    parts = [part.strip() for part in value.split(",")]
    if not all(parts):
        raise ImproperlyConfigured(f"{name} has an empty part: separate with single commas")
    return parts


def hosts(name: str) -> list[str]:
    """Host names to answer for, such as `infoshare.example` or `.example`; no address, no `*`."""
    for part in words(name):
        if not re.fullmatch(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]", part):
            raise ImproperlyConfigured(
                f"{name} holds {part!r}: write host names alone, without https://, port or *"
            )
    return words(name)


def origins(name: str) -> list[str]:
    """Addresses such as `https://infoshare.example`, without a path."""
    for part in words(name):
        if not re.fullmatch(r"https?://[^/\s]+", part):
            raise ImproperlyConfigured(
                f"{name} holds {part!r}: write addresses like https://infoshare.example"
            )
    return words(name)


def address(name: str) -> str:
    """One address such as `https://infoshare.example`, without its last slash; "" when unset."""
    value = text(name)
    if value and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write one address like https://infoshare.example, without a path"
        )
    return value.rstrip("/")


def both_files(one: str, other: str) -> tuple[Path, Path] | tuple[None, None]:
    """The two files that these variables name, which need each other; neither when both are unset.

    Whether they can be read is for whoever uses them.
    """
    first, second = text(one), text(other)
    if bool(first) != bool(second):
        missing = other if first else one
        raise ImproperlyConfigured(f"{missing} is not set: {one} and {other} need each other")
    return (Path(first).resolve(), Path(second).resolve()) if first else (None, None)


def secret(name: str, *, shortest: int) -> str:
    """The secret in `name`, or in the file that `name`_FILE names; "" when neither is set."""
    value, path = text(name), text(f"{name}_FILE")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    if (value or path) and len(value) < shortest:
        raise ImproperlyConfigured(f"{name} is shorter than {shortest} characters")
    return value


def storage(alias: str, name: str) -> dict[str, Any]:
    """A Django storage under this alias, or nothing when the variable is empty.

    It is written as its class and, after a space, its options as JSON.
    """
    value = text(name)
    if not value:
        return {}
    backend, _, options = value.partition(" ")
    try:
        read = json.loads(options) if options.strip() else {}
    except ValueError:
        read = None
    if not isinstance(read, dict) or not re.fullmatch(r"\w+(\.\w+)+", backend):
        raise ImproperlyConfigured(
            f"{name} is not understood: write the storage's class, a space, and its options as "
            'JSON, such as django.core.files.storage.FileSystemStorage {"location": "/mnt/other"}'
        )
    return {alias: {"BACKEND": backend, "OPTIONS": read}}


def database(url: str, owner_url: str = "") -> dict[str, Any]:
    """Django's connection settings for a PostgreSQL address; "" gives the bundled server.

    `OWNER` in it is what is different when the owner of the tables logs in, who migrates; it is
    empty where one role does all. The addresses are read by libpq's own parser, so everything that
    `psql` takes works here (sockets, sslmode, several hosts).
    """
    if not url:
        if owner_url:
            raise ImproperlyConfigured(
                "DATABASE_OWNER_URL is set and DATABASE_URL is not: the first is for migrations "
                "only, the second for everything else"
            )
        own = {"NAME": "infoshare", "HOST": "", "USER": roles.APPLICATION}
        return {**own, "OWNER": {"USER": roles.OWNER}}
    known = _address("DATABASE_URL", url)
    owner = _address("DATABASE_OWNER_URL", owner_url) if owner_url else {}
    if owner and (not owner["USER"] or not known["USER"] or owner["USER"] == known["USER"]):
        raise ImproperlyConfigured(
            "DATABASE_URL and DATABASE_OWNER_URL must name two different users: the application's "
            "and the owner of the tables"
        )
    return {**known, "OWNER": owner}


def _address(variable: str, url: str) -> dict[str, Any]:
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(
            f"{variable} must begin with postgresql:// (InfoShare keeps its records in PostgreSQL)"
        )
    from psycopg2 import ProgrammingError
    from psycopg2.extensions import parse_dsn

    try:
        parts = dict(parse_dsn(url))
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"{variable} cannot be read: {_masked(error)}") from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured(f"{variable} names no database: add /name at its end")
    return {
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", "localhost"),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


def _masked(error: Exception) -> str:
    """libpq's complaint without the parts of the address it repeats: one may be a password."""
    return re.sub(r'(?<!option )"[^"]*"', '"..."', str(error).strip())
