"""`manage.py run_worker`: do the jobs that wait."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from infoshare.jobs.worker import work


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # the web server makes them
    help = (
        "Do the jobs that wait (PDFs of records, closing old drafts and so on) until SIGTERM or "
        "Ctrl-C. Several may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="end when no job waits")

    def handle(self, *args: Any, **options: Any) -> None:
        """Return when it is asked to stop."""
        work(until_idle=options["until_idle"])
