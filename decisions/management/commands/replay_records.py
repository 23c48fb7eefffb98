"""`manage.py replay_records`: run every sealed decision again through its own edition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.management.progress import Progress
from decisions.records.models import Record
from decisions.replay.reading import Found, run_again
from infoshare.people.management.choosing import find_organisation
from infoshare.people.models import Organisation


class Command(BaseCommand):
    help = (
        "Works out the path, outcome and rule of every sealed decision again, from its gate "
        "answers and the stored copy of its edition, and ends with 1 when one comes out "
        "otherwise. manage.py verify_ledger holds those answers equal to the sealed records. "
        "Changes nothing, and can be run while people work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", help="only decisions of this organisation")

    def handle(self, *args: Any, organisation: str | None, **options: Any) -> None:
        """Run them again, showing how far it is; any difference is an error."""
        chosen = (
            [find_organisation(organisation)]
            if organisation is not None
            else list(Organisation.objects.order_by("name"))
        )
        expected = Record.objects.filter(organisation__in=chosen).count()
        progress = Progress(self, title="Decisions", of_what="decisions")
        total, different = 0, 0
        named: list[tuple[str, str]] = []

        def say(found: Found) -> None:
            progress(total + found.total, expected)

        for one in chosen:
            found = run_again(Record.objects.filter(organisation=one), report=say)
            total, different = total + found.total, different + found.different
            named += found.named
        progress.end("done")
        if different:
            raise CommandError(_told(total, different, named))
        self.stdout.write(f"{total:,} decisions run again. All came out as they were sealed.")


def _told(total: int, different: int, named: list[tuple[str, str]]) -> str:
    lines = [f"{different:,} of {total:,} decisions do not come out as they were sealed."]
    lines += [f"{reference}: {wrong}" for reference, wrong in named]
    if different > len(named):
        lines.append(f"and {different - len(named):,} more")
    return "\n".join(lines)
