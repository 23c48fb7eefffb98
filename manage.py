#!/usr/bin/env python
"""Run InfoShare's commands: `python manage.py help` lists them."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import DatabaseError, InterfaceError, NotSupportedError


def main() -> None:
    """Run the command; a wrong setting or a database out of reach ends it with one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    try:
        _ = settings.INSTALLED_APPS  # read now, before Django's help swallows a fault
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"manage.py: {_one_line(error)}")
    except (InterfaceError, NotSupportedError) as error:
        sys.exit(f"manage.py: the database cannot be used. {_one_line(error)}")
    except DatabaseError as error:
        # Anything but a connection that fails is a fault of ours: its traceback is wanted.
        if "connection" not in str(error) and "port" not in str(error):
            raise
        sys.exit(f"manage.py: the database cannot be reached. {_one_line(error)}")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    main()
