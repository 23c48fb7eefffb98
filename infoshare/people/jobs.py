"""The jobs of this app."""

from django.core.management import call_command

from infoshare.jobs.periodic import periodically


@periodically("50 2 * * *")
def clear_sessions() -> None:
    """Remove the rows of sessions that have ended."""
    call_command("clearsessions")
