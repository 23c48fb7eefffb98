"""The jobs of the ledger."""

from io import StringIO

from django.core.management import call_command

from infoshare.jobs.periodic import periodically
from infoshare.ledger import checkpoints


@periodically("*/10 * * * *")
def seal_checkpoint() -> None:
    """Sign and publish what the ledger is now, where there is a key to sign with."""
    if checkpoints.can_sign():
        call_command("seal_checkpoint", stdout=StringIO())
