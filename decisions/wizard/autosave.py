"""A save that the page makes by itself while somebody types. It judges nothing and leads nowhere.

The reply is for `static/js/autosave.js`: the number that the page is based on from now on and the
time of day, or the reason why nothing was saved.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.forms import StepForm
from decisions.wizard.replies import CONFLICT
from decisions.wizard.storage import as_answers

if TYPE_CHECKING:
    from decisions.wizard.view import DraftWizard

AUTOSAVE = "autosave"
UNPROCESSABLE = 422
ELSEWHERE = (
    "this question was saved in another tab or on another device. "
    "Both texts are kept. When you go on, you will see both."
)
SEALED = "this decision was sealed. Copy your words if you still need them."
NOT_MATCHING = "this page does not fit its address. Copy your words, then open the page again."


def autosave(wizard: "DraftWizard", step: str, form: StepForm) -> HttpResponse:
    """Keep what was typed at the step, complete or not, and say when; or why not."""
    if not form.can_be_kept():
        return not_saved(reasons(form, form.lacking), UNPROCESSABLE)
    try:
        wizard.storage.save(step, as_answers(wizard.edition, step, wizard.request.POST))
    except Stale:
        return not_saved(ELSEWHERE)
    except AlreadySealed:
        return not_saved(SEALED)
    return saved_by_itself(wizard.storage.revision, wizard.storage.saved_at)


def saved_by_itself(revision: int, at: datetime) -> HttpResponse:
    """The reply that says what the page is based on from now on, and when it was saved."""
    return JsonResponse({"revision": revision, "at": f"{timezone.localtime(at):%H:%M}"})


def not_saved(reason: str, status: int = CONFLICT) -> HttpResponse:
    """The reply that says why; what was typed is still on the page that asked."""
    return JsonResponse({"reason": reason}, status=status)


def reasons(form: Form, lacking: Collection[str]) -> str:
    """The errors that are not just something missing, each with its field's label."""
    return " ".join(
        f"“{form[name].label}”: {error}"
        for name, errors in form.errors.items()
        if name not in lacking and name in form.fields
        for error in errors
    )
