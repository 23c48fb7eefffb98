"""`manage.py batch_reads`: put the views that wait into the ledger, as one leaf."""

from typing import Any

from django.core.management.base import BaseCommand

from decisions.evidence.batching import batch_reads


class Command(BaseCommand):
    help = (
        "Puts who read which record since the last time into the ledger, many views in one leaf. "
        "Run it every few minutes: a view is proven from then on."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        count = batch_reads()
        self.stdout.write(f"{count:,} views were put into the ledger.")
