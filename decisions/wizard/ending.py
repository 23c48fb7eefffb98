"""How a wizard ends: every step is checked again and the draft is sealed, only ever by POST."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse

from decisions.records.sealing import Changed, NotReady, seal
from decisions.wizard.answers import RIGHT_WAY
from decisions.wizard.forms import StepForm
from decisions.wizard.replies import see_other
from guidance.rulebook.schema import Outcome

if TYPE_CHECKING:
    from formtools.wizard.views import NamedUrlWizardView as Base
else:
    Base = object


class Ending(Base):
    """The part of `DraftWizard` that comes after the last step."""

    def render_done(self, form: StepForm, **kwargs: Any) -> HttpResponse:
        """Check every step again and seal, at once: formtools would do it on a GET."""
        return super().render_done(form, **{**kwargs, "step": self.done_step_name})

    def render_revalidation_failure(
        self, failed_step: str, form: StepForm, **kwargs: Any
    ) -> HttpResponse:
        """To the first step that lacks something, with the reason why."""
        if failed_step == RIGHT_WAY:
            messages.info(self.request, "You decided to share. Say how before you seal.")
        return see_other(self.url_name, draft_id=self.draft.pk, step=failed_step)

    def done(self, form_list: list[StepForm], **kwargs: Any) -> HttpResponse:
        """Seal the draft, and go to its record."""
        if self.journey.conclusion.outcome is Outcome.INCOMPLETE:
            return see_other(self.url_name, draft_id=self.draft.pk, step=self.journey.first_open)
        if self._answers_changed():  # since `post` asked, in the moment before the save
            return self._look_again()
        try:
            record = seal(
                draft_id=self.draft.pk,
                person=self.request.user,
                seen_revision=self.storage.revision,
            )
        except Changed:
            return self._look_again()
        except NotReady as lacking:
            return see_other(self.url_name, draft_id=self.draft.pk, step=lacking.step)
        return see_other("decisions:record", record_id=record.pk)
