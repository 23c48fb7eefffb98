"""The facts behind an answer: asked for when needed, kept always, sealed only where they belong."""

from typing import Any

import pytest

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.completeness import missing
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from tests.decisions.walk import RIGHT_WAY, Walk
from tests.decisions.wizard.machine.pages import forms

EDITION = catalogue.shipped()[catalogue.DEFAULT]
TO_CONSENT = {
    "urgent": "no",
    "setting": "early-help",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "yes",
}
UNSAFE = {
    "answer": "not-appropriate",
    "ground": "crime",
    "ground-why": "He would hear of it at once.",
}


@pytest.fixture
def consent(walk: Walk) -> Walk:
    """A draft that has come to the question about consent."""
    walk.walk(TO_CONSENT)
    return walk


def lacks(gate: str, **given: str) -> dict[str, str]:
    return missing(Journey(EDITION, {}), gate, {k.replace("_", "-"): v for k, v in given.items()})


# --- What an answer needs ---------------------------------------------------------------------


def test_an_answer_needs_its_own_details_and_no_others() -> None:
    assert lacks("consent", answer="given") == {}
    assert lacks("consent", answer="not-appropriate").keys() == {"ground", "ground-why"}
    assert lacks("consent", answer="not-appropriate", ground="crime").keys() == {"ground-why"}
    assert lacks("public-interest", answer="sufficient", reason="Weighed") == {}
    assert lacks("public-interest", answer="limited", reason="Weighed").keys() == {"part"}
    assert lacks("public-interest", answer="limited").keys() == {"part", "reason"}


def test_blanks_do_not_meet_a_need() -> None:
    given = {"answer": "not-appropriate", "ground": "crime", "ground_why": " \u200b\n "}
    assert lacks("consent", **given).keys() == {"ground-why"}


def test_an_unknown_choice_is_lacking_only_where_it_is_shown() -> None:
    assert lacks("consent", answer="given", form="sung").keys() == {"form"}
    assert lacks("consent", answer="refused", form="sung") == {}


def test_what_is_needed_is_said_beside_its_field(consent: Walk) -> None:
    reply = consent.post("consent", {"answer": "not-appropriate", "reason": "what I typed"})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "This answer needs it: Why would asking be unsafe or wrong?" in page
    assert 'href="#id_consent-ground"' in page
    assert 'href="#id_consent-ground-why"' in page
    assert "what I typed" in page
    assert "consent" not in consent.held()


# --- Where a detail goes ----------------------------------------------------------------------


def to_the_end(walk: Walk, answer: str) -> None:
    walk.post("consent", {"answer": answer, **FILLED})
    walk.answer("lawful-basis", "consent")
    assert walk.post("right-way", RIGHT_WAY).status_code == 303


FILLED = {"whose": "parent", "form": "spoken", "scope": "canary-on", "others-at-risk": "canary-off"}


def test_details_of_the_answer_are_sealed_in_words(consent: Walk) -> None:
    to_the_end(consent, "given")
    consent.seal()
    said = sealed()["question:consent"]["details"]
    assert said == [
        {
            "detail": "whose",
            "label": "Whose answer is it?",
            "text": "Someone with parental responsibility",
        },
        {"detail": "form", "label": "Was it written or spoken?", "text": "Spoken"},
        {"detail": "scope", "label": "What does it cover?", "text": "canary-on"},
    ]


def test_details_of_another_answer_stay_in_the_draft_alone(consent: Walk) -> None:
    to_the_end(consent, "given")
    assert consent.held()["consent"]["others-at-risk"] == "canary-off"
    check = consent.open("decide").content.decode()
    assert "canary-on" in check
    assert "Someone with parental responsibility" in check
    assert "canary-off" not in check
    consent.seal()
    body = bytes(Record.objects.get().snapshot.body)
    assert b"canary-on" in body
    assert b"canary-off" not in body


def test_going_back_to_an_answer_finds_its_details(consent: Walk) -> None:
    consent.post("consent", {"answer": "given", **FILLED})
    consent.post("consent", {"answer": "refused", **FILLED})
    assert consent.held()["consent"]["scope"] == "canary-on"
    assert "canary-on" in consent.open("consent").content.decode()


def test_a_detail_of_white_space_is_no_fact(consent: Walk) -> None:
    to_the_end(consent, "given")
    consent.post("consent", {"answer": "given", "scope": "  "})
    assert consent.held()["consent"]["scope"] == "  "
    consent.seal()
    assert sealed()["question:consent"]["details"] == []


def test_the_record_page_shows_details(consent: Walk) -> None:
    to_the_end(consent, "given")
    page = consent.client.get(consent.seal()["Location"]).content.decode()
    assert "canary-on" in page
    assert "Was it written or spoken?" in page


def sealed() -> Any:
    return snapshot.read(bytes(Record.objects.get().snapshot.body))


# --- The page ---------------------------------------------------------------------------------


def test_without_javascript_each_group_says_when_it_is_for(consent: Walk) -> None:
    page = consent.open("consent").content.decode()
    assert "If you answered “Asking would be unsafe or wrong”:" in page
    assert "If you answered “No, it was refused” or “No, it was taken back”:" in page
    assert 'data-show-when="not-appropriate" data-of="consent-answer"' in page
    assert "Needed with this answer." in page
    for detail in EDITION.question("consent").details:
        assert f'name="consent-{detail.id}"' in page


def test_a_group_for_every_answer_has_no_condition(consent: Walk) -> None:
    page = consent.open("confidential").content.decode()
    assert 'name="confidential-private"' in page
    assert "data-show-when" not in page
    assert "If you answered" not in page


def test_an_optional_choice_can_be_emptied_again(consent: Walk) -> None:
    consent.post("consent", {"answer": "given", "form": "spoken"})
    page = consent.open("consent").content.decode()
    assert '<option value="spoken" selected>' in page
    assert '<option value="">Not filled in</option>' in page
    assert consent.post("consent", {"answer": "given", "form": ""}).status_code == 303
    assert consent.held()["consent"]["form"] == ""


# --- Two tabs, and bad input ------------------------------------------------------------------


def test_a_stale_tab_gets_both_texts_of_a_detail(consent: Walk) -> None:
    old = consent.revision()
    consent.post("consent", {"answer": "given", "scope": "said here", "form": "spoken"})
    reply = consent.post("consent", {**UNSAFE, "scope": "said there"}, based_on=old)
    page = reply.content.decode()
    assert reply.status_code == 409
    for words in ("said here", "said there", "What does it cover?", "Spoken"):
        assert words in page
    assert "It could get in the way of preventing or detecting a serious crime" in page
    assert consent.held()["consent"]["scope"] == "said here"


def test_both_texts_can_be_sent_on_whatever_the_field(consent: Walk) -> None:
    """One line stays one line, and of two choices or dates there can only be one."""
    old = consent.revision()
    here = {"scope": "said here", "form": "spoken", "when": "1 2 2020", "wishes": "my wish"}
    there = {"scope": "there", "form": "written", "when": "2 2 2020", "wishes": "another"}
    consent.post("consent", {"answer": "given", **here})
    reply = consent.post("consent", {"answer": "given", **there}, based_on=old)
    sent = [one.hidden for one in forms(reply) if "based_on" in one.hidden][-1]
    assert sent["based_on"] == str(consent.revision())
    assert consent.client.post(consent.address("consent"), sent).status_code == 303
    held = {name: value for name, value in consent.held()["consent"].items() if name in here}
    assert held == {**there, "scope": "said here; there", "wishes": "my wish\n\nanother"}


BAD = [
    ("scope", ["before\0after"], "cannot be kept", "before\ufffdafter"),
    ("scope", ["x" * 501], "shorten it by 1", "x" * 501),
    ("scope", ["one\r\ntwo"], "on one line", "one"),
    ("wishes", ["y" * 10_001], "shorten it by 1", "y" * 10_001),
    ("wishes", ["first text", "second text"], "sent more than once", "second text"),
    ("others-at-risk", ["off \0 answer"], "cannot be kept", "off \ufffd answer"),
    ("form", ["sung"], "Choose one of the answers shown here", ""),
    ("form", ["spoken", "written"], "More than one answer was sent", ""),
]


@pytest.mark.parametrize("go", ["continue", "back", "leave"])
@pytest.mark.parametrize(("detail", "sent", "says", "shown"), BAD)
def test_a_detail_that_cannot_be_kept_is_refused_beside_its_field(
    consent: Walk, detail: str, sent: list[str], says: str, shown: str, go: str
) -> None:
    before = consent.held()
    data: dict[str, Any] = {
        f"{consent.draft.pk}-current_step": "consent",
        "based_on": str(consent.revision()),
        "go": go,
        "consent-answer": "given",
        "consent-reason": "what I typed",
        f"consent-{detail}": sent,
    }
    reply = consent.client.post(consent.address("consent"), data)
    page = reply.content.decode()
    assert reply.status_code == 200
    assert says in page
    assert f'href="#id_consent-{detail}"' in page
    assert shown in page
    assert "what I typed" in page
    assert consent.held() == before


def test_a_need_does_not_keep_anybody_from_leaving(consent: Walk) -> None:
    reply = consent.post("consent", {"answer": "not-appropriate"}, go="leave")
    assert reply.status_code == 303
    assert consent.held()["consent"]["answer"] == "not-appropriate"
    assert consent.open("decide")["Location"] == consent.address("consent")


def test_a_forged_detail_is_left_out(consent: Walk) -> None:
    data = {
        f"{consent.draft.pk}-current_step": "consent",
        "based_on": str(consent.revision()),
        "consent-answer": "given",
        "consent-colour": "red",
    }
    assert consent.client.post(consent.address("consent"), data).status_code == 303
    assert "colour" not in consent.held()["consent"]


def test_what_belongs_to_another_question_leads_there(walk: Walk) -> None:
    walk.walk({**TO_CONSENT})
    typed = {"answer": "not-appropriate", "ground": "law", "ground-why": "An order of the court"}
    reply = walk.post("consent", typed)
    assert (reply.status_code, reply["Location"]) == (303, walk.address("duty"))
    assert "belongs to this question" in walk.client.get(reply["Location"]).content.decode()
    assert walk.held()["consent"]["ground-why"] == "An order of the court"
    # It is kept, but not an answer: the way stops there, and cannot be sealed past it.
    assert walk.client.get(walk.address("decide"))["Location"] == walk.address("consent")
    page = walk.open("consent").content.decode()
    assert "An order of the court" in page
