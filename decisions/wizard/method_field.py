"""The fields for how information is sent or told."""

from typing import Any

from django import forms

from decisions.wizard.answers import LONGEST_LINE
from decisions.wizard.methods import as_chosen, is_listed
from guidance.rulebook.schema import Edition
from infoshare.fields import LongTextField, OptionField, Select, ShortTextField

NOTHING = ("", "Choose how", "")
_FREE_TEXT = ShortTextField(max_length=LONGEST_LINE, required=False)


class MethodField(OptionField):
    """One of the edition's methods. Free text, as older pages send it, is kept as it is."""

    def __init__(self, edition: Edition, **kwargs: Any) -> None:
        options = [NOTHING, *((one.id, one.label, "") for one in edition.methods)]
        super().__init__(options=options, widget=Select, required=False, **kwargs)
        self.edition = edition
        self.notes = {one.id: one.safe for one in edition.methods}

    def validate(self, value: str) -> None:
        """Raise `ValidationError` only for text that cannot be kept."""
        _FREE_TEXT.validate(value)

    def prepare_value(self, value: Any) -> str:
        """The option to show as chosen: free text is another way."""
        return as_chosen(self.edition, {"method": str(value or "")})[0]


class MoreField(LongTextField):
    """More about how; free text of an older page stands here, before anything else."""

    method = ""  # what the method's own field holds

    def prepare_value(self, value: Any) -> str:
        """The words to show."""
        return as_chosen(self.edition, {"method": self.method, "method_more": str(value or "")})[1]

    def __init__(self, edition: Edition, **kwargs: Any) -> None:
        super().__init__(rows=2, required=False, **kwargs)
        self.edition = edition


def method_fields(edition: Edition, method: str) -> dict[str, forms.Field]:
    """The two fields by name, for a step that holds this method; none without a list of methods."""
    if not edition.methods:
        return {}
    more = MoreField(
        edition,
        label="More about how",
        help_text="You can leave this empty, unless you chose another way. Leave out names.",
    )
    more.method = "" if is_listed(edition, method) else method
    return {
        "method": MethodField(edition, label="How will you send or tell it?"),
        "method_more": more,
    }
