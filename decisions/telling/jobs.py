"""The jobs of telling people that come again. `decisions.jobs` brings them to the worker."""

from decisions.telling import due, rounds
from infoshare.jobs.periodic import periodically


# In England it is five or six when the first one runs: before the mails of the morning.
@periodically("5 5-18 * * *")
def tell_what_is_due() -> None:
    """Tell people what has become due or overdue."""
    due.tell_what_is_due()


# Each hour makes up for mails that an earlier one could not send.
@periodically("10 * * * *")
def send_digests() -> None:
    """Send the mails of the day and of the week."""
    rounds.send_digests()


@periodically("30 2 * * *")
def forget_old_messages() -> None:
    """Remove messages and mails that are older than a year."""
    rounds.forget_old()
