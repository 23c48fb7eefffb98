"""The wizard: formtools' `NamedUrlWizardView` over one draft, through its extension points.

formtools supplies the forms, their prefixes, the order of steps and the checking of every step
again at the end. What differs here, and why, is listed in DESIGN section 5; each trap has a
test in tests/decisions/wizard/.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from formtools.wizard.views import NamedUrlWizardView

from decisions.records.sealing import Changed, NotReady, seal
from decisions.wizard.access import draft_for
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, URGENT
from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.forms import StepForm, form_for
from decisions.wizard.journey import Journey
from decisions.wizard.linked import linked_to
from decisions.wizard.presentation import step_context
from decisions.wizard.replies import (
    see_other,
    show_already_sealed,
    show_both_texts,
    show_not_matching,
)
from decisions.wizard.standing import journey_of
from decisions.wizard.storage import DraftStorage, as_answers
from guidance import stored
from guidance.rulebook.schema import Outcome

LEAVING = {"back", "leave", "advice", "urgent"}


class DraftWizard(NamedUrlWizardView):
    """One draft's questions, one a page, then its decision and its seal."""

    form_list: Any = [(ABOUT, form_for(ABOUT))]  # formtools wants one; dispatch replaces it
    storage_name = "decisions.wizard.storage.DraftStorage"
    storage: DraftStorage
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
        """Save the step, then continue, go back, leave or seal."""
        step = kwargs["step"]
        matches = step in self.form_list and self._posted_step() == step
        if not matches or self.journey.is_fixed(step):
            return show_not_matching(self)
        self.storage.current_step = step
        self.storage.based_on = self._based_on()
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
        go = self.request.POST.get("go", "continue")
        if not self.journey.is_reachable(step):
            return self._keep_off_path(step)
        if go in LEAVING:
            return self._leave(step, go)
        if step == DECIDE and self._answers_changed():
            return self._look_again()
        return super().post(self.request, **kwargs)

    def _posted_step(self) -> str:
        return self.request.POST.get(f"{self.prefix}-current_step", "")

    def _based_on(self) -> int:
        typed = self.request.POST.get("based_on", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        return min(number, self.storage.revision)

    def _leave(self, step: str, go: str) -> HttpResponse:
        """Keep what was typed, complete or not, and go where the person wants to."""
        form = self.get_form(step, data=self.request.POST)
        if not form.can_be_kept():
            return self.render(form)
        self.storage.save(step, as_answers(self.edition, step, self.request.POST))
        if go == "urgent":
            return see_other("decisions:act-first", draft_id=self.draft.pk)
        previous = self.journey.before(step)
        if go == "back" and previous:
            return see_other(self.url_name, draft_id=self.draft.pk, step=previous)
        if go == "advice" and step not in (ABOUT, RIGHT_WAY, DECIDE):
            return see_other("decisions:advice", draft_id=self.draft.pk, question=step)
        messages.success(self.request, "Saved. You can carry on from any device.")
        return see_other("home")

    def _keep_off_path(self, step: str) -> HttpResponse:
        """Keep an answer to a question that is not asked now, and say so."""
        form = self.form_list[step](
            data=self.request.POST, prefix=step, **self.get_form_kwargs(step)
        )
        if not form.can_be_kept():
            return show_not_matching(self)
        self.storage.save(step, as_answers(self.edition, step, self.request.POST))
        messages.info(
            self.request,
            "That question is not asked at this point, so nothing was decided by it. "
            "What you typed is kept in this draft.",
        )
        if self.request.POST.get("go") == "urgent":
            return see_other("decisions:act-first", draft_id=self.draft.pk)
        return see_other(self.url_name, draft_id=self.draft.pk, step=self.journey.first_open)

    def _answers_changed(self) -> bool:
        """Whether a question was answered anew since the person's decision page was made."""
        if self.storage.based_on == self.storage.revision:
            return False
        since = self.draft.revisions.filter(number__gt=self.storage.based_on, applied=True)
        return since.exclude(step=DECIDE).exists()

    def _look_again(self) -> HttpResponse:
        """Show the decision page anew: the outcome may no longer be the one that was seen."""
        self.storage.reload()
        if not self.journey.is_reachable(DECIDE):
            return self._keep_off_path(DECIDE)
        return self.render(self.get_form(DECIDE, data=self.request.POST), changed_since=True)

    def render_next_step(self, form: StepForm, **kwargs: Any) -> HttpResponse:
        """On to the next page: acting first, waiting when the path ends there, or a step."""
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

    # --- The end: only ever by POST ------------------------------------------------------------

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

    # --- Showing ----------------------------------------------------------------------------------

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        """formtools' context with what the step's page says."""
        context = super().get_context_data(form=form, **kwargs)
        context["based_on"] = self.storage.based_on
        context["returns"] = self._asked_to_return()
        context["linked"] = linked_to(self.draft, self.request.user)
        return {**context, **step_context(self.journey, form.step, self.draft)}

    def _asked_to_return(self) -> bool:
        """Whether the person came from the check page to change one answer."""
        asked = self.request.POST.get("return") or self.request.GET.get("return")
        return bool(asked == DECIDE)

    def get_template_names(self) -> list[str]:
        """The decision has a page of its own; every other step shares one."""
        page = "decide" if self.steps.current == DECIDE else "step"
        return [f"decisions/{page}.html"]
