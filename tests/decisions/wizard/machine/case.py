"""What a person knows of their own case: a plain model, beside which the wizard is run.

Nothing of the wizard's own thinking is used here. The path and its outcome come from the second
statement of the contract (`tests/guidance/rulebook/oracle.py`); an edition is read as data only.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from guidance.rulebook.schema import Detail, Edition
from tests.guidance.rulebook import oracle

ABOUT, RIGHT_WAY, DECIDE = "about", "right-way", "decide"
OWN = {
    ABOUT: ("case_reference", "agreement"),
    RIGHT_WAY: ("what", "recipient", "method", "method_more", "told", "told_reason"),
    DECIDE: ("decision", "items", "reason"),
}
GUIDES = {ABOUT: "about", RIGHT_WAY: "right-way", DECIDE: "record"}
GATE = ("answer", "reason")
SHARING = ("share", "share-in-part")
CHILD = "safeguarding-child"
Given = dict[str, str]


@dataclass
class Case:
    """One draft as its person would describe it. `mark` begins every text typed about it."""

    draft_id: str
    edition: Edition
    mark: str
    held: dict[str, Given] = field(default_factory=dict)
    saves: list[tuple[int, str, Given]] = field(default_factory=list)
    revision: int = 0
    kept: set[str] = field(default_factory=set)  # what a reply did not hand back
    advice: list[str] = field(default_factory=list)
    is_closed: bool = False
    record_id: str = ""
    body: bytes = b""

    @property
    def is_open(self) -> bool:
        """Whether it can be worked on: neither sealed nor closed."""
        return not self.record_id and not self.is_closed

    # --- What is asked --------------------------------------------------------------------------

    @cached_property
    def every_step(self) -> list[str]:
        return [ABOUT, *(gate.id for gate in oracle.GATES[self.edition.id]), RIGHT_WAY, DECIDE]

    def details(self, step: str) -> tuple[Detail, ...]:
        if step in OWN:
            guide = self.edition.steps.get(GUIDES[step])
            return guide.details if guide else ()
        return self.edition.question(step).details

    def fields(self, step: str) -> tuple[str, ...]:
        found = (*OWN.get(step, GATE), *(one.id for one in self.details(step)))
        return (*found, *self.rule_notes) if step == DECIDE else found

    @property
    def rule_notes(self) -> list[str]:
        """The fields for what is noted on the golden rules."""
        return [f"rule-{rule.number}" for rule in self.edition.golden_rules if rule.speaks]

    def options(self, gate: str) -> list[str]:
        return next(one.options for one in oracle.GATES[self.edition.id] if one.id == gate)

    # --- Where it stands ------------------------------------------------------------------------

    @property
    def gates(self) -> dict[str, str]:
        """The answers that are options; any other text is no answer."""
        return {
            gate.id: answer
            for gate in oracle.GATES[self.edition.id]
            if (answer := self.held.get(gate.id, {}).get("answer", "")) in gate.options
        }

    @property
    def ending(self) -> oracle.Ending:
        return oracle.ending(self.edition.id, self.gates)

    @property
    def is_sharing(self) -> bool:
        decided = self.held.get(DECIDE, {}).get("decision", "")
        return (decided or self.ending.outcome) in SHARING

    @property
    def must_say_who_knows(self) -> bool:
        """In child safeguarding telling child and family is the rule, so it must be answered."""
        return "setting" in self.ending.path and self.gates["setting"] == CHILD

    @property
    def path(self) -> list[str]:
        ending = self.ending
        if ending.next:
            return [ABOUT, *ending.path]
        return [ABOUT, *ending.path, *([RIGHT_WAY] if self.is_sharing else []), DECIDE]

    @property
    def next_open(self) -> str:
        """The first step on the path that is not done; the last when all are."""
        return next((one for one in self.path if not self.is_done(one)), self.path[-1])

    def can_be_opened(self, step: str) -> bool:
        path, open_step = self.path, self.next_open
        if step == DECIDE and step in path and open_step == RIGHT_WAY:
            return True
        return step in path and path.index(step) <= path.index(open_step)

    def is_done(self, step: str, given: Given | None = None) -> bool:
        """Whether a step has all that it needs."""
        given = self.held.get(step, {}) if given is None else given
        if any(
            given.get(one.of, "") in one.required_when and not given.get(one.id, "").strip()
            for one in self.details(step)
        ):
            return False
        if step == ABOUT:
            return bool(given.get("case_reference", "").strip())
        if step == RIGHT_WAY:
            needed = [*OWN[RIGHT_WAY][:3], *(["told_reason"] if given.get("told") == "no" else [])]
            needed += ["told"] if self.must_say_who_knows else []
            return all(given.get(name, "").strip() for name in needed)
        has_reason = bool(given.get("reason", "").strip())
        if step == DECIDE:
            return bool(given.get("decision")) and (
                given["decision"] == self.ending.outcome or has_reason
            )
        answer = given.get("answer", "")
        is_needed = answer in self.edition.question(step).reason_required_for
        return answer in self.options(step) and (has_reason or not is_needed)

    # --- Saving ---------------------------------------------------------------------------------

    def is_stale(self, step: str, given: Given, based_on: int) -> bool:
        """Whether somebody else saved this step, with other words, since the page was made."""
        held = self.held.get(step, {})
        seen = [one for number, which, one in self.saves if which == step and number <= based_on]
        return given != held and (seen[-1] if seen else {}) != held

    def save(self, step: str, given: Given, revision: int) -> None:
        if given != self.held.get(step, {}):
            self.held = {**self.held, step: given}
            self.saves.append((revision, step, given))
        self.revision = revision

    # --- What a record of it says ---------------------------------------------------------------

    def used(self, step: str) -> list[str]:
        """The texts of a step that count with its answers as they are."""
        given = self.held.get(step, {})
        names = list(OWN.get(step, GATE))
        if given.get("told") != "no":
            names = [one for one in names if one != "told_reason"]
        for one in self.details(step):
            if not one.show_when or given.get(one.of, "") in one.show_when:
                names.append(one.id)
        names += self.rule_notes if step == DECIDE else []
        return [given.get(name, "") for name in names]

    def recorded(self) -> set[str]:
        """The marks of every text that the record must hold, and of no other."""
        steps = [one for one in self.path if one != RIGHT_WAY or self.is_sharing]
        texts = [text for step in steps for text in self.used(step)]
        return self.marks_in(" ".join([*texts, *self.advice]))

    def marks_in(self, text: str) -> set[str]:
        return set(re.findall(rf"{self.mark}\d+Z", text))
