#!/usr/bin/env python
"""Run InfoShare's commands: `python manage.py help` lists them."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main(arguments: list[str]) -> None:
    """Run one command; a wrong setting or a database that does not answer is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    try:
        _ = settings.INSTALLED_APPS  # a wrong variable stops every command, `help` included
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        if "--traceback" in arguments:
            raise
        sys.exit(f"manage.py: {error}")
    except OperationalError as error:
        answered = getattr(error.__cause__, "pgcode", None)
        if answered or "--traceback" in arguments:
            raise
        sys.exit(f"manage.py: the database cannot be reached. {str(error).strip()}")


if __name__ == "__main__":
    main(sys.argv)
