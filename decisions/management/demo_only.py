"""What belongs to the demo refuses to run anywhere else."""

from django.conf import settings
from django.core.management.base import CommandError


def refuse_elsewhere() -> None:
    """Raise `CommandError` unless this InfoShare is a demo."""
    if not settings.DEMO:
        raise CommandError(
            "This is for the demo only, and this InfoShare is not one: nothing was done. "
            "A demo has INFOSHARE_DEMO=1."
        )
