"""`manage.py impact`: run sealed decisions through another edition, and change nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from decisions.impact.reading import Report, compared
from decisions.impact.words import KIND_WORDS, finding_words
from decisions.records.models import Record
from guidance.models import StoredEdition
from guidance.rulebook import catalogue
from guidance.rulebook.impact import DIFFERENT
from guidance.rulebook.schema import Edition
from infoshare.people.management.choosing import find_organisation


class Command(BaseCommand):
    help = (
        "Says how many sealed decisions would have another outcome, rule or path under another "
        "edition. What cannot be compared is counted apart. Records are only read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="origin", help="only decisions under this edition")
        parser.add_argument("--to", required=True, help="the edition to run them through")
        parser.add_argument("--organisation", help="only decisions of this organisation")
        parser.add_argument(
            "--list", action="store_true", help="one line for each decision that differs"
        )

    @transaction.atomic
    def handle(self, *args: Any, origin: str | None, to: str, **options: Any) -> None:
        """Counts, after the list where it was asked for; an unknown name is an error."""
        after, records = _edition(to), Record.objects.all()
        if origin is not None:
            records = records.filter(edition__edition_id=_origin(origin))
        if options["organisation"] is not None:
            records = records.filter(organisation=find_organisation(options["organisation"]))
        counted = Report()
        for reference, finding in compared(records, after):
            counted.add(finding)
            if options["list"] and finding.kind in DIFFERENT:
                self.stdout.write(f"{reference}  {finding.kind}  {finding_words(finding)}")
        self._say(counted, after)

    def _say(self, counted: Report, after: Edition) -> None:
        self.stdout.write(
            f"{counted.total:,} sealed decisions under {after.id} {after.digest[:12]}"
        )
        for kind, words in KIND_WORDS.items():
            self.stdout.write(f"{counted.counts[kind]:>12,}  {words}")
        for why, count in counted.reasons.most_common():
            self.stdout.write(f"{count:>12,}  cannot be compared: {why}")


def _edition(name: str) -> Edition:
    shipped = catalogue.shipped()
    if name not in shipped:
        raise CommandError(f"There is no edition called {name}. There are: {', '.join(shipped)}.")
    return shipped[name]


def _origin(name: str) -> str:
    """The id of an edition that ships or was ever used."""
    used = StoredEdition.objects.values_list("edition_id", flat=True)
    known = sorted({*used, *catalogue.shipped()})
    if name not in known:
        raise CommandError(f"There is no edition called {name}. There are: {', '.join(known)}.")
    return name
