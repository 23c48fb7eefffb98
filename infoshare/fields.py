"""Form fields that keep what people type: nothing is stripped, changed or cut.

What cannot be kept is refused beside the field, and the whole of what was sent stays in the
bound field, so that the page shows it again.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from infoshare.typed_text import is_blank

Option = tuple[str, str, str]
"""Value, label and hint ("" for none) of one answer."""

TWICE = "This was sent more than once. Keep one and send the page again."


class Repeated(list[str]):
    """The values of a field that came more than once in one request."""

    def __str__(self) -> str:
        return "\n\n".join(self)


class Once:
    """Widget mixin: a name that came more than once gives `Repeated`, never just the last."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The value as sent; `Repeated` when there are several; None when there is none."""
        if isinstance(data, MultiValueDict):
            values = data.getlist(name)
            if len(values) > 1:
                return Repeated(str(value) for value in values)
        return data.get(name)


class TextInput(Once, forms.TextInput):
    """One line of text."""


class Textarea(Once, forms.Textarea):
    """Several lines of text, with a count."""


class Radios(Once, forms.RadioSelect):
    """One answer of a few."""


class Select(Once, forms.Select):
    """One answer of many."""


def length(text: str) -> int:
    """Characters as the person counts them: a line break is one, however it was sent."""
    return len(text) - text.count("\r\n")


def unstorable(text: str) -> str:
    """The first character that PostgreSQL, JSON or UTF-8 cannot keep; "" when all can."""
    return next((char for char in text if char == "\0" or "\ud800" <= char <= "\udfff"), "")


class TextField(forms.CharField):
    """Text exactly as sent. `limit` is the most characters it may have."""

    limit: int
    default_error_messages: ClassVar[dict[str, Any]] = {
        "repeated": TWICE,
        "unstorable": (
            "This text has a character in it that cannot be kept. "
            "It is shown as \ufffd: take it out and send the page again."
        ),
    }

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        # Django would cut a pasted text by a `maxlength` attribute, count line breaks twice
        # and report NUL in a programmer's words: the three rules are in `validate` instead.
        super().__init__(strip=False, **kwargs)
        self.validators = list(self.default_validators)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        """The text; raises `ValidationError` when it came more than once."""
        if isinstance(value, Repeated):
            raise ValidationError(self.error_messages["repeated"], code="repeated")
        return str(super().to_python(value))

    def validate(self, value: str) -> None:
        """Raise `ValidationError` for text that is empty, too long or cannot be kept."""
        if self.required and is_blank(value):
            raise ValidationError(self.error_messages["required"], code="required")
        if unstorable(value):
            raise ValidationError(self.error_messages["unstorable"], code="unstorable")
        over = length(value) - self.limit
        if over > 0:
            raise ValidationError(
                f"This text has {length(value):,} characters. The most that can be kept is "
                f"{self.limit:,}: shorten it by {over:,}.",
                code="max_length",
            )


class LongTextField(TextField):
    """Several lines of a person's own words."""

    widget = Textarea

    def __init__(self, *, max_length: int = 10_000, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = rows


class ShortTextField(TextField):
    """One line of a person's own words."""

    widget = TextInput

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def validate(self, value: str) -> None:
        """Raise `ValidationError` also for text of more than one line."""
        super().validate(value)
        if "\n" in value or "\r" in value:
            raise ValidationError(
                "Write this on one line. The line breaks are shown as spaces.", code="one_line"
            )


class OptionField(forms.ChoiceField):
    """One of a few answers, each with a label and a hint.

    `reveals` names, for an option's value, the field of the same form that is shown inside
    that option. It says nothing about whether that field must be filled in: the form does.
    `more` are answers that seldom fit: valid like the others, and folded away below them.
    """

    widget = Radios
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    reveals: dict[str, str]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Choose one of the answers",
        "invalid_choice": "Choose one of the answers shown here",
        "repeated": "More than one answer was sent. Choose one.",
    }

    def __init__(
        self,
        *,
        options: Sequence[Option],
        more: Sequence[Option] = (),
        reveals: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        every = [*options, *more]
        super().__init__(choices=[(value, label) for value, label, _ in every], **kwargs)
        self.options, self.more = tuple(options), tuple(more)
        self.reveals = dict(reveals or {})

    def to_python(self, value: Any) -> str:
        """The option's value as sent; raises `ValidationError` when there are several."""
        if isinstance(value, Repeated):
            raise ValidationError(self.error_messages["repeated"], code="repeated")
        return str(super().to_python(value))


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes named NAME_day, NAME_month and NAME_year."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: TextInput() for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """The texts of the three boxes for a date."""
        if isinstance(value, datetime.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        """The id of the first box."""
        return f"{id_}_day"


class DateField(forms.Field):
    """A date typed as three numbers; gives a `datetime.date`, or None when left empty."""

    widget = DateBoxes
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Enter a date",
        "numbers": "Write the date in numbers, for example 27 3 2026",
        "unreal": "Enter a real date, for example 27 3 2026",
        "repeated": TWICE,
    }

    def to_python(self, value: Any) -> datetime.date | None:
        """The date; raises `ValidationError` that says which part is missing or wrong."""
        if isinstance(value, datetime.date):
            return value
        parts = value or ["", "", ""]
        if any(isinstance(part, Repeated) for part in parts):
            raise ValidationError(self.error_messages["repeated"], code="repeated")
        day, month, year = (str(part or "").strip() for part in parts)
        if not (day or month or year):
            return None
        return self.read(day, month, year)

    def read(self, day: str, month: str, year: str) -> datetime.date:
        """The date of three texts of which at least one is not empty."""
        texts = {"day": day, "month": month, "year": year}
        missing = [name for name, text in texts.items() if not text]
        if missing:
            raise ValidationError(f"The date needs a {' and a '.join(missing)}", code="incomplete")
        if not all(text.isascii() and text.isdigit() for text in texts.values()):
            raise ValidationError(self.error_messages["numbers"], code="numbers")
        if len(year) != 4:
            raise ValidationError("Write the year with four digits", code="year")
        try:
            return datetime.date(int(year), int(month), int(day))
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["unreal"], code="unreal") from None


def required_message(field: forms.Field, label: str) -> str:
    """What to say when nothing was given: the field's own message, else one from its label."""
    own = field.error_messages["required"]
    if own != forms.Field.default_error_messages["required"] or not label:
        return str(own)
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Answer “{label}”"
    verb = "Choose" if isinstance(field.widget, forms.Select | forms.RadioSelect) else "Enter"
    first = label[0] if label[1:2].isupper() else label[0].lower()
    return f"{verb} {first}{label[1:]}"
