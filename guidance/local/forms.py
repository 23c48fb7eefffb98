"""The forms of the local layer. Text is kept as typed."""

import datetime
import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from guidance.local import telephone
from guidance.local.models import (
    LONGEST_PROCEDURE,
    MOST_KEPT,
    Contact,
    ContactKind,
    CountedFrom,
    RetentionClass,
    Unit,
)
from infoshare import clock
from infoshare.fields import DateField, LongTextField, OptionField, ShortTextField

FURTHEST = timedelta(days=731)
A_PERSON = re.compile(r"\s*(?:mr|mrs|ms|miss|mx)\b\.?\s", re.IGNORECASE)


class ProcedureForm(forms.Form):
    """A procedure's text, and the date from which it holds."""

    text = LongTextField(
        label="Your procedure",
        help_text="Plain text. Line breaks are kept, and addresses that begin with https:// become "
        "links. Name roles, not people. Empty the box to end the procedure on the date below.",
        max_length=LONGEST_PROCEDURE,
        rows=12,
        required=False,
    )
    in_force_from = DateField(
        label="In force from",
        help_text="Today or a later day.",
        error_messages={"required": "Enter the date from which it is in force"},
    )

    def clean_in_force_from(self) -> datetime.date:
        """A date from today to two years ahead."""
        day: datetime.date = self.cleaned_data["in_force_from"]
        if day < clock.today():
            raise ValidationError(has_passed())
        if day > clock.today() + FURTHEST:
            raise ValidationError("This is more than two years ahead. Check the year.")
        return day


class ContactForm(forms.Form):
    """Whom practitioners can ring, and how."""

    kind = OptionField(
        label="What can they be rung about?",
        options=[(kind.value, kind.label, "") for kind in ContactKind],
        error_messages={"required": "Choose what they can be rung about"},
    )
    role = ShortTextField(
        label="Role or title",
        help_text="Not a person’s name, so that the list stays right when people change. "
        "For example: designated safeguarding lead.",
        error_messages={"required": "Enter their role or title"},
    )
    phone = ShortTextField(
        label="Phone",
        help_text="The number of the role or team, not a private one. "
        "For example 020 7946 0000 or extension 4412.",
        max_length=100,
        required=False,
    )
    email = ShortTextField(
        label="E-mail",
        help_text="A shared mailbox, for example safeguarding@council.example.",
        max_length=254,
        required=False,
    )
    place = ShortTextField(
        label="Another way to reach them",
        help_text="For example an office, or a form on the intranet.",
        max_length=500,
        required=False,
    )
    hours = ShortTextField(
        label="When they can be reached",
        help_text="For example: Monday to Friday, 9 to 5. You can leave this empty.",
        required=False,
    )

    def clean_role(self) -> str:
        """A role that does not begin as the name of a person does."""
        role = str(self.cleaned_data["role"])
        if A_PERSON.match(role):
            raise ValidationError("Enter a role or title, not the name of a person")
        return role

    def clean_phone(self) -> str:
        """A number that can be one, or ""."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and (wrong := telephone.fault(phone)):
            raise ValidationError(wrong)
        return phone

    def clean_email(self) -> str:
        """An e-mail address that can be one, or ""."""
        email = str(self.cleaned_data["email"]).strip()
        if email:
            EmailValidator("Enter an e-mail address such as safeguarding@council.example")(email)
        return email

    def clean(self) -> dict[str, Any]:
        """Refuse a contact without any way to reach them."""
        cleaned = super().clean() or {}
        ways = ("phone", "email", "place")
        if not any(name in self.errors or str(cleaned.get(name, "")).strip() for name in ways):
            self.add_error("phone", "Enter a phone number, an e-mail address or another way")
        return cleaned

    @classmethod
    def showing(cls, contact: Contact) -> "ContactForm":
        """The form with a contact as it is saved."""
        return cls(initial={name: getattr(contact, name) for name in Contact.WORDS})


class RetentionForm(forms.Form):
    """How long records of one kind are kept, counted from when, and who says so."""

    name = ShortTextField(
        label="Name of the class",
        help_text="For example: decisions about safeguarding a child.",
        error_messages={"required": "Enter a name for the class"},
    )
    length = ShortTextField(
        label="How long are they kept?",
        help_text=f"A whole number from 1 to {MOST_KEPT}.",
        max_length=20,
        error_messages={"required": "Enter how long they are kept"},
    )
    unit = OptionField(
        label="Years or months?",
        options=[(unit.value, unit.label, "") for unit in Unit],
        error_messages={"required": "Choose years or months"},
    )
    counted_from = OptionField(
        label="Counted from which day?",
        options=[(day.value, day.label, "") for day in CountedFrom],
        reveals={CountedFrom.OTHER.value: "counted_words"},
        error_messages={"required": "Choose the day from which it is counted"},
    )
    counted_words = ShortTextField(
        label="Which day?",
        help_text="For example: the day the case was closed.",
        required=False,
    )
    authority = ShortTextField(
        label="On whose authority?",
        help_text="The law, code or policy that says so, with its date if it has one.",
        max_length=500,
        error_messages={"required": "Enter the law, code or policy that says so"},
    )
    note = LongTextField(label="Note", max_length=2_000, rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["length"].widget.attrs["inputmode"] = "numeric"

    def clean_length(self) -> int:
        """The number that was typed."""
        typed = str(self.cleaned_data["length"]).strip()
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 5
        if not (is_number and 1 <= int(typed) <= MOST_KEPT):
            raise ValidationError(f"Enter a whole number from 1 to {MOST_KEPT}, in digits")
        return int(typed)

    def clean(self) -> dict[str, Any]:
        """Ask for the other day when it is that; without it, no words about one are kept."""
        cleaned = super().clean() or {}
        words = str(cleaned.get("counted_words", ""))
        if cleaned.get("counted_from") == CountedFrom.OTHER:
            if not words.strip() and "counted_words" not in self.errors:
                self.add_error("counted_words", "Enter the day from which it is counted")
        elif cleaned.get("counted_from") and words.strip():
            self.add_error("counted_words", "Choose “Another day”, or empty this box")
        return cleaned

    @classmethod
    def showing(cls, held: RetentionClass) -> "RetentionForm":
        """The form with a class as it is saved."""
        return cls(initial={name: getattr(held, name) for name in RetentionClass.WORDS})


def has_passed() -> str:
    """What is said of a date before today."""
    today = clock.today()
    return (
        f"This date has passed. Enter today ({today.day} {today:%B %Y}) or a later day: "
        "nobody was shown this text before."
    )
