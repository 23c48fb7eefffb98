"""How a person leaves a step before it is done: what is typed is kept, complete or not."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse

from decisions.protocols.citing import cited, naming
from decisions.protocols.offering import in_force
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, led_to
from decisions.wizard.drafts import Stale
from decisions.wizard.items.choice import may_list_items
from decisions.wizard.replies import say_unused, see_other, show_not_matching
from decisions.wizard.revisions import NO_PAGE
from decisions.wizard.storage import as_answers

if TYPE_CHECKING:
    from formtools.wizard.views import NamedUrlWizardView as Base
else:
    Base = object

LEAVING = {"back", "leave", "advice", "items", "urgent"}
NOT_NAMED = "That protocol could not be named. What you typed is saved, and you need none to go on."
BELONGS_HERE = "What you chose belongs to this question. Change your answer here if it is so."


class Leaving(Base):
    """The part of `DraftWizard` that keeps a step and goes somewhere else than on."""

    def _leave(self, step: str, go: str) -> HttpResponse:
        """Keep what was typed, complete or not, and go where the person wants to."""
        form = self.get_form(step, data=self.request.POST)
        if not form.can_be_kept():
            return self.render(form)
        self.storage.save(step, as_answers(self.edition, step, self.request.POST))
        say_unused(self)
        if go == "urgent":
            return see_other("decisions:act-first", draft_id=self.draft.pk)
        if protocol := cited(go):
            self._name_protocol(protocol)
            asked = {"return": DECIDE} if self._asked_to_return() else {}
            return see_other(self.url_name, asked, draft_id=self.draft.pk, step=step)
        if go == "elsewhere":
            messages.info(self.request, BELONGS_HERE)
            elsewhere = led_to(self.edition, step, self.storage.answers[step])
            return see_other(self.url_name, draft_id=self.draft.pk, step=elsewhere)
        previous = self.journey.before(step)
        if go == "back" and previous:
            return see_other(self.url_name, draft_id=self.draft.pk, step=previous)
        if go == "advice" and step not in (ABOUT, RIGHT_WAY, DECIDE):
            return see_other("decisions:advice", draft_id=self.draft.pk, question=step)
        if go == "items" and may_list_items(self.journey):
            asked = {"return": DECIDE} if step == DECIDE else {}
            return see_other("decisions:items", asked, draft_id=self.draft.pk)
        messages.success(self.request, "Saved. You can carry on from any device.")
        return see_other("home")

    def _name_protocol(self, protocol: uuid.UUID) -> None:
        """Name a protocol in the first step, beside what was typed there, and say so."""
        found = {one.id: one for one in in_force(self.draft.organisation_id)}
        if protocol not in found:
            messages.info(self.request, NOT_NAMED)
            return
        given = naming(self.edition, self.storage.answers.get(ABOUT, {}), found[protocol])
        self.storage.based_on, self.storage.page = self.storage.revision, NO_PAGE
        try:
            self.storage.save(ABOUT, given)
        except Stale:
            messages.info(self.request, NOT_NAMED)
            return
        messages.success(self.request, f"“{found[protocol].line}” is named in this draft.")

    def _keep_off_path(self, step: str) -> HttpResponse:
        """Keep an answer to a question that is not asked now, and say so."""
        if not self._form_as_sent(step).can_be_kept():
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
