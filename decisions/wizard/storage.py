"""Where formtools keeps a wizard's answers: in the draft's row, never in the session.

formtools asks for raw form data by step; a draft holds `{step: {field: text}}`. This class
turns one into the other and saves through `save_step`, so that two tabs, two devices or two
drafts never mix (DESIGN section 5, traps 1, 2, 5 and 6).
"""

from typing import Any

from django.core.files.storage import Storage
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from formtools.wizard.storage.base import BaseStorage

from decisions.wizard.answers import DECIDE, Answers, StepAnswers, fields
from decisions.wizard.drafts import save_step
from decisions.wizard.items.choice import FIELD as CHOSEN_ITEMS
from decisions.wizard.models import Draft
from decisions.wizard.revisions import NO_PAGE
from guidance import stored
from guidance.rulebook.schema import Edition


class DraftStorage(BaseStorage):
    """The storage of one draft, which the view has put on the request as `request.draft`."""

    def __init__(
        self, prefix: str, request: HttpRequest, file_storage: Storage | None = None
    ) -> None:
        super().__init__(prefix, request, file_storage)
        self.draft: Draft = request.draft  # type: ignore[attr-defined]
        self.edition = stored.edition(self.draft.edition_id)
        self.answers: Answers = self.draft.answers
        self.revision: int = self.draft.revision
        self.saved_at = self.draft.saved_at
        self.based_on: int = self.revision  # what the sender's page was made from
        self.page = NO_PAGE
        self.init_data()

    def reload(self) -> None:
        """Read the draft's answers anew, after somebody else saved them."""
        self.draft.refresh_from_db(fields=["answers", "revision"])
        self.answers, self.revision = self.draft.answers, self.draft.revision
        self.based_on = self.revision

    def reset(self) -> None:
        """Nothing: formtools resets on a plain GET and after the end, and a draft is kept."""

    def get_step_data(self, step: str) -> MultiValueDict[str, str] | None:
        """The saved texts of a step as formtools' raw data; None when nothing was saved."""
        held = self.answers.get(step)
        return None if held is None else as_posted(step, held)

    def set_step_data(self, step: str, cleaned_data: MultiValueDict[str, str]) -> None:
        """Save the step as the draft's next revision; raises `Stale` or `AlreadySealed`."""
        self.save(step, as_answers(self.edition, step, cleaned_data))

    def save(self, step: str, given: StepAnswers) -> None:
        """Save these texts of one step; raises `Stale` or `AlreadySealed`."""
        saved = save_step(
            draft_id=self.draft.pk,
            person=self.request.user,
            step=step,
            given=given,
            based_on=self.based_on,
            page=self.page,
        )
        self.answers, self.revision = saved.answers, saved.revision
        self.saved_at = saved.saved_at

    def get_step_files(self, step: str) -> None:
        """None: the wizard takes no files."""

    def set_step_files(self, step: str, files: Any) -> None:
        """Nothing: the wizard takes no files."""


def as_posted(step: str, given: StepAnswers) -> MultiValueDict[str, str]:
    """A step's texts under the names its form posts them by."""
    return MultiValueDict({f"{step}-{field}": [value] for field, value in given.items()})


def as_answers(edition: Edition, step: str, posted: MultiValueDict[str, str]) -> dict[str, str]:
    """The texts of a step's own fields from posted data; anything else is left out.

    Boxes that may be ticked together are one text, with spaces between.
    """
    return {
        field: " ".join(posted.getlist(f"{step}-{field}"))
        if (step, field) == (DECIDE, CHOSEN_ITEMS)
        else posted.get(f"{step}-{field}", "")
        for field in fields(edition, step)
    }
