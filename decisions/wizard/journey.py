"""Where a draft stands: the steps on its path, the first open one, the outcome so far. Pure.

The place is always worked out anew from the answers, and never stored, so an address typed by
hand or an old tab cannot skip a question (DESIGN section 5, trap 7).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from decisions.wizard import answers as draft
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, Answers
from decisions.wizard.completeness import missing
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Conclusion, Edition, Outcome


@dataclass(frozen=True)
class Journey:
    """One draft's way through its edition. Make it anew when an answer changes."""

    edition: Edition
    answers: Answers
    today: date | None = None  # without it, a day to come is not noticed

    @cached_property
    def conclusion(self) -> Conclusion:
        """The path through the gates with the outcome it reaches."""
        return conclude(self.edition, draft.gate_answers(self.edition, self.answers))

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The steps on the path, in order; the first unanswered gate ends them."""
        gates = (ABOUT, *self.conclusion.path.asked)
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
    def is_parked(self) -> bool:
        """Whether the path ended in waiting: for advice, or for consent to be asked."""
        return self.conclusion.outcome in (Outcome.SEEK_ADVICE, Outcome.ASK_CONSENT)

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """The gates on the path that were answered "not sure", in order."""
        on_path = self.conclusion.path.answers
        return tuple(gate for gate, answer in on_path.items() if answer == "not-sure")
