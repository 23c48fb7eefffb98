"""`manage.py check_reading`: no page may be harder to read than its grade (9; legal notes 11)."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from decisions.management.pages_to_read import PageToRead, pages
from infoshare.reading import grade, worst

# Pages name their styles and scripts, which need not be built to be read.
UNCOLLECTED = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


class Command(BaseCommand):
    """Exit 1 with each page that is too hard and its worst sentences, or say how many were read."""

    help = "Work out the reading grade (Flesch-Kincaid) of every page; needs no database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise `CommandError` with every page over the grade; with `-v 2` name them all."""
        with override_settings(STORAGES={**settings.STORAGES, "staticfiles": UNCOLLECTED}):
            read = [(grade(page.texts), page) for page in pages()]
        if options["verbosity"] > 1:
            for number, page in sorted(read, key=lambda one: -one[0]):
                self.stdout.write(f"{number:5.1f}  {page.name}")
        hard = [complaint(number, page) for number, page in read if round(number, 1) > page.hardest]
        if hard:
            raise CommandError("\n".join(hard))
        counts = Counter(page.hardest for _, page in read)
        said = ", ".join(f"{count} at grade {most:g} or below" for most, count in counts.items())
        self.stdout.write(f"{len(read)} pages read: {said}.")


def complaint(number: float, page: PageToRead) -> str:
    """The page, its grade and its three hardest sentences."""
    lines = [f"  {grade([one]):.1f}: {one}" for one in worst(page.texts, 3)]
    return "\n".join([f"{page.name} reads at grade {number:.1f}. Its hardest sentences:", *lines])
