"""Act first: from anywhere without losing a word, then a short record sealed at once."""

import pytest
from django.urls import reverse

from decisions import snapshot
from decisions.records.models import Record
from guidance.local.entries import add_entry
from guidance.local.models import Contact
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.decisions.wizard.urgent.acting import ACTED, act, address
from tests.guidance.local.words import CONTACT

WORDS = "Half a sentence about"


def test_it_seals_at_once_and_says_what_was_done(walk: Walk) -> None:
    reply = act(walk)
    record = Record.objects.get()
    assert reply["Location"] == f"/records/{record.pk}/"
    assert (record.outcome, record.rule, record.decision) == ("share", "urgent", "share")
    assert not record.is_departure
    said = snapshot.read(bytes(record.snapshot.body))
    assert said["context"]["case_reference"] == "CASE-1"
    assert said["context"]["path"] == ["urgent"]
    assert said["question:urgent"]["reason"] == ACTED["why"]
    assert [said["sharing"][name] for name in ("what", "recipient", "method", "told")] == [
        *(ACTED[name] for name in ("what", "recipient", "method")),
        "",
    ]


def test_what_could_show_where_somebody_is_stands_apart(walk: Walk) -> None:
    act(walk, shield="needed", what="She is in Canary House")
    said = snapshot.read(bytes(Record.objects.get().snapshot.body))
    assert said["protected-whereabouts"] == {"what": "She is in Canary House", "items": []}
    assert "Canary" not in str(said["sharing"])


def test_hmg_2008_has_the_same_page(walk: Walk) -> None:
    old = begin(walk.client, walk.draft.owner, walk.draft.team, "hmg-2008")
    assert act(old).status_code == 303
    assert Record.objects.get().rule == "urgent"


def test_the_page_says_what_to_do_first_and_a_get_writes_nothing(walk: Walk, cast: Cast) -> None:
    for kind, phone in (("safeguarding", "x4411"), ("out-of-hours", "x4422"), ("breach", "x4433")):
        words = {**CONTACT, "kind": kind, "phone": phone}
        add_entry(Contact, organisation=cast.northmoor, person=cast.lena, words=words)
    text = walk.client.get(address(walk)).content.decode()
    for words in ("call 999", "serious harm now", "A deadline", "who can protect", "4411", "4422"):
        assert words in text
    assert "4433" not in text
    assert walk.revision() == 0


@pytest.mark.parametrize("lacking", ["case_reference", "what", "recipient", "method", "why"])
def test_these_are_needed_and_what_is_there_is_kept(walk: Walk, lacking: str) -> None:
    reply = act(walk, **{lacking: " "})
    assert reply.status_code == 200
    assert reply.content.decode().count("govuk-error-message") == 1
    assert not Record.objects.exists()
    held = walk.held()
    assert (held["urgent"]["answer"], held.get("decide")) == ("yes", None)
    places = {
        "case_reference": held["about"].get("case_reference"),
        **{name: held["right-way"].get(name) for name in ("what", "recipient", "method")},
        "why": held["urgent"]["reason"],
    }
    assert places == {**ACTED, lacking: " "}
    assert act(walk, based_on=reply.context_data["based_on"]).status_code == 303


def test_nothing_else_is_asked(walk: Walk) -> None:
    text = act(walk, **dict.fromkeys(ACTED, "")).content.decode()
    assert text.count('class="govuk-error-message"') == len(ACTED)


def test_the_reference_is_asked_only_once(walk: Walk) -> None:
    assert 'for="id_act-case_reference"' in walk.client.get(address(walk)).content.decode()
    walk.save("about", {"case_reference": "CASE-9", "agreement": "no"})
    text = walk.client.get(address(walk)).content.decode()
    assert 'for="id_act-case_reference"' not in text
    assert "CASE-9" in text
    act(walk, case_reference="CASE-9")
    said = snapshot.read(bytes(Record.objects.get().snapshot.body))["context"]
    assert (said["case_reference"], said["agreement"]) == ("CASE-9", "no")


def test_sealing_twice_gives_the_same_record_and_hands_other_words_back(walk: Walk) -> None:
    first = act(walk)
    again = act(walk)
    assert (again.status_code, again["Location"]) == (303, first["Location"])
    other = act(walk, what="Other words")
    assert other.status_code == 409
    assert "Other words" in other.content.decode()
    assert Record.objects.count() == 1
    assert walk.client.get(address(walk))["Location"] == first["Location"]


@pytest.mark.parametrize("step", ["about", "setting", "right-way", "decide"])
def test_from_every_step_what_was_typed_is_kept_complete_or_not(walk: Walk, step: str) -> None:
    walk.to_decision()
    field = {"about": "case_reference", "right-way": "what"}.get(step, "reason")
    reply = walk.post(step, {field: WORDS}, go="urgent")
    assert reply["Location"] == address(walk)
    assert walk.held()[step][field] == WORDS
    assert 'value="urgent"' in walk.open(step).content.decode()


def test_from_a_question_that_is_not_asked_any_more(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "barred"})
    reply = walk.post("purpose", {"reason": WORDS}, go="urgent")
    assert reply["Location"] == address(walk)
    assert walk.held()["purpose"]["reason"] == WORDS


def test_text_that_cannot_be_kept_never_bars_the_way(walk: Walk) -> None:
    walk.save("about", {"case_reference": "CASE-1"})
    text = walk.post("urgent", {"reason": "x" * 10_001}, go="urgent").content.decode()
    assert "Act first: do not wait for this page" in text
    assert f'href="{address(walk)}"' in text
    assert "x" * 10_001 in text


def test_the_enter_key_still_continues(walk: Walk) -> None:
    walk.to_decision()
    for step, first in (("purpose", "continue"), ("decide", "seal")):
        text = walk.open(step).content.decode()
        assert text.index(f'name="go" value="{first}"') < text.index('name="go" value="urgent"')


@pytest.mark.parametrize("page", ["advice", "advice-note"])
def test_from_the_advice_pages_nothing_is_lost(walk: Walk, page: str) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"})
    at = {"draft_id": walk.draft.pk, "question": "purpose"}
    sent = {"text": WORDS, "advised": WORDS, "go": "urgent"}
    reply = walk.client.post(reverse(f"decisions:{page}", kwargs=at), sent)
    assert reply["Location"] == address(walk)
    assert WORDS in walk.draft.briefs.get().text


def test_a_complete_note_of_advice_is_noted_on_the_way(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"})
    sent = {
        "role": "Lead",
        "date_day": "1",
        "date_month": "9",
        "date_year": "2026",
        "time": "9:30",
        "how": "phone",
        "advised": WORDS,
        "is_legal": "no",
        "anonymous": "yes",
        "go": "urgent",
    }
    at = {"draft_id": walk.draft.pk, "question": "purpose"}
    reply = walk.client.post(reverse("decisions:advice-note", kwargs=at), sent)
    assert reply["Location"] == address(walk)
    assert walk.draft.advice.get().advised == WORDS


def test_pages_without_a_form_have_a_link(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "early-help", "duty": "no", "purpose": "yes"})
    walk.walk({"identifiable": "living", "confidential": "yes", "consent": "not-asked"})
    walk.walk({"share-anyway": "no"})
    text = walk.client.get(f"/drafts/{walk.draft.pk}/waiting/").content.decode()
    assert f'href="{address(walk)}"' in text


def test_two_texts_of_one_step_both_reach_the_page(walk: Walk) -> None:
    walk.save("about", {"case_reference": "CASE-1"})
    walk.save("urgent", {"answer": "no", "reason": "From the other tab"})
    text = walk.post("urgent", {"reason": WORDS}, based_on=1).content.decode()
    assert 'value="urgent"' in text  # the line, on the page of both texts
    walk.post("urgent", {"reason": f"From the other tab\n\n{WORDS}"}, go="urgent")
    assert WORDS in walk.client.get(address(walk)).content.decode()


def test_a_stale_save_of_the_short_form_shows_both_texts_and_seals_nothing(walk: Walk) -> None:
    walk.save("about", {"case_reference": "CASE-1"})
    walk.save("urgent", {"answer": "yes", "reason": "From the other tab"})
    reply = act(walk, based_on=1)
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "From the other tab" in text
    assert ACTED["why"] in text
    assert not Record.objects.exists()
    assert walk.held()["right-way"]["what"] == ACTED["what"]  # what nobody else touched is kept
    kept = act(walk, go="keep", why=f"From the other tab\n\n{ACTED['why']}")
    assert kept["Location"] == address(walk)
    assert "From the other tab" in walk.held()["urgent"]["reason"]


@pytest.mark.parametrize("go", ["keep", "", "nonsense"])
def test_only_its_own_button_seals(walk: Walk, go: str) -> None:
    assert act(walk, go=go)["Location"] == address(walk)
    assert walk.held()["right-way"]["what"] == ACTED["what"]
    assert not Record.objects.exists()


def test_leaving_keeps_it_and_leads_back_here(walk: Walk) -> None:
    assert act(walk, go="leave", why="")["Location"] == "/"
    assert not Record.objects.exists()
    assert walk.client.get(f"/drafts/{walk.draft.pk}/")["Location"] == address(walk)


def test_going_back_keeps_the_words_and_does_not_say_urgent(walk: Walk) -> None:
    reply = act(walk, go="back")
    assert reply["Location"] == walk.address("urgent")
    assert not walk.held()["urgent"].get("answer")
    assert walk.held()["right-way"]["what"] == ACTED["what"]


def test_earlier_words_about_the_decision_are_shown_before_they_are_sealed(walk: Walk) -> None:
    walk.to_decision()
    walk.post("decide", {"decision": "do-not-share", "reason": "Old reasons"}, go="urgent")
    text = walk.client.get(address(walk)).content.decode()
    assert "Old reasons" in text
    assert RIGHT_WAY["what"] in text
    assert "Yes, they know or will be told first" in text
    act(walk, more="")
    said = snapshot.read(bytes(Record.objects.get().snapshot.body))
    assert (said["decision"]["decision"], said["decision"]["reason"]) == ("share", "")
    revisions = walk.draft.revisions.filter(step="decide").values_list("content", flat=True)
    assert any(one["reason"] == "Old reasons" for one in revisions)


def test_later_answers_never_reach_the_urgent_record(walk: Walk) -> None:
    walk.walk({**PLAIN}, {"purpose": "canary"})
    act(walk)
    record = Record.objects.get()
    assert b"canary" not in bytes(record.snapshot.body)
    assert record.gate_answers == {"urgent": "yes"}
    assert walk.held()["purpose"]["reason"] == "canary"
