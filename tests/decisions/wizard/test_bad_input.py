"""Whatever is sent: a clear answer, never a 500, and nothing typed is lost or changed."""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.records.models import Record
from guidance.rulebook import catalogue
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk

URLENCODED = "application/x-www-form-urlencoded"
GATES = [question.id for question in catalogue.shipped()[catalogue.DEFAULT].questions]
REACHING = {
    "urgent": {},
    "setting": {"urgent": "no"},
    "duty": {"urgent": "no", "setting": "other"},
    "detriment": {"urgent": "no", "setting": "other", "duty": "court-order"},
    "purpose": {"urgent": "no", "setting": "other", "duty": "no"},
}
REACHING["identifiable"] = {**REACHING["purpose"], "purpose": "yes"}
REACHING["confidential"] = {**REACHING["identifiable"], "identifiable": "living"}
REACHING["consent"] = {**REACHING["confidential"], "confidential": "yes"}
REACHING["share-anyway"] = {**REACHING["consent"], "consent": "not-asked"}
REACHING["public-interest"] = {**REACHING["consent"], "consent": "refused"}
REACHING["lawful-basis"] = {**REACHING["confidential"], "confidential": "no"}


def send(walk: Walk, step: str, pairs: list[tuple[str, str]]) -> Any:
    """Post raw pairs, so that names can be missing or come twice."""
    data: dict[str, list[str]] = {f"{walk.draft.pk}-current_step": [step], "based_on": ["9999"]}
    for name, value in pairs:
        data.setdefault(f"{step}-{name}", []).append(value)
    return walk.client.post(walk.address(step), data)


def test_every_gate_is_tried() -> None:
    assert set(REACHING) == set(GATES)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([], "Choose one answer"),
        ([("answer", "")], "Choose one answer"),
        ([("answer", "maybe")], "Choose one of the answers"),
        ([("answer", "yes"), ("answer", "no")], "Choose one"),
    ],
    ids=["missing", "empty", "unknown", "repeated"],
)
def test_a_gate_without_one_good_answer(
    walk: Walk, gate: str, pairs: list[tuple[str, str]], says: str
) -> None:
    walk.walk(REACHING[gate])
    reply = send(walk, gate, [*pairs, ("reason", "what I typed")])
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "There is a problem" in page
    assert says in page
    assert f'href="#id_{gate}-answer"' in page
    assert "what I typed" in page
    assert gate not in walk.held()


TEXTS = [
    ("about", "case_reference"),
    ("urgent", "reason"),
    ("right-way", "what"),
    ("right-way", "recipient"),
    ("right-way", "method"),
    ("right-way", "method_more"),
    ("right-way", "told_reason"),
    ("decide", "reason"),
]


@pytest.mark.parametrize(("step", "field"), TEXTS)
@pytest.mark.parametrize("go", ["continue", "back", "leave"])
def test_text_with_nul_is_refused_beside_its_field(
    walk: Walk, step: str, field: str, go: str
) -> None:
    walk.to_decision()
    before = walk.held()
    typed = {**before.get(step, {}), field: "before\0after"}
    reply = walk.post(step, typed, go=go)
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "cannot be kept" in page
    assert "before\ufffdafter" in page
    assert walk.held() == before


@pytest.mark.parametrize(("step", "field"), TEXTS)
def test_text_that_is_too_long_comes_back_whole(walk: Walk, step: str, field: str) -> None:
    walk.to_decision()
    before = walk.held()
    long = "start " + "x" * 10_000 + " end"
    reply = walk.post(step, {**before.get(step, {}), field: long})
    assert reply.status_code == 200
    assert long in reply.content.decode()
    assert "shorten it by" in reply.content.decode()
    assert walk.held() == before


def test_ten_thousand_characters_are_kept(walk: Walk) -> None:
    walk.about()
    walk.answer("urgent", "no", "ż" * 10_000)
    assert walk.held()["urgent"]["reason"] == "ż" * 10_000


@pytest.mark.parametrize(
    "text",
    [
        "\u202eright to left\u202c and \u2066isolated\u2069",
        "family \U0001f468\u200d\U0001f469\u200d\U0001f467 and \U0001f600",
        "  space before and after  ",
        "\r\n\r\nfirst lines empty\r\nand a tab\there",
        "Llanfair ŵŷ, Zażółć, Nguyễn, اردو, ਪੰਜਾਬੀ",
        "<script>alert(1)</script> & {{ 7 * 7 }} {% raw %}",
        "e\u0301 is not é",
    ],
)
def test_odd_text_is_kept_exactly_and_shown_as_text(walk: Walk, text: str) -> None:
    walk.about()
    walk.answer("urgent", "no", text)
    assert walk.held()["urgent"]["reason"] == text
    page = walk.open("urgent").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "body",
    [b"urgent-answer=no&urgent-reason=caf%E9", b"urgent-answer=no&urgent-reason=caf\xe9"],
    ids=["escaped", "raw"],
)
def test_invalid_utf_8_is_refused_and_handed_back(walk: Walk, body: bytes) -> None:
    walk.about()
    named = f"&{walk.draft.pk}-current_step=urgent&based_on=1".encode()
    reply = walk.client.post(walk.address("urgent"), body + named, content_type=URLENCODED)
    assert reply.status_code == 400
    assert "caf" in reply.content.decode()
    assert "urgent" not in walk.held()


@pytest.mark.parametrize("based_on", ["", "-1", "x", "9" * 40, "١٢", "1.5"])
def test_a_forged_revision_counts_as_none(walk: Walk, based_on: str) -> None:
    walk.about()
    data = {
        "urgent-answer": "no",
        "urgent-reason": "",
        f"{walk.draft.pk}-current_step": "urgent",
        "based_on": based_on,
    }
    assert walk.client.post(walk.address("urgent"), data).status_code == 303


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose your decision"),
        ({"decision": "seek-advice"}, "Choose one of the answers"),
        ({"decision": "share-in-part", "reason": " \u200b "}, "Say why you decide otherwise"),
    ],
)
def test_a_seal_without_a_good_decision(walk: Walk, given: dict[str, str], says: str) -> None:
    walk.to_decision()
    reply = walk.post("decide", given, go="seal")
    assert reply.status_code == 200
    assert says in reply.content.decode()
    assert not Record.objects.exists()


@pytest.mark.parametrize("field", ["what", "recipient", "method"])
def test_the_right_way_needs_its_fields(walk: Walk, field: str) -> None:
    walk.walk(PLAIN)
    typed = {name: value for name, value in RIGHT_WAY.items() if name != field}
    reply = walk.post("right-way", typed)
    page = reply.content.decode()
    assert reply.status_code == 200
    assert f'href="#id_right-way-{field}"' in page
    for value in typed.values():
        assert value in page


@given(text=st.text(st.characters(), max_size=300))
def test_any_text_is_kept_exactly_or_refused(walk: Walk, text: str) -> None:
    if "urgent" not in walk.held():
        walk.about()
        walk.answer("urgent", "no")
    before = walk.held()["urgent"]["reason"]
    data = {
        "urgent-answer": "no",
        "urgent-reason": text,
        f"{walk.draft.pk}-current_step": "urgent",
        "based_on": str(walk.revision()),
    }
    # As a broken client would: a lone surrogate goes out as bytes that are no UTF-8.
    body = urlencode(data, errors="surrogatepass")
    reply = walk.client.post(walk.address("urgent"), body, content_type=URLENCODED)
    after = walk.held()["urgent"]["reason"]
    assert (reply.status_code, after) in {(303, text), (200, before), (400, before)}
