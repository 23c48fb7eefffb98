"""The two forms of the page: a record's reference, and the file to check."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from decisions.check_record.uploads import MEGABYTES, MOST_BYTES
from decisions.records import reference
from infoshare.fields import ShortTextField

TOO_LARGE = f"This file is larger than {MEGABYTES} MB. Check it on your own computer, as below."
TOO_OFTEN = (
    "Too many files were sent from your network in a short time. Wait 10 minutes, or check the "
    "file on your own computer, as below."
)


class ReferenceForm(forms.Form):
    """Which record somebody holds; it may be left empty."""

    reference = ShortTextField(
        label="Reference of the record",
        help_text="The 12 letters and digits on the first page of the PDF, such as K7RM-4TXQ-9HDC.",
        max_length=40,
        required=False,
    )

    def clean_reference(self) -> str:
        """The reference as it is printed; raises `ValidationError` for what cannot be one."""
        typed: str = self.cleaned_data["reference"]
        if not typed.strip():
            return ""
        tidied = reference.tidy(typed)
        if tidied is None:
            raise ValidationError(
                "This is not the reference of a record. Compare it with the first page of the PDF.",
                code="no_reference",
            )
        return tidied


class FileForm(forms.Form):
    """The file to check."""

    file = forms.FileField(
        label="The PDF or proof file",
        help_text=f"A PDF of a record, or its proof file (JSON). At most {MEGABYTES} MB.",
        widget=forms.FileInput,
        max_length=None,
        allow_empty_file=True,
        error_messages={
            "required": "Choose the PDF or the proof file",
            "missing": "Choose the PDF or the proof file",
            "invalid": "The file did not arrive. Choose it again.",
        },
    )

    def __init__(self, *args: Any, problem: str = "", **kwargs: Any) -> None:
        """With a `problem` the file was not looked at, and this says why."""
        super().__init__(*args, **kwargs)
        self._problem = problem

    def clean(self) -> dict[str, Any]:
        """Raise `ValidationError` beside the field for a file that is empty or too large."""
        given: UploadedFile[Any] | None = self.cleaned_data.get("file")
        problem = self._problem
        if given and (given.size or 0) > MOST_BYTES:
            problem = TOO_LARGE
        if problem:
            self.errors.pop("file", None)
            self.add_error("file", ValidationError(problem, code="not_taken"))
        elif given and not given.size:
            self.add_error("file", ValidationError("This file is empty", code="empty"))
        return self.cleaned_data
