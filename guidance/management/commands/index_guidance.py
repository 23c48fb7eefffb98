"""`manage.py index_guidance`: have the search find what ships now."""

from typing import Any

from django.core.management.base import BaseCommand

from guidance.search.index import fill, forget_others


class Command(BaseCommand):
    """Fill the table that a search asks. `migrate` does it too, and a search that finds none."""

    help = "Enter every page, term, question and golden rule that ships, for the search."

    def handle(self, *args: Any, **options: Any) -> None:
        made, removed = fill(), forget_others()
        self.stdout.write(f"Search: {made} entered, {removed} old ones removed.")
