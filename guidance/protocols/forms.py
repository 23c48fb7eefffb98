"""The forms of the register: an entry, a document, words to look for."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from guidance.protocols import parties
from guidance.protocols.documents import (
    MOST_BYTES,
    Kind,
    RefusedDocument,
    kind_of,
    too_large,
)
from guidance.protocols.models import ProtocolVersion
from guidance.protocols.register import register
from guidance.protocols.terms import GROUPS, KINDS, STATUSES, TERMS, Term
from guidance.protocols.writers import words_of
from guidance.rulebook import catalogue
from infoshare.fields import (
    DateField,
    LongTextField,
    OptionField,
    Select,
    ShortTextField,
    TextField,
)
from infoshare.people.models import Organisation, User

SETTING = "setting"
EARLIEST, LATEST = 1980, 2100
FORGOTTEN = "Your browser does not keep a chosen file, so none is chosen now."
NOT_ONE = "Choose one of the people in the list: they must have a role in your organisation"


def setting_words() -> dict[str, str]:
    """What a decision can be about, by the id that the edition for live decisions gives it."""
    for question in catalogue.shipped()[catalogue.DEFAULT].questions:
        if question.id == SETTING:
            return {option.id: option.label for option in question.options}
    return {}


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes of which several may be ticked; what was sent is one text with spaces between."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """What was ticked, as one text."""
        sent = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name)]
        return " ".join(str(one) for one in sent if one)


class SettingsField(TextField):
    """What a protocol is about: none, one or several of the settings of a decision."""

    widget = Boxes
    choices: list[tuple[str, str]]

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(max_length=1_000, required=False, **kwargs)
        self.choices = choices

    def prepare_value(self, value: Any) -> list[str]:
        """What is ticked."""
        return value if isinstance(value, list) else str(value or "").split()

    def clean(self, value: Any) -> Any:
        """The ids that were ticked, in the order of the list; raises for an unknown one."""
        ticked = set(str(super().clean(value)).split())
        known = [name for name, _ in self.choices]
        if ticked - set(known):
            raise ValidationError("Tick only what is in the list")
        return [name for name in known if name in ticked]


class ProtocolForm(forms.Form):
    """One protocol of one organisation, all that is said of it."""

    title = ShortTextField(label="Title", max_length=200)
    reference = ShortTextField(
        label="Reference", help_text="Your own, if you have one.", max_length=100, required=False
    )
    kind = OptionField(
        label="Kind", options=[(key, words, "") for key, words in KINDS.items()], widget=Select
    )
    status = OptionField(
        label="How it stands", options=[(key, words, "") for key, words in STATUSES.items()]
    )
    parties = LongTextField(
        label="Parties",
        help_text=(
            "One on each line. After a semicolon, its role. For example: Northmoor Homes; landlord"
        ),
        rows=4,
        error_messages={"required": "Name at least one other party: its name, one on each line"},
    )
    purposes = LongTextField(
        label="Purposes",
        rows=4,
        error_messages={"required": "Say what the information is shared for"},
    )
    starts_on = DateField(label="First day", required=False)
    review_on = DateField(
        label="Review it on",
        help_text="From this day on it stands under “due” for whoever looks after it.",
        error_messages={"required": "Enter the day on which it is to be reviewed"},
    )
    expires_on = DateField(
        label="Last day", help_text="Leave it empty if it has no end.", required=False
    )
    may_publish = forms.BooleanField(label="It may be published", required=False)

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        version: ProtocolVersion | None = None,
        **kwargs: Any,
    ) -> None:
        if version is not None:
            kwargs["initial"] = initial_of(version)
        super().__init__(*args, **kwargs)
        self.others = {
            one.protocol_id: one
            for one in register([organisation.pk])
            if version is None or one.protocol_id != version.protocol_id
        }
        self.protocol_id = version.protocol_id if version else None
        self.fields["about"] = SettingsField(
            label="What it is about",
            help_text="Practitioners are shown it in decisions about these.",
            choices=list(setting_words().items()),
        )
        self.fields["owner"] = OptionField(
            label="Who looks after it",
            help_text="They see when its review is due.",
            options=_people(organisation),
            widget=Select,
            error_messages={"required": "Choose who looks after it", "invalid_choice": NOT_ONE},
        )
        self.fields["supersedes"] = OptionField(
            label="It takes the place of",
            help_text="From its first day on, the other one counts as superseded.",
            options=[
                ("", "No other protocol", ""),
                *((str(key), one.title, "") for key, one in self.others.items()),
            ],
            widget=Select,
            required=False,
            error_messages={"invalid_choice": "Choose one of the protocols in the list"},
        )
        self.fields |= {one.id: _term_field(one) for one in TERMS.values()}
        self.order_fields([name for group in GROUPS for name in group.fields])

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(group.heading, [self[name] for name in group.fields]) for group in GROUPS]

    def clean_parties(self) -> str:
        """The parties as typed; raises `ValidationError` when they cannot be read."""
        typed = str(self.cleaned_data["parties"])
        if fault := parties.fault(typed):
            raise ValidationError(fault)
        return typed

    def clean(self) -> dict[str, Any]:
        """Add what does not fit together: the order of the dates, a circle of successors."""
        cleaned = super().clean() or {}
        starts = cleaned.get("starts_on")
        for name in ("starts_on", "review_on", "expires_on"):
            day = cleaned.get(name)
            if day and not EARLIEST <= day.year <= LATEST:
                self.add_error(name, f"Enter a year from {EARLIEST} to {LATEST}")
        if _is_before(cleaned.get("review_on"), starts):
            self.add_error("review_on", "The review cannot come before the first day")
        if _is_before(cleaned.get("expires_on"), starts):
            self.add_error("expires_on", "The last day cannot come before the first day")
        if self._goes_in_a_circle(cleaned.get("supersedes") or ""):
            self.add_error("supersedes", "That one takes the place of this one. Choose another")
        return cleaned

    def _goes_in_a_circle(self, chosen: str) -> bool:
        seen: set[uuid.UUID] = set()
        at = uuid.UUID(chosen) if chosen else None
        while at is not None and at not in seen:
            seen.add(at)
            if at == self.protocol_id:
                return True
            at = self.others[at].supersedes_id if at in self.others else None
        return False

    def words(self) -> dict[str, Any]:
        """What a valid form says, as the writers take it."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("title", "reference", "kind", "status", "parties")},
            **{name: said[name] for name in ("purposes", "about", "may_publish")},
            **{name: said[name] for name in ("starts_on", "review_on", "expires_on")},
            "terms": {name: said[name] for name in TERMS if said[name]},
            "owner_id": uuid.UUID(said["owner"]),
            "supersedes_id": uuid.UUID(said["supersedes"]) if said["supersedes"] else None,
        }


class DocumentForm(forms.Form):
    """The document of a protocol. `whole` comes after the file and says that all of it came."""

    document = forms.FileField(
        label="Document",
        help_text="A PDF, Word document (docx), odt or txt file of at most 10 MB.",
        widget=forms.FileInput,
        error_messages={
            "required": "Choose the file",
            "empty": f"This file is empty. Choose another one. {FORGOTTEN}",
            "invalid": "Choose the file",
        },
    )
    whole = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def refused(cls, words: str) -> "DocumentForm":
        """A form whose file was refused for these words before it was read."""
        form = cls({})
        form.errors.clear()
        form.add_error("document", f"{words}. {FORGOTTEN}")
        return form

    def clean_document(self) -> tuple[Kind, bytes]:
        """The kind of the file and its bytes; raises `ValidationError` when it is not taken."""
        sent: UploadedFile[Any] = self.cleaned_data["document"]
        if self.data.get("whole") != "yes":
            raise ValidationError(f"The file did not arrive whole. Choose it again. {FORGOTTEN}")
        if (sent.size or 0) > MOST_BYTES:
            raise ValidationError(f"{too_large(sent.size or 0)}. {FORGOTTEN}")
        content = sent.read()
        try:
            return kind_of(sent.name or "", content), content
        except RefusedDocument as refused:
            raise ValidationError(f"{refused}. {FORGOTTEN}") from None


class FindForm(forms.Form):
    """Words to look for in the register."""

    words = ShortTextField(
        label="Find a protocol",
        help_text="A part of its title, a party, a purpose or its reference.",
        max_length=200,
        required=False,
    )


def initial_of(version: ProtocolVersion) -> dict[str, Any]:
    """What a form shows of a version."""
    said = words_of(version)
    return {
        **said,
        **said["terms"],
        "owner": str(version.owner_id),
        "supersedes": str(version.supersedes_id or ""),
    }


def _term_field(term: Term) -> forms.Field:
    words: dict[str, Any] = {"label": term.label, "help_text": term.hint, "required": False}
    return LongTextField(rows=3, **words) if term.long else ShortTextField(**words)


def _people(organisation: Organisation) -> list[tuple[str, str, str]]:
    """Everybody with a role there now. Whoever has left must be replaced at the next save."""
    held = User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__ended_at__isnull=True,
    )
    found = {str(one.pk): one.name for one in held.distinct().order_by("name")}
    return [("", "Choose a person", ""), *((key, name, "") for key, name in found.items())]


def _is_before(day: date | None, first: date | None) -> bool:
    return day is not None and first is not None and day < first
