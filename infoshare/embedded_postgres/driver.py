"""Have Django talk to PostgreSQL through psycopg2, which InfoShare is made for.

Django takes psycopg 3 as soon as it is installed, and the job worker brings it: it needs it for
connections of its own. So the choice is made here, once, before anything else of Django's engine
is imported. The settings import this module.
"""

import importlib
import sys

OURS = "django.db.backends.postgresql"


def choose_psycopg2() -> None:
    """Import Django's engine while psycopg 3 cannot be seen; afterwards it can be again."""
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_of(name, "psycopg")}
    for name in [name for name in sys.modules if _is_of(name, OURS)]:
        del sys.modules[name]  # imported before the settings were, by a tool: choose anew
    sys.modules["psycopg"] = None  # type: ignore[assignment]  # "not there", to an import
    try:
        importlib.import_module(f"{OURS}.base")
    finally:
        del sys.modules["psycopg"]
        sys.modules.update(hidden)


def _is_of(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


choose_psycopg2()
