"""Take a full copy of a record: the page that asks why, and the file."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from decisions.full_copy.taking import has_more, take_full_copy
from decisions.records.access import record_for
from decisions.wizard.replies import see_other
from infoshare.fields import LongTextField
from infoshare.people import policy


class WhyForm(forms.Form):
    """Why the person needs what other copies leave out."""

    reason = LongTextField(
        label="Why do you need a full copy?",
        help_text="This is kept with the record. Write nothing that is protected.",
        max_length=1_000,
        rows=3,
        error_messages={"required": "Say why you need a full copy"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def full_copy(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The page that asks why; a POST gives the file. To the record where there is no more to give.

    Nothing of the record is shown here, so no view of it is noted.
    """
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_FULL_COPY)
    if not has_more(record):
        return see_other("decisions:record", record_id=record.pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"record": record, "form": form}
        return TemplateResponse(request, "decisions/full_copy/why.html", context)
    document = take_full_copy(record=record, person=person, reason=form.cleaned_data["reason"])
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{record.reference}-full-copy.pdf"',
            "Cache-Control": "no-store",
        },
    )
