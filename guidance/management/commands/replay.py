"""Work out conclusions for answers given as JSON Lines, without a database."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.rulebook import catalogue
from guidance.rulebook.replay import LONGEST_LINE, LineError, Replayer
from guidance.rulebook.schema import EditionError


class Command(BaseCommand):
    """Lines from standard input, conclusions to standard output, in step."""

    help = (
        'Reads one {"edition": "...", "answers": {...}} a line from standard input and writes '
        "the path, outcome, rule and reasons as JSON, one line each. Stops with exit 2 at the "
        "first line it cannot use."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            replay_all()
        except (LineError, EditionError) as error:
            raise CommandError(str(error), returncode=2) from None
        except BrokenPipeError:
            # The reader has had enough (for example `head`): nothing is left to say, but
            # Python would still try to flush at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None


def replay_all() -> None:
    """Answer each line before the next is read, so memory stays flat and a pipe can talk."""
    replayer = Replayer(catalogue.shipped())
    for number, line in enumerate(iter(read_line, b""), start=1):
        sys.stdout.buffer.write(replayer.line(line, number))
        sys.stdout.buffer.flush()


def read_line() -> bytes:
    """The next line; of one that is too long only as much as shows that it is."""
    return sys.stdin.buffer.readline(LONGEST_LINE + 1)
