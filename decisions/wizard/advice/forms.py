"""The forms around advice: the brief, and what was advised."""

import datetime
import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from decisions.wizard.advice.models import How
from infoshare import clock
from infoshare.fields import DateField, LongTextField, OptionField, ShortTextField

YES_NO = [("yes", "Yes"), ("no", "No")]
LONGEST_BRIEF = 100_000
EARLIEST = datetime.date(1900, 1, 1)
TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE | re.ASCII)


class BriefForm(forms.Form):
    """The person's own words in the brief. Empty is allowed: the answers may say enough."""

    text = LongTextField(
        label="What you will say in your own words",
        help_text="Take out names, dates of birth, addresses and numbers. Say “the child”, "
        "“the mother”, “a neighbour”. Changing it here does not change your answers.",
        max_length=LONGEST_BRIEF,
        rows=8,
        required=False,
    )


class AdviceForm(forms.Form):
    """Whom they asked, when, how, and what was advised."""

    role = ShortTextField(
        label="Whom did you ask?",
        help_text="Their role and organisation, not their name.",
        error_messages={"required": "Enter the role of the person you asked"},
    )
    date = DateField(label="When did you ask? Date", error_messages={"required": "Enter the date"})
    time = ShortTextField(
        label="Time",
        help_text="As near as you know, for example 14:30.",
        max_length=20,
        error_messages={"required": "Enter the time, for example 14:30"},
    )
    how = OptionField(
        label="How did you ask?",
        options=[(how.value, how.label, "") for how in How],
        error_messages={"required": "Choose how you asked"},
    )
    advised = LongTextField(
        label="What did they advise?",
        error_messages={"required": "Enter what they advised"},
    )
    is_legal = OptionField(
        label="Is this legal advice?",
        help_text="From a solicitor, barrister or legal team. It is marked, so that it can be "
        "kept out of copies of the record.",
        options=[(value, label, "") for value, label in YES_NO],
        error_messages={"required": "Choose yes if this is legal advice, or no"},
    )
    anonymous = OptionField(
        label="Did the person stay anonymous?",
        help_text="Yes if the adviser could not tell from what you said who it is about.",
        options=[(value, label, "") for value, label in YES_NO],
        error_messages={"required": "Choose yes if the person stayed anonymous, or no"},
    )

    def clean_date(self) -> datetime.date:
        """A date that is not before 1900."""
        asked: datetime.date = self.cleaned_data["date"]
        if asked < EARLIEST:
            raise ValidationError("The date cannot be before 1900. Check the year.")
        if asked > timezone.localdate(clock.now()):
            raise ValidationError("The date is in the future. Enter when you were advised.")
        return asked

    def clean_time(self) -> datetime.time:
        """The time of day that was meant."""
        return time_of_day(self.cleaned_data["time"])

    def clean(self) -> dict[str, Any]:
        """Add `asked_at`, the moment of both, which has passed and was on the clock."""
        cleaned = super().clean() or {}
        if isinstance(cleaned.get("date"), datetime.date) and isinstance(
            cleaned.get("time"), datetime.time
        ):
            try:
                cleaned["asked_at"] = moment_of(cleaned["date"], cleaned["time"])
            except ValidationError as error:
                self.add_error("time", error)
        return cleaned


def time_of_day(typed: str) -> datetime.time:
    """The time that was typed ("14:30", "14.30", "1430", "2.30 pm"), else `ValidationError`."""
    match = TIME.fullmatch(typed.strip())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if (not half and match[2] and hour < 24 and minute < 60) or (
            half and 1 <= hour <= 12 and minute < 60
        ):
            return datetime.time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
    raise ValidationError("Enter a time, for example 14:30 or 2.30pm")


def moment_of(day: datetime.date, at: datetime.time) -> datetime.datetime:
    """The aware moment here; `ValidationError` when it lies ahead or was never on the clock."""
    written = datetime.datetime.combine(day, at)
    moment = timezone.make_aware(written)
    if timezone.make_naive(moment.astimezone(datetime.UTC)) != written:
        raise ValidationError("The clocks went forward that night: this time did not happen.")
    if moment > clock.now():
        raise ValidationError("This time is still to come. Enter when you were advised.")
    return moment


def token_of(typed: str | None) -> uuid.UUID:
    """The form's own token; a new one when none came, or not one that we made."""
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return uuid.uuid4()
