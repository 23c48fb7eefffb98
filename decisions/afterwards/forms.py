"""The forms of what happens afterwards, built from the table of kinds.

They ask whether each value can be kept. Whether it can be true is for `rules`, which the
writers ask; a refusal comes back through `refuse`, beside the fields it is about.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from decisions.afterwards import kinds, rules
from decisions.afterwards.kinds import Ask, Detail
from infoshare.fields import DateField, LongTextField, OptionField, ShortTextField

INCOMPLETE = "The page came back incomplete. Check what stands here and send it again."


class PageForm(forms.Form):
    """A form that knows the page it stands on, so that two clicks are known to be one."""

    page = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": INCOMPLETE, "invalid": INCOMPLETE},
    )

    def full_clean(self) -> None:
        """Clean; a number that came back broken is replaced, or no send could ever succeed."""
        super().full_clean()
        if isinstance(self.data, QueryDict) and "page" in self.errors:
            self.data = self.data.copy()
            self.data["page"] = str(uuid.uuid4())

    def refuse(self, messages: rules.Messages) -> None:
        """Show these messages beside their fields."""
        for name, message in messages.items():
            self.add_error(name if name in self.fields else None, message)


class EventForm(PageForm):
    """The form of one kind of event."""

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        now: rules.Situation,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for detail in kinds.KINDS[kind].details:
            self.fields[detail.name] = _field(detail, now)

    def given(self) -> dict[str, Any]:
        """The details and the page, as the kind's writer takes them."""
        return dict(self.cleaned_data)


def _field(detail: Detail, now: rules.Situation) -> forms.Field:
    common: dict[str, Any] = {
        "label": detail.label if detail.required else f"{detail.label} (optional)",
        "help_text": detail.hint,
        "required": detail.required,
    }
    if detail.label.endswith("?"):
        common["error_messages"] = {"required": f"Answer “{detail.label}”"}
    if detail.ask is Ask.DATE:
        hint = detail.hint or f"For example {now.today.day} {now.today.month} {now.today.year}."
        return DateField(**{**common, "help_text": hint})
    if detail.ask is Ask.LINE:
        return ShortTextField(**common)
    if detail.ask is Ask.WORDS:
        return LongTextField(**common)
    options = detail.options or tuple((key, name, "") for key, name in now.untold.items())
    return OptionField(options=options, **common)


class LetterChoices(PageForm):
    """Which letter, to whom, and which reasons it may give."""

    def __init__(self, data: Any = None, *, now: rules.Situation, reasons: dict[str, str]) -> None:
        super().__init__(data)
        style, to, their_reference, _ = kinds.KINDS[kinds.ANSWERED].details
        self.fields["style"] = OptionField(
            label=style.label,
            options=style.options,
            reveals={kinds.GIVES_REASONS: "reasons"},
        )
        self.fields["reasons"] = forms.MultipleChoiceField(
            label="Which reasons may they know?",
            help_text="Leave out whatever would tell them something they should not know.",
            choices=list(reasons.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["to"] = _field(to, now)
        self.fields["their_reference"] = _field(their_reference, now)


class LetterWords(PageForm):
    """The letter itself, before it is kept."""

    style = forms.ChoiceField(
        choices=[(value, label) for value, label, _ in kinds.LETTERS],
        widget=forms.HiddenInput,
        error_messages={"required": INCOMPLETE, "invalid_choice": INCOMPLETE},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        now: rules.Situation,
        initial: Mapping[str, Any] | None = None,
        is_fixed: bool,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _, *details = kinds.KINDS[kinds.ANSWERED].details
        for detail in details:
            if detail.name != "text" or not is_fixed:
                self.fields[detail.name] = _field(detail, now)
        if "text" in self.fields:
            self.fields["text"].widget.attrs["rows"] = 16
