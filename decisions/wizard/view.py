"""The wizard: formtools' `NamedUrlWizardView` over one draft, through its extension points.

formtools supplies the forms, their prefixes, the order of steps and the checking of every step
again at the end. What differs here, and why, is listed in DESIGN section 5; each trap has a
test in tests/decisions/wizard/.
"""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from formtools.wizard.views import NamedUrlWizardView

from decisions.protocols.citing import cited
from decisions.protocols.offering import offering
from decisions.wizard.access import draft_for
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, URGENT, led_to
from decisions.wizard.autosave import AUTOSAVE, NOT_MATCHING, autosave, not_saved
from decisions.wizard.deciding import deciding_context
from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.ending import Ending
from decisions.wizard.forms import StepForm, form_for
from decisions.wizard.items.choice import may_list_items
from decisions.wizard.journey import Journey
from decisions.wizard.leaving import LEAVING, Leaving
from decisions.wizard.linked import linked_to
from decisions.wizard.own_procedures import own_procedures
from decisions.wizard.presentation import step_context
from decisions.wizard.replies import (
    say_unused,
    see_other,
    show_already_sealed,
    show_both_texts,
    show_not_matching,
)
from decisions.wizard.revisions import Page
from decisions.wizard.sent import Sent, read_sent
from decisions.wizard.standing import journey_of
from decisions.wizard.storage import DraftStorage, as_answers
from decisions.wizard.unused import unused_steps
from guidance import stored


class DraftWizard(Leaving, Ending, NamedUrlWizardView):
    """One draft's questions, one a page, then its decision and its seal."""

    form_list: Any = [(ABOUT, form_for(ABOUT))]  # formtools wants one; dispatch replaces it
    storage_name = "decisions.wizard.storage.DraftStorage"
    storage: DraftStorage
    sent: Sent
    _journey: Journey | None = None

    # --- Which draft, and may this person? ------------------------------------------------

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Fit the wizard to the draft's own edition; 404 when the draft is not this person's."""
        self.draft = draft_for(request, kwargs["draft_id"])
        request.draft = self.draft  # type: ignore[attr-defined]
        self.edition = stored.edition(self.draft.edition_id)
        steps = (ABOUT, *(question.id for question in self.edition.questions), RIGHT_WAY, DECIDE)
        self.form_list = {step: form_for(step) for step in steps}
        self.condition_dict = {
            step: lambda wizard, step=step: step in wizard.journey.steps for step in steps
        }
        return super().dispatch(request, *args, **kwargs)

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The draft's id, so that no two drafts share a form."""
        return str(kwargs["draft_id"])

    def get_step_url(self, step: str) -> str:
        """The address of a step of this draft."""
        return reverse(self.url_name, kwargs={"draft_id": self.draft.pk, "step": step})

    @property
    def journey(self) -> Journey:
        """Where the draft stands by its answers as saved now."""
        answers = self.storage.answers
        if self._journey is None or self._journey.answers is not answers:
            self._journey = journey_of(self.draft, answers)
        return self._journey

    # --- Forms --------------------------------------------------------------------------------

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        """What every `StepForm` needs beside its data."""
        return {"journey": self.journey, "step": step, "sector": self.draft.organisation.sector}

    def get_form_initial(self, step: str) -> dict[str, str]:
        """The texts saved earlier, to show them without judging them."""
        return dict(self.storage.answers.get(step, {}))

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> StepForm:
        """The form of a step; on a GET unbound, so that nobody is told off for a fresh page."""
        return super().get_form(step, data if self.request.method == "POST" else None)

    # --- GET: never writes -----------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page of a step that may be opened; else on to the first open one."""
        step = kwargs["step"]
        if hasattr(self.draft, "record"):
            return see_other("decisions:record", record_id=self.draft.record.pk)
        if not self.journey.is_reachable(step):
            return see_other(self.url_name, draft_id=self.draft.pk, step=self.journey.first_open)
        self.storage.current_step = step
        return self.render(self.get_form(step))

    # --- POST ----------------------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the step, then continue, go back, leave or seal; or only save it."""
        step = kwargs["step"]
        self.sent = read_sent(request.POST, self.storage.revision)
        is_autosave = self.sent.go == AUTOSAVE
        matches = step in self.form_list and self._posted_step() == step
        if not matches or self.journey.is_fixed(step):
            return not_saved(NOT_MATCHING) if is_autosave else show_not_matching(self)
        self.storage.current_step = step
        self.storage.based_on = self.sent.based_on
        self.storage.page = Page(self.sent.page, self.sent.turn, is_autosave)
        if is_autosave:
            return autosave(self, step, self._form_as_sent(step))
        if "wizard_goto_step" in request.POST:
            # formtools would jump at once and drop what was typed.
            kept = request.POST.copy()
            del kept["wizard_goto_step"]
            request.POST = kept  # type: ignore[assignment]
        try:
            return self._save_and_go(**kwargs)
        except Stale as stale:
            return show_both_texts(self, stale)
        except AlreadySealed as sealed:
            return show_already_sealed(self, sealed)

    def _save_and_go(self, **kwargs: Any) -> HttpResponse:
        step = kwargs["step"]
        if hasattr(self.draft, "record"):
            raise AlreadySealed(self.draft.record.pk)
        go = self.sent.go
        if not self.journey.is_reachable(step):
            return self._keep_off_path(step)
        if go in LEAVING or cited(go):
            return self._leave(step, go)
        if step == DECIDE and self._answers_changed():
            return self._look_again()
        if led_to(self.edition, step, as_answers(self.edition, step, self.request.POST)):
            return self._leave(step, "elsewhere")
        return super().post(self.request, **kwargs)

    def _posted_step(self) -> str:
        return self.request.POST.get(f"{self.prefix}-current_step", "")

    def _form_as_sent(self, step: str) -> StepForm:
        """The form of any step, asked now or not, with what was sent."""
        return self.form_list[step](
            data=self.request.POST, prefix=step, **self.get_form_kwargs(step)
        )

    def _answers_changed(self) -> bool:
        """Whether a question was answered anew since the person's decision page was made."""
        if self.sent.seen == self.storage.revision:
            return False
        since = self.draft.revisions.filter(number__gt=self.sent.seen, applied=True)
        return since.exclude(step=DECIDE).exists()

    def _look_again(self) -> HttpResponse:
        """Show the decision page anew: the outcome may no longer be the one that was seen."""
        self.storage.reload()
        if not self.journey.is_reachable(DECIDE):
            return self._keep_off_path(DECIDE)
        return self.render(self.get_form(DECIDE, data=self.request.POST), changed_since=True)

    def render_next_step(self, form: StepForm, **kwargs: Any) -> HttpResponse:
        """On to the next page: acting first, waiting when the path ends there, or a step."""
        say_unused(self)
        if form.step == URGENT and self.journey.is_urgent:
            return see_other("decisions:act-first", draft_id=self.draft.pk)
        if self.journey.is_parked and self.journey.conclusion.path.next is None:
            return see_other("decisions:waiting", draft_id=self.draft.pk)
        if not self._asked_to_return():
            return see_other(self.url_name, draft_id=self.draft.pk, step=self.get_next_step())
        # Only what is still open, then back to the check page: not through it all again.
        step = self.journey.first_open
        asked = {} if step == DECIDE else {"return": DECIDE}
        return see_other(self.url_name, asked, draft_id=self.draft.pk, step=step)

    # --- Showing ----------------------------------------------------------------------------------

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        """formtools' context with what the step's page says."""
        context = super().get_context_data(form=form, **kwargs)
        is_sent = self.request.method == "POST"
        context["based_on"] = self.storage.based_on
        context["seen"] = self.storage.revision
        context["page"] = (is_sent and self.sent.page) or uuid.uuid4()
        context["turn"] = self.sent.turn if is_sent else 0
        context["unused_now"] = " ".join(unused_steps(self.journey))
        context["returns"] = self._asked_to_return()
        if form.step == DECIDE:
            context |= deciding_context(self.draft, self.journey)
        context["may_list_items"] = may_list_items(self.journey)
        context["linked"] = linked_to(self.draft, self.request.user)
        context |= own_procedures(self.draft, self.journey, form.step)
        context |= offering(self.draft, form.step, self.storage.answers)
        return {**context, **step_context(self.journey, form.step, self.draft)}

    def _asked_to_return(self) -> bool:
        """Whether the person came from the check page to change one answer."""
        asked = self.request.POST.get("return") or self.request.GET.get("return")
        return bool(asked == DECIDE)

    def get_template_names(self) -> list[str]:
        """The decision has a page of its own; every other step shares one."""
        page = "decide" if self.steps.current == DECIDE else "step"
        return [f"decisions/{page}.html"]
