"""One person at two drafts at once, doing whatever comes to mind, beside a plain model of each."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from infoshare import clock
from infoshare.people.models import User
from tests.cast import build
from tests.decisions.wizard.machine.case import ABOUT, DECIDE, RIGHT_WAY, Case, Given
from tests.decisions.wizard.machine.person import Person
from tests.guidance.protocols.entries import enter

WHICH = st.integers(0, 1)
SHAPE = st.integers(0, 3)
PICK = st.integers(0, 10**6)
GO = st.sampled_from(["continue", "continue", "back", "leave", "advice", "urgent"])
SPOILT = st.sampled_from(["", "", "", "empty", "nonsense"])


class Wizard(RuleBasedStateMachine):
    """Rules of what a person may do next. `client` and `protocol` are put in by the test."""

    client: Client
    protocol: str
    seen: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.around: Any = transaction.atomic()
        self.around._from_testcase = True  # as Django's TestCase does, for seal's durable block
        self.around.__enter__()
        self.me = Person(self.client)
        self.pages: list[tuple[Case, str, int]] = []

    def teardown(self) -> None:
        try:
            self.me.leave_nothing_behind()
            self.seen["sealed"] += sum(bool(case.record_id) for case in self.me.cases)
            self.seen["runs"] += 1
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    @initialize(older=st.sampled_from([False, False, True]))
    def begin(self, older: bool) -> None:
        self.me.start()
        self.me.start("hmg-2008" if older else "england-2026")

    # --- Filling a page -------------------------------------------------------------------------

    def filled(self, case: Case, step: str, pick: int, shape: int) -> Given:
        """A page filled in as it should be, with some of what may be left out."""
        given = dict.fromkeys(case.fields(step), "")
        if step == ABOUT:
            given["case_reference"] = self.me.words(case)
        elif step == RIGHT_WAY:
            given["told"] = ("", "yes-now", "no")[pick % 3]
            given["method"] = case.edition.methods[pick % len(case.edition.methods)].id
            for name in ("what", "recipient", "method_more", "told_reason"):
                given[name] = self.me.words(case, shape, line=name == "recipient")
        elif step == DECIDE:
            ways = [case.ending.outcome, "share", "share-in-part", "do-not-share"]
            given["decision"] = way if (way := ways[pick % 4]) in ways[1:] else "share"
            given["reason"] = self.me.words(case, shape)
            for name in case.rule_notes[: pick % 3]:
                given[name] = self.me.words(case, shape)
        else:
            options = case.options(step)
            given["answer"] = options[pick % len(options)]
            given["reason"] = self.me.words(case, shape)
        for number, one in enumerate(case.details(step)):
            # Some for other answers too: they must never reach the record.
            if given.get(one.of, "") in one.required_when or (pick >> number) % 3 == 0:
                given[one.id] = self.detail(case, one, pick, shape)
        return given

    def detail(self, case: Case, one: Any, pick: int, shape: int) -> str:
        if one.choices:
            return str(one.choices[pick % len(one.choices)].id)
        if "date" in one.kind:
            return "1 2 2020"
        return self.me.words(case, shape, line=one.kind == "line")

    def onwards(self, case: Case, step: str, pick: int, shape: int) -> Given:
        """Filled in so that the path goes on more often than it ends."""
        given = self.filled(case, step, pick, shape)
        if step in ONWARDS and pick % 4:
            given["answer"] = ONWARDS[step]
        if step == RIGHT_WAY and case.must_say_who_knows:
            given["told"] = given["told"] or "yes-now"
        return given

    # --- What may be done -----------------------------------------------------------------------

    @rule(which=WHICH, pick=PICK, shape=SHAPE)
    def go_on(self, which: int, pick: int, shape: int) -> None:
        """Answer what is open, in full: it is saved."""
        case = self.me.cases[which]
        if case.record_id:
            which = 1 - which
            case = self.me.cases[which]
        if case.is_closed:
            self.bring_back(which)
        step = case.next_open
        given = self.onwards(case, step, pick, shape)
        reply = self.me.send(case, step, given, go="seal" if step == DECIDE else "continue")
        if case.record_id:
            return
        assert reply.status_code == 303, f"{step} is complete and was not saved"

    @rule(pick=PICK, shape=SHAPE)
    def go_on_with_the_first(self, pick: int, shape: int) -> None:
        self.go_on(0, pick, shape)

    @rule(pick=PICK, shape=SHAPE)
    def go_on_with_the_second(self, pick: int, shape: int) -> None:
        self.go_on(1, pick, shape)

    @rule(which=WHICH, at=PICK, pick=PICK, shape=SHAPE, go=GO, spoilt=SPOILT)
    def edit(self, which: int, at: int, pick: int, shape: int, go: str, spoilt: str) -> None:
        """Send any step, asked or not, answered or not, whole or spoilt."""
        case = self.me.cases[which]
        step = case.every_step[at % len(case.every_step)]
        given = self.filled(case, step, pick, shape)
        if spoilt:
            given[case.fields(step)[0]] = "" if spoilt == "empty" else "nonsense"
        self.me.send(case, step, given, go=go)

    @rule(which=WHICH, at=PICK)
    def open_in_a_tab(self, which: int, at: int) -> None:
        """Jump to a step by its address, and leave the tab open."""
        case = self.me.cases[which]
        step = case.every_step[at % len(case.every_step)]
        reply = self.me.open(case, self.me.address(case, "step", step=step))
        can_be_opened = case.is_open and case.can_be_opened(step)
        assert reply.status_code == (200 if can_be_opened or case.is_closed else 303)
        if can_be_opened:
            self.pages.append((case, step, case.revision))

    @precondition(lambda self: self.pages)
    @rule(at=PICK, pick=PICK, shape=SHAPE, go=GO)
    def send_from_an_old_tab(self, at: int, pick: int, shape: int, go: str) -> None:
        case, step, based_on = self.pages[at % len(self.pages)]
        self.me.send(case, step, self.filled(case, step, pick, shape), go=go, based_on=based_on)

    @rule(which=WHICH, at=PICK, pick=PICK, shape=SHAPE, both=st.booleans())
    def save_in_two_tabs(self, which: int, at: int, pick: int, shape: int, both: bool) -> None:
        """One step, opened twice and saved twice: the second sees both texts, and may choose."""
        case, based_on = self.me.cases[which], self.me.cases[which].revision
        step = case.every_step[at % len(case.every_step)]
        before = len(self.me.conflicts)
        for _ in range(2):
            given = self.filled(case, step, pick, shape)
            self.me.send(case, step, given, go="leave", based_on=based_on)
        if len(self.me.conflicts) > before and both:
            self.choose_between_two_texts(mine=bool(pick % 2), at=-1)

    @precondition(lambda self: self.me.conflicts)
    @rule(mine=st.booleans(), at=PICK)
    def choose_between_two_texts(self, mine: bool, at: int) -> None:
        """Keep mine, or both. To keep theirs is to do nothing."""
        self.seen["conflicts"] += 1
        case, step, found = self.me.conflicts.pop(at % len(self.me.conflicts))
        sent = found[-2 if mine else -1].hidden
        given = {name: sent[f"{step}-{name}"] for name in case.fields(step)}
        self.me.send(case, step, given, based_on=int(sent["based_on"]))

    @rule(which=WHICH, at=PICK, other=PICK, pick=PICK)
    def forge(self, which: int, at: int, other: int, pick: int) -> None:
        """A page that names another step than its address: nothing is saved, all is handed back."""
        case = self.me.cases[which]
        step, named = (case.every_step[one % len(case.every_step)] for one in (at, other))
        if step == named:
            return
        given = self.filled(case, step, pick, 0)
        reply = self.me.post(
            self.me.address(case, "step", step=step),
            {
                **{f"{step}-{name}": text for name, text in given.items()},
                f"{case.draft_id}-current_step": named,
            },
        )
        self.me.examine(case, reply, given)
        self.me.compare(case)
        assert reply.status_code == 409

    @rule(which=WHICH, at=PICK)
    def look_around(self, which: int, at: int) -> None:
        """Leave, resume, see where it waits, ask whom to ask: none of it changes anything."""
        case = self.me.cases[which]
        gate = case.every_step[1 + at % (len(case.every_step) - 3)]
        me = self.me
        address = (
            me.address(case, "resume"),
            me.address(case, "waiting"),
            me.address(case, "advice", question=gate),
            me.address(case, "advice-note", question=gate),
            me.address(case, "act-first"),
        )[at % 5]
        me.open(case, address)
        me.compare(case)

    @rule(which=WHICH, at=PICK, shape=SHAPE)
    def write_a_brief(self, which: int, at: int, shape: int) -> None:
        case = self.me.cases[which]
        gate = case.every_step[1 + at % (len(case.every_step) - 3)]
        given = {"text": self.me.words(case, shape), "seen": "0"}
        reply = self.me.post(self.me.address(case, "advice", question=gate), given)
        self.me.examine(case, reply, given)
        self.me.compare(case)

    @rule(which=WHICH, at=PICK, shape=SHAPE)
    def note_advice(self, which: int, at: int, shape: int) -> None:
        case = self.me.cases[which]
        gate = case.every_step[1 + at % (len(case.every_step) - 3)]
        when = timezone.localtime()
        given = {
            "role": self.me.words(case, 1),
            "advised": self.me.words(case, shape),
            "how": "phone",
            "is_legal": "yes" if at % 2 else "no",
            "anonymous": "yes",
            "time": "0:00",
            "date_day": str(when.day),
            "date_month": str(when.month),
            "date_year": str(when.year - 1 if when.month > 2 else when.year - 2),
        }
        reply = self.me.post(self.me.address(case, "advice-note", question=gate), given)
        self.me.examine(case, reply, given)
        self.me.compare(case)
        if case.is_open:
            assert reply.status_code == 303
            self.seen["advice"] += 1
            case.advice += [given["role"], given["advised"]]

    @rule(which=WHICH, at=PICK, pick=PICK, times=st.integers(1, 3), ends=st.booleans())
    def type_slowly(self, which: int, at: int, pick: int, times: int, ends: bool) -> None:
        """The page saves itself while they type; then they send it, or walk away from it."""
        case, me = self.me.cases[which], self.me
        step = case.every_step[at % len(case.every_step)]
        given, page = self.filled(case, step, pick, 0), 1 + me.typed
        for turn in range(1, times + 1):
            earlier = set(given.values())
            given = {
                name: f"{text}+" if case.mark in text else text for name, text in given.items()
            }
            reply = me.send(case, step, given, go="autosave", page=page, turn=turn)
            assert not case.is_open or reply.status_code == 200
            case.kept -= earlier  # the page's own later words take their place
            if reply.status_code != 200:
                case.kept -= set(given.values())  # they still stand on the page
        if ends:
            me.send(case, step, given, page=page, turn=times + 1)

    @rule(which=WHICH, shape=SHAPE, go=st.sampled_from(["seal", "keep", "leave", "back"]))
    def act_first(self, which: int, shape: int, go: str) -> None:
        """Somebody is at risk: write down what was shared, and seal it at once."""
        case, me = self.me.cases[which], self.me
        lines = ("case_reference", "recipient", "method")
        long = ("what", "why", "more")
        given = {name: me.words(case, line=True) for name in lines}
        me.act_first(case, given | {name: me.words(case, shape) for name in long}, go)

    @rule(which=WHICH, at=PICK, pick=PICK, shape=SHAPE)
    def name_a_protocol(self, which: int, at: int, pick: int, shape: int) -> None:
        """By one press, from any step; some ids are of no protocol."""
        case = self.me.cases[which]
        step = case.every_step[at % len(case.every_step)]
        chosen = self.protocol if pick % 4 else "00000000-0000-4000-8000-000000000000"
        self.me.name_protocol(case, step, self.filled(case, step, pick, shape), chosen)

    @rule(which=WHICH, pick=PICK)
    def discard(self, which: int, pick: int) -> None:
        if pick % 3:
            return
        case = self.me.cases[which]
        self.me.post(self.me.address(case, "discard"), {"reason": ""})
        case.is_closed = not case.record_id
        self.me.compare(case)

    @precondition(lambda self: any(case.is_closed for case in self.me.cases))
    @rule(which=WHICH)
    def bring_back(self, which: int) -> None:
        case = self.me.cases[which]
        self.me.post(self.me.address(case, "bring-back"), {})
        case.is_closed = False
        self.me.compare(case)

    @rule(which=WHICH, at=PICK, pick=PICK)
    def send_too_late(self, which: int, at: int, pick: int) -> None:
        """After the draft's time has run out: nothing is saved, every word is handed back."""
        case = self.me.cases[which]
        was_closed, case.is_closed = case.is_closed, not case.record_id
        step = case.every_step[at % len(case.every_step)]
        with clock.set_to(clock.now() + timedelta(days=500)):
            reply = self.me.send(case, step, self.filled(case, step, pick, 1))
        assert reply.status_code == 409
        case.is_closed = was_closed

    @rule(which=WHICH, pick=PICK, shape=SHAPE, back=st.integers(0, 3))
    def seal(self, which: int, pick: int, shape: int, back: int) -> None:
        """Seal, at any time, from a page made now or some saves ago."""
        case = self.me.cases[which]
        given = self.filled(case, DECIDE, pick, shape)
        self.me.send(case, DECIDE, given, go="seal", based_on=max(case.revision - back, 0))

    @precondition(lambda self: any(case.record_id for case in self.me.cases))
    @rule(which=WHICH, changed=st.booleans())
    def seal_again(self, which: int, changed: bool) -> None:
        """The receipt of the first send; other words are handed back."""
        case = next(one for one in self.me.cases[:: -1 if which else 1] if one.record_id)
        given = dict(case.held[DECIDE])
        if changed:
            given["reason"] = self.me.words(case)
        reply = self.me.send(case, DECIDE, given, go="seal")
        self.seen["sealed again"] += 1
        assert reply.status_code == (409 if changed else 303)
        assert changed or case.record_id in reply["Location"]


ONWARDS = {
    "urgent": "no",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "consent": "refused",
    "public-interest": "sufficient",
}


# What the runs of a test must have met at least, so that nothing passes for want of trying.
LEAST = {"sealed": 5, "sealed again": 1, "conflicts": 3, "advice": 5}
RUNS = 50


@pytest.mark.long
@pytest.mark.usefixtures("seldom_counted")
@pytest.mark.parametrize("part", range(4))
def test_nothing_is_lost_mixed_or_sealed_wrongly(
    committed: str, signed_in: Callable[[User], Client], part: int
) -> None:
    """Runs of forty steps, always the same ones; 1,000 others when asked to be thorough."""
    thorough = settings().max_examples >= 1_000
    cast = build()
    own = {"client": signed_in(cast.priya), "protocol": str(enter(cast).pk), "seen": Counter()}
    machine = type(f"Wizard{part}", (Wizard,), own)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=1000 if thorough else RUNS,
            stateful_step_count=40,
            derandomize=not thorough,
            suppress_health_check=list(HealthCheck),
        ),
    )
    met = {what: machine.seen[what] for what in LEAST}
    assert all(met[what] >= least for what, least in LEAST.items()), met
