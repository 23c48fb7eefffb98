"""When a draft has waited too long for advice. Pure."""

from datetime import datetime

from decisions.wizard.advice.brief import SAFEGUARDING
from decisions.wizard.advice.same_day import late_from
from decisions.wizard.journey import Journey
from guidance.rulebook.schema import Outcome


def advice_late_from(journey: Journey, parked_since: datetime | None, days: int) -> datetime | None:
    """The moment from which it is late; None while it does not wait for advice.

    In safeguarding the end of the working day, else so many working days later.
    """
    conclusion = journey.conclusion
    if parked_since is None or conclusion.outcome is not Outcome.SEEK_ADVICE:
        return None
    is_safeguarding = conclusion.path.answers.get("setting") in SAFEGUARDING
    return late_from(parked_since, 0 if is_safeguarding else days)
