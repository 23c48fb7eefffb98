"""One person at the wizard, who sends pages over HTTP and looks closely at each reply."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.models import Draft
from guidance.rulebook import catalogue
from tests.decisions.wizard.machine.case import Case, Given
from tests.decisions.wizard.machine.pages import Form, forms, plain, words

FORM = "application/x-www-form-urlencoded"
MARKS = ("KESTREL", "PLOVER")
SHAPES = (
    "{mark}",
    "{mark} & <b>\"more\"</b> '&amp;'",
    "\r\n  {mark} on its own line\r\n\r\nand more ",
    "{mark} é 👩‍👧 \u200b {{{{ 7 * 7 }}}}",
)

# Where the texts of acting first are kept, and what it answers by itself.
ACTED = {
    ("about", "case_reference"): "case_reference",
    ("right-way", "what"): "what",
    ("right-way", "recipient"): "recipient",
    ("right-way", "method"): "method",
    ("urgent", "reason"): "why",
    ("decide", "reason"): "more",
    ("urgent", "answer"): "yes",
    ("decide", "decision"): "share",
}

# What naming a protocol may add to.
NAMED = {("about", "agreement"), ("about", "protocol")}


class Person:
    """Signed in once, with several cases before them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cases: list[Case] = []
        self.conflicts: list[tuple[Case, str, list[Form]]] = []
        self.typed = 0

    # --- What they type -------------------------------------------------------------------------

    def words(self, case: Case, shape: int = 0, *, line: bool = False) -> str:
        """A text that nobody typed before."""
        self.typed += 1
        text = SHAPES[shape % len(SHAPES)].format(mark=f"{case.mark}{self.typed}Z")
        return text.replace("\r\n", " ") if line else text

    # --- What they send -------------------------------------------------------------------------

    def start(self, edition: str = catalogue.DEFAULT) -> Case:
        """Begin a case by the start page."""
        case = Case("", catalogue.shipped()[edition], MARKS[len(self.cases)])
        reference = self.words(case)
        sent = {"edition": edition, "about-case_reference": reference, "urgent-answer": "no"}
        if "setting" in case.every_step:
            sent["setting-answer"] = "early-help"
        reply = self.post(reverse("decisions:start"), sent)
        assert reply.status_code == 303
        case.draft_id = reply["Location"].strip("/").split("/")[1]
        for number, step in enumerate(["about", "urgent", "setting"][: len(sent) - 1], start=1):
            given = {name: sent.get(f"{step}-{name}", "") for name in case.fields(step)}
            case.save(step, given, number)
        self.cases.append(case)
        self.compare(case)
        return case

    def address(self, case: Case, name: str, **more: str) -> str:
        return reverse(f"decisions:{name}", kwargs={"draft_id": case.draft_id, **more})

    def post(self, address: str, data: Given) -> Any:
        """Send a form as a browser does."""
        return self.client.post(address, urlencode(data), FORM)

    def open(self, case: Case, address: str) -> Any:
        """Look at a page, which changes nothing."""
        reply = self.client.get(address)
        self.examine(case, reply)
        return reply

    def held(self, case: Case, step: str) -> dict[str, str] | None:
        """What the database holds of a step; None when nothing was saved."""
        return Draft.objects.values_list("answers", flat=True).get(pk=case.draft_id).get(step)

    def send(
        self,
        case: Case,
        step: str,
        given: Given,
        *,
        go: str = "continue",
        based_on: int | None = None,
        named: str = "",
        page: int = 0,
        turn: int = 0,
    ) -> Any:
        """Send a step's page. `named` forges the step that the page itself names.

        `page` is one opening of the page, and `turn` counts its saves.
        """
        based_on = case.revision if based_on is None else based_on
        data = {f"{step}-{name}": text for name, text in given.items()}
        data |= {f"{case.draft_id}-current_step": named or step, "go": go}
        data |= {"based_on": str(based_on), "turn": str(turn)}
        data["page"] = str(uuid.UUID(int=page)) if page else ""
        is_stale = case.is_stale(step, given, based_on)
        reply = self.post(self.address(case, "step", step=step), data)
        is_conflict = self.has_conflict(case, reply, step)
        self.examine(case, reply, given)
        is_saved = reply.status_code == (200 if go == "autosave" else 303)
        if case.is_open:
            assert is_stale or not is_conflict, "nobody saved this in between"
            # A page that is led elsewhere is answered like one that is saved: look at what is held.
            replaced = is_stale and is_saved and self.held(case, step) == dict(given)
            assert not replaced, "another's answer was replaced"
        self.compare(case, step if is_saved else "", given)
        since = any(number > based_on and which != "decide" for number, which, _ in case.saves)
        if self.notice_seal(case, reply):
            assert not since, "sealed from a page that showed other answers"
        return reply

    def act_first(self, case: Case, given: Given, go: str) -> None:
        """Send the short record of what was shared at once."""
        data = {f"act-{name}": text for name, text in given.items()}
        data |= {"based_on": str(case.revision), "go": go}
        reply = self.post(self.address(case, "act-first"), data)
        self.examine(case, reply, given)
        draft = Draft.objects.get(pk=case.draft_id)
        held, saves = draft.answers, draft.revisions.filter(applied=True).order_by("number")
        # It saves several steps at once, each as a revision of its own.
        number = dict(saves.values_list("step", "number"))
        for step in held if case.is_open else ():
            before = case.held.get(step, {})
            for name, text in held[step].items():
                meant = ACTED.get((step, name), "")
                assert text in (before.get(name, ""), given.get(meant, meant)), (step, name, text)
            case.save(step, held[step], number[step])
        self.compare(case)
        self.notice_seal(case, reply)

    def name_protocol(self, case: Case, step: str, given: Given, protocol: str) -> None:
        """Send a step's page by the button that names a protocol in the first step."""
        data = {f"{step}-{name}": text for name, text in given.items()}
        data |= {f"{case.draft_id}-current_step": step, "go": f"cite:{protocol}"}
        data["based_on"] = str(case.revision)
        reply = self.post(self.address(case, "step", step=step), data)
        self.examine(case, reply, given)
        draft = Draft.objects.get(pk=case.draft_id)
        saves = draft.revisions.filter(applied=True).order_by("number")
        number = dict(saves.values_list("step", "number"))
        is_saved = case.is_open and reply.status_code == 303
        for which, held in draft.answers.items() if is_saved else ():
            meant = given if which == step else case.held.get(which, {})
            for name, text in held.items():
                if (which, name) not in NAMED or text == meant[name]:
                    assert text == meant[name], (which, name, text)
                else:
                    assert text == "yes" or meant[name] in text, (which, name, text)
            case.save(which, held, number[which])
        self.compare(case)

    def has_conflict(self, case: Case, reply: Any, step: str) -> bool:
        """Whether the reply shows two texts to choose from; they are kept for later."""
        if reply.status_code != 409 or "Two versions" not in reply.content.decode():
            return False
        found = [one for one in forms(reply) if "based_on" in one.hidden]
        self.conflicts.append((case, step, found))
        return True

    # --- What they check ------------------------------------------------------------------------

    def examine(self, case: Case, reply: Any, given: Given | None = None) -> None:
        """Every reply: no fault of ours, nothing of another case, and no word dropped."""
        assert reply.status_code < 500, reply.content.decode()
        page = reply.content.decode() + reply.headers.get("Location", "")
        for other in self.cases:
            if other is not case:
                assert other.mark not in page, "a text of another case"
                assert other.draft_id not in page, "another case's address"
        marked = {text for text in (given or {}).values() if case.mark in text}
        said = words(reply) if marked and reply.status_code != 303 else ""
        case.kept |= {text for text in marked if plain(text) not in said}

    def compare(self, case: Case, step: str = "", given: Given | None = None) -> None:
        """The draft holds what the person last saved, step by step, letter for letter.

        `step` is the one that was saved just now.
        """
        held, revision = Draft.objects.values_list("answers", "revision").get(pk=case.draft_id)
        if step and case.is_open:
            case.save(step, given or {}, revision)
        case.revision = revision
        assert held == case.held

    def notice_seal(self, case: Case, reply: Any) -> bool:
        """Whether the draft has become a record, which says what the model says and no more."""
        where = reply.headers.get("Location", "")
        if case.record_id or not where.startswith("/records/"):
            return False
        record = Record.objects.select_related("snapshot").get(draft=case.draft_id)
        assert str(record.pk) in where
        case.record_id, case.body = str(record.pk), bytes(record.snapshot.body)
        sections = snapshot.read(case.body)
        ending, decided = case.ending, case.held["decide"]["decision"]
        assert all(case.is_done(step) for step in case.path)
        assert (record.outcome, record.rule) == (ending.outcome, ending.rule)
        assert (record.decision, record.is_departure) == (decided, decided != ending.outcome)
        assert record.gate_answers == {gate: case.gates[gate] for gate in ending.path}
        asked = [name.removeprefix("question:") for name in sections if "question:" in name]
        assert sorted(asked) == sorted(ending.path)
        assert sections["outcome"]["outcome"] == ending.outcome
        assert sections["context"]["path"] == ending.path
        assert case.marks_in(case.body.decode()) == case.recorded()
        return True

    def leave_nothing_behind(self) -> None:
        """At the end: every word that was not handed back is there, and each case is by itself."""
        for case in self.cases:
            draft = Draft.objects.get(pk=case.draft_id)
            rows = [draft.answers, *draft.revisions.values_list("content", flat=True)]
            texts = {text for row in rows for text in _texts(row)}
            texts |= set(draft.briefs.values_list("text", flat=True))
            texts |= {
                text for row in draft.advice.values("role", "advised") for text in row.values()
            }
            assert case.kept <= texts, sorted(case.kept - texts)
            assert Record.objects.filter(draft=draft).count() == bool(case.record_id)
            if case.record_id:
                now = bytes(Record.objects.get(draft=draft).snapshot.body)
                assert now == case.body, "a sealed record changed"
            for other in self.cases:
                if other is not case:
                    assert not any(other.mark in text for text in (*texts, case.body.decode()))


def _texts(row: Any) -> list[str]:
    """The texts of an answer or of a whole draft's answers."""
    if isinstance(row, str):
        return [row]
    return [text for value in row.values() for text in _texts(value)]
