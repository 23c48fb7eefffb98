"""A small vocabulary for walking through a draft as its practitioner would."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from decisions.wizard.answers import FIELDS, GATE_FIELDS, Answers, fields
from decisions.wizard.drafts import save_step, start_draft
from decisions.wizard.models import Draft, Revision
from guidance import stored
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.people.models import Team, User

PLAIN = {
    "urgent": "no",
    "setting": "early-help",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "no",
    "lawful-basis": "public-task",
}
AFTER_START = {gate: value for gate, value in PLAIN.items() if gate not in ("urgent", "setting")}
RIGHT_WAY = {
    "what": "That the family would like help with a housing form",
    "recipient": "Housing officer, Northmoor Homes",
    "method": "Phone, calling back on the switchboard number",
    "told": "yes-now",
}


@dataclass
class Walk:
    """One person's client and one of their drafts."""

    client: Client
    draft: Draft
    replies: list[Any] = field(default_factory=list)

    def address(self, step: str) -> str:
        return reverse("decisions:step", kwargs={"draft_id": self.draft.pk, "step": step})

    def open(self, step: str) -> Any:
        return self.client.get(self.address(step))

    def fields(self, step: str) -> tuple[str, ...]:
        if step not in FIELDS and step not in {q.id for q in self.edition().questions}:
            return GATE_FIELDS
        return fields(self.edition(), step)

    def edition(self) -> Edition:
        return stored.edition(self.draft.edition_id)

    def revision(self) -> int:
        return Draft.objects.values_list("revision", flat=True).get(pk=self.draft.pk)

    def post(
        self,
        step: str,
        given: dict[str, str],
        *,
        go: str = "continue",
        based_on: int | None = None,
        named: str | None = None,
    ) -> Any:
        """Send a step's form. `named` forges the step that the form itself names."""
        data = {f"{step}-{name}": given.get(name, "") for name in self.fields(step)}
        data[f"{self.draft.pk}-current_step"] = named or step
        data["based_on"] = str(self.revision() if based_on is None else based_on)
        data["go"] = go
        return self.client.post(self.address(step), data)

    def answer(self, step: str, answer: str, reason: str = "") -> Any:
        """Send one gate's page, complete."""
        reply = self.post(step, self.given(step, answer, reason))
        assert reply.status_code == 303, page_errors(reply)
        return reply

    def save(self, step: str, given: dict[str, str]) -> None:
        """What a send of the page ends in, without the page: quick, for a test about later."""
        whole = {name: given.get(name, "") for name in self.fields(step)}
        person, based_on = self.draft.owner, self.revision()
        save_step(draft_id=self.draft.pk, person=person, step=step, given=whole, based_on=based_on)

    def given(self, gate: str, answer: str, reason: str = "") -> dict[str, str]:
        return {"answer": answer, "reason": reason, **self.needed(gate, answer)}

    def needed(self, gate: str, answer: str) -> dict[str, str]:
        """Some words for each detail that the record needs beside this answer."""
        return {
            detail.id: detail.choices[0].id if detail.choices else "What is needed here"
            for detail in self.edition().question(gate).details
            if answer in detail.required_when
        }

    def about(self, case_reference: str = "CASE-1") -> Any:
        return self.post("about", {"case_reference": case_reference})

    def walk(self, gates: dict[str, str], reasons: dict[str, str] | None = None) -> None:
        """The case said and these gates answered, one after the other."""
        texts = {gate: (reasons or {}).get(gate, "") for gate in gates}
        self.put({
            "about": {"case_reference": "CASE-1"},
            **{gate: self.given(gate, answer, texts[gate]) for gate, answer in gates.items()},
        })  # fmt: skip

    def put(self, given: Answers) -> None:
        """What saves of these steps end in, a revision each, in a few statements for them all.

        The last one is really saved, so that the draft knows whether it waits.
        """
        *before, last = given
        draft = Draft.objects.get(pk=self.draft.pk)
        whole = {
            step: {name: given[step].get(name, "") for name in self.fields(step)} for step in before
        }
        Revision.objects.bulk_create(
            Revision(
                draft=draft,
                number=number,
                step=step,
                content=content,
                saved_by=draft.owner,
                saved_at=clock.now(),
            )
            for number, (step, content) in enumerate(whole.items(), start=draft.revision + 1)
        )
        draft.answers, draft.revision = {**draft.answers, **whole}, draft.revision + len(whole)
        draft.save(update_fields=["answers", "revision"])
        self.save(last, given[last])

    def to_decision(self) -> None:
        """The plain case, up to the page where it is decided."""
        self.walk(PLAIN)
        self.save("right-way", RIGHT_WAY)

    def by_hand(self) -> None:
        """The plain case up to its decision, every page opened and sent."""
        for step, given in (
            ("about", {"case_reference": "CASE-1"}),
            *((gate, self.given(gate, answer)) for gate, answer in PLAIN.items()),
            ("right-way", RIGHT_WAY),
        ):
            assert self.open(step).status_code == 200, step
            assert self.post(step, given).status_code == 303, step

    def seal(self, decision: str = "share", reason: str = "") -> Any:
        return self.post("decide", {"decision": decision, "reason": reason}, go="seal")

    def held(self) -> dict[str, dict[str, str]]:
        """The draft's answers as the database has them."""
        return Draft.objects.values_list("answers", flat=True).get(pk=self.draft.pk)


def begin(client: Client, person: User, team: Team, edition: str = catalogue.DEFAULT) -> Walk:
    """A fresh draft of this person, with the client that is signed in as them."""
    draft = start_draft(owner=person, team=team, edition=catalogue.shipped()[edition])
    return Walk(client, draft)


def page_errors(reply: Any) -> str:
    """The error messages of a page, for a test that did not expect any."""
    text = reply.content.decode()
    found = re.findall(r'class="govuk-error-message">(.*?)</p>', text, re.DOTALL)
    return f"{reply.status_code}: {[re.sub('<.*?>', '', one).strip() for one in found]}"
