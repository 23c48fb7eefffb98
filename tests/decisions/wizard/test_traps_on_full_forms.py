"""Traps 6, 8, 9 and 10 of DESIGN section 5 again, with the details behind the answers filled in."""

import pytest

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.models import Revision
from tests.decisions.walk import PLAIN, Walk

ASKED = {
    **{gate: PLAIN[gate] for gate in ("urgent", "setting", "duty", "purpose", "identifiable")},
    "confidential": "yes",
    "consent": "refused",
    "public-interest": "sufficient",
    "lawful-basis": "public-task",
}
FULL = {
    "consent": {
        "answer": "refused",
        "reason": "r-consent",
        "judged": "d-judged",
        "wishes": "d-wishes",
    },
    "right-way": {
        "what": "w-what",
        "recipient": "w-who",
        "method": "phone",
        "method_more": "w-more",
        "told": "no",
        "told_reason": "w-told",
    },
}  # fmt: skip
ADVICE = {
    "role": "The duty solicitor",
    "date_day": "2",
    "date_month": "3",
    "date_year": "2020",
    "time": "14:30",
    "how": "phone",
    "advised": "a-advised",
    "is_legal": "no",
    "anonymous": "yes",
}


@pytest.fixture
def full(walk: Walk) -> Walk:
    """A case where consent was refused, with all of it filled in, before its decision."""
    walk.walk(ASKED, {"public-interest": "What was weighed"})
    for step, given in FULL.items():
        walk.save(step, given)
    return walk


def note(walk: Walk, question: str) -> int:
    address = f"/drafts/{walk.draft.pk}/advice/{question}/note/"
    return int(walk.client.post(address, ADVICE).status_code)


def body() -> str:
    return bytes(Record.objects.get().snapshot.body).decode()


@pytest.mark.parametrize("step", FULL)
def test_6_every_field_of_a_stale_page_is_shown_twice_and_kept(full: Walk, step: str) -> None:
    old = full.revision()
    texts = [name for name, text in FULL[step].items() if "-" in text]
    here = {**FULL[step], **{name: f"here {name}" for name in texts}}
    there = {**FULL[step], **{name: f"there {name}" for name in texts}}
    assert full.post(step, here).status_code == 303
    reply = full.post(step, there, based_on=old)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert all(f"here {name}" in page and f"there {name}" in page for name in texts)
    kept = Revision.objects.get(draft=full.draft, applied=False).content
    for name in texts:
        assert (full.held()[step][name], kept[name]) == (f"here {name}", f"there {name}")


def test_6_advice_noted_beside_an_open_question_takes_nothing_from_it(full: Walk) -> None:
    old = full.revision()
    assert note(full, "consent") == 303
    given = {**FULL["consent"], "wishes": "d-new wishes"}
    assert full.post("consent", given, based_on=old).status_code == 303
    assert full.held()["consent"]["wishes"] == "d-new wishes"
    assert full.draft.advice.get().advised == "a-advised"


def test_8_an_answer_that_hides_filled_steps_is_saved_and_the_rest_goes_on(full: Walk) -> None:
    assert note(full, "consent") == 303
    assert full.answer("confidential", "no").status_code == 303
    assert full.open("consent")["Location"] == full.address("decide")
    assert full.open("right-way").status_code == full.open("decide").status_code == 200
    assert full.seal().status_code == 303
    assert "w-told" in body()


def test_9_no_detail_off_the_path_is_sealed_and_all_come_back(full: Walk) -> None:
    note(full, "consent")
    full.answer("confidential", "no")
    full.answer("confidential", "yes")
    page = full.open("consent").content.decode()
    assert all(text in page for text in ("r-consent", "d-judged", "d-wishes"))
    full.answer("purpose", "no")
    assert full.seal("do-not-share").status_code == 303
    for text in (*FULL["consent"].values(), *FULL["right-way"].values()):
        assert text == "no" or f'"{text}"' not in body() or text in ("phone", "refused"), text
    sections = snapshot.read(body().encode())
    assert "question:consent" not in sections
    # What somebody advised was said, whatever was decided by it.
    assert sections["advice"]["entries"][0]["advised"] == "a-advised"
    assert full.held()["consent"]["wishes"] == "d-wishes"


def test_9_no_detail_of_another_answer_is_sealed(full: Walk) -> None:
    full.save("consent", {**FULL["consent"], "ground-why": "d-only when not appropriate"})
    full.save("right-way", {**FULL["right-way"], "told": "yes-now"})
    assert full.seal()["Location"].startswith("/records/")
    assert "d-wishes" in body()
    assert "d-only when not appropriate" not in body()
    assert "w-told" not in body()


@pytest.mark.parametrize("go", ["back", "leave", "urgent"])
@pytest.mark.parametrize("step", FULL)
def test_10_half_filled_details_are_saved_first_and_not_judged(
    full: Walk, step: str, go: str
) -> None:
    half = {name: text for name, text in FULL[step].items() if name not in ("answer", "what")}
    half |= {"when": "31 2"} if step == "consent" else {"told": "no", "told_reason": ""}
    assert full.post(step, half, go=go).status_code == 303
    held = full.held()[step]
    assert {name: held[name] for name in half} == half
    page = full.open(step).content.decode()
    assert "There is a problem" not in page
    assert [text for text in half.values() if text not in page] == []


def test_4_the_same_words_after_acting_first_are_led_to_the_receipt(full: Walk) -> None:
    """The short record keeps only its own fields; the page of the decision sends empty ones too."""
    names = ("case_reference", "what", "recipient", "method", "why", "more")
    sent = {f"act-{name}": f"s-{name}" for name in names} | {
        "based_on": str(full.revision()),
        "go": "seal",
    }
    reply = full.client.post(f"/drafts/{full.draft.pk}/act-first/", sent)
    record = reply["Location"]
    assert record.startswith("/records/")
    assert full.seal("share", "s-more")["Location"] == record
    other = full.seal("share", "other words")
    assert (other.status_code, "other words" in other.content.decode()) == (409, True)
