"""Where a draft stands: the steps on its path, the first open one, the outcome so far. Pure.

The place is always worked out anew from the answers, and never stored, so an address typed by
hand or an old tab cannot skip a question (DESIGN section 5, trap 7).
"""

from dataclasses import dataclass, replace
from functools import cached_property

from decisions.wizard import answers as draft
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, URGENT, Answers
from decisions.wizard.completeness import missing
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Conclusion, Edition, Outcome


@dataclass(frozen=True)
class Journey:
    """One draft's way through its edition. Make it anew when an answer changes.

    `acted_on` is the reference of the urgent record that the draft follows up; "" when none.
    Whether the case is urgent was settled there, so a follow-up does not ask it.
    """

    edition: Edition
    answers: Answers
    acted_on: str = ""

    @cached_property
    def conclusion(self) -> Conclusion:
        """The path through the gates with the outcome it reaches."""
        reached = conclude(self.edition, draft.gate_answers(self.edition, self.answers))
        if not self.acted_on:
            return reached
        # The edition would say that nobody was thought to be at risk.
        reasons = (
            replace(reason, text=f"{self.fixed_words}.") if reason.question == URGENT else reason
            for reason in reached.reasons
        )
        return replace(reached, reasons=tuple(reasons))

    @property
    def fixed_words(self) -> str:
        """What stands in place of an answer to the question that a follow-up does not ask."""
        return f"Already acted on in {self.acted_on}"

    def is_fixed(self, step: str) -> bool:
        """Whether the answer of this step was settled before the draft began."""
        return bool(self.acted_on) and step == URGENT

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The steps on the path, in order; the first unanswered gate ends them."""
        asked = (gate for gate in self.conclusion.path.asked if not self.is_fixed(gate))
        gates = (ABOUT, *asked)
        if self.conclusion.outcome is Outcome.INCOMPLETE:
            return gates
        return (*gates, RIGHT_WAY, DECIDE) if self.is_sharing else (*gates, DECIDE)

    @property
    def is_sharing(self) -> bool:
        """Whether something will be shared: as suggested, or as the person decided instead."""
        decided = draft.text(self.answers, DECIDE, "decision")
        return (decided or self.conclusion.outcome) in draft.SHARING

    @cached_property
    def first_open(self) -> str:
        """The first step that still lacks something; `decide` when only sealing is left."""
        for step in self.steps:
            if missing(self, step, self.answers.get(step, {})):
                return step
        return self.steps[-1]

    def is_reachable(self, step: str) -> bool:
        """Whether this step may be opened: it is on the path, and nothing before it is open.

        The decision is open as soon as the gates are done, so that a person who decides not
        to share need not first say how they would.
        """
        if step not in self.steps:
            return False
        if step == DECIDE and self.first_open == RIGHT_WAY:
            return True
        return self.steps.index(step) <= self.steps.index(self.first_open)

    def before(self, step: str) -> str | None:
        """The step before this one on the path; None at the start or off the path."""
        if step not in self.steps or step == self.steps[0]:
            return None
        return self.steps[self.steps.index(step) - 1]

    @cached_property
    def off_path(self) -> tuple[str, ...]:
        """Gates that hold an answer which no longer matters, in the edition's order."""
        held = draft.gate_answers(self.edition, self.answers)
        return tuple(gate for gate in held if gate not in self.conclusion.path.asked)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody is at risk of serious harm now: act first, record at once."""
        return self.conclusion.path.answers.get(URGENT) == "yes"

    @property
    def must_stop(self) -> bool:
        """Whether a follow-up ends in not sharing, though something was shared already."""
        decided = draft.text(self.answers, DECIDE, "decision")
        ends = {decided or self.conclusion.outcome, self.conclusion.outcome}
        finished = self.conclusion.outcome is not Outcome.INCOMPLETE
        return bool(self.acted_on) and finished and not ends <= set(draft.SHARING)

    @property
    def is_parked(self) -> bool:
        """Whether the path ended in waiting: for advice, or for consent to be asked."""
        return self.conclusion.outcome in (Outcome.SEEK_ADVICE, Outcome.ASK_CONSENT)

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """The gates on the path that were answered "not sure", in order."""
        on_path = self.conclusion.path.answers
        return tuple(gate for gate, answer in on_path.items() if answer == "not-sure")
