"""The traps of django-formtools that DESIGN section 5 lists, each closed. Races (4, 6) stand in
tests/decisions/records/test_sealing_races.py.
"""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions import snapshot
from decisions.records.models import Event, Record
from decisions.wizard.models import Draft, Revision
from guidance import stored
from guidance.rulebook import catalogue
from guidance.rulebook.loader import load_edition
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin


def writes(captured: CaptureQueriesContext) -> list[str]:
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [one["sql"] for one in captured if one["sql"].lstrip().startswith(verbs)]


def test_1_two_drafts_in_two_tabs_never_mix(walk: Walk) -> None:
    other = begin(walk.client, walk.draft.owner, walk.draft.team)
    walk.about("CANARY-ONE")
    other.about("CANARY-TWO")
    walk.answer("urgent", "no", "canary one")
    other.answer("urgent", "no", "canary two")
    assert "CANARY-TWO" not in str(walk.held())
    assert "canary one" not in str(other.held())


def test_1_a_form_of_one_draft_is_refused_by_another(walk: Walk) -> None:
    other = begin(walk.client, walk.draft.owner, walk.draft.team)
    walk.about()
    other.about()
    data = {
        "urgent-answer": "no",
        "urgent-reason": "typed for the first case",
        f"{walk.draft.pk}-current_step": "urgent",
        "based_on": "1",
    }
    reply = other.client.post(other.address("urgent"), data)
    assert reply.status_code == 409
    assert "typed for the first case" in reply.content.decode()
    assert "urgent" not in other.held()


def test_2_a_get_never_writes(walk: Walk) -> None:
    walk.to_decision()
    addresses = [walk.address(step) for step in ("about", *PLAIN, "right-way", "decide", "done")]
    addresses += [
        reverse("decisions:resume", kwargs={"draft_id": walk.draft.pk}),
        reverse("decisions:waiting", kwargs={"draft_id": walk.draft.pk}),
        walk.address("urgent") + "?reset=1",
    ]
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            walk.client.get(address)
            walk.client.head(address)
        assert writes(captured) == [], address
    assert walk.held()["urgent"]["answer"] == "no"


def test_3_nothing_is_sealed_by_a_get(walk: Walk) -> None:
    walk.to_decision()
    walk.post("decide", {"decision": "share"}, go="leave")
    for step in ("done", "decide", "done"):
        walk.open(step)
        walk.client.head(walk.address(step))
    assert not Record.objects.exists()


def test_4_a_second_send_is_led_to_the_receipt_of_the_first(walk: Walk) -> None:
    walk.to_decision()
    based_on = walk.revision()
    replies = [
        walk.post("decide", {"decision": "share"}, go="seal", based_on=based_on) for _ in range(3)
    ]
    assert len({reply["Location"] for reply in replies}) == 1
    assert {reply.status_code for reply in replies} == {303}
    assert Record.objects.count() == 1


def test_4_words_sent_after_the_seal_are_handed_back(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    reply = walk.post("purpose", {"answer": "no", "reason": "a late thought"})
    assert reply.status_code == 409
    assert "a late thought" in reply.content.decode()
    assert walk.held()["purpose"]["answer"] == "yes"


def test_5_nothing_of_a_draft_is_in_the_session(walk: Walk) -> None:
    walk.about("CANARY-REF")
    walk.answer("urgent", "no", "canary reason")
    for session in Session.objects.all():
        held = str(session.get_decoded())
        assert "canary" not in held.lower()
        assert str(walk.draft.pk) not in held


def test_5_a_lost_session_makes_no_second_record(walk: Walk) -> None:
    walk.to_decision()
    based_on = walk.revision()
    walk.seal()
    Session.objects.all().delete()
    walk.client.force_login(walk.draft.owner)
    reply = walk.post("decide", {"decision": "share"}, go="seal", based_on=based_on)
    assert reply.status_code == 303
    assert Record.objects.count() == 1


def test_6_a_stale_save_shows_both_texts_and_drops_neither(walk: Walk) -> None:
    walk.about()
    based_on = walk.revision()
    walk.post("urgent", {"answer": "no", "reason": "from the first tab"}, based_on=based_on)
    reply = walk.post("urgent", {"answer": "no", "reason": "from the second"}, based_on=based_on)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "from the first tab" in page
    assert "from the second" in page
    assert walk.held()["urgent"]["reason"] == "from the first tab"
    kept = Revision.objects.get(applied=False)
    assert kept.content["reason"] == "from the second"


def test_6_a_stale_save_of_another_question_is_simply_saved(walk: Walk) -> None:
    walk.about()
    based_on = walk.revision()
    walk.answer("urgent", "no", "from the first tab")
    assert walk.post("about", {"case_reference": "OTHER"}, based_on=based_on).status_code == 303
    assert walk.held()["urgent"]["reason"] == "from the first tab"
    assert walk.held()["about"]["case_reference"] == "OTHER"


def test_6_the_decision_is_looked_at_again_when_an_answer_changed(walk: Walk) -> None:
    walk.to_decision()
    seen = walk.revision()
    walk.answer("confidential", "not-sure")
    walk.answer("confidential", "no", "Checked with the file")
    reply = walk.post(
        "decide", {"decision": "share", "reason": "my words"}, go="seal", based_on=seen
    )
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "Your answers changed since you opened this page" in page
    assert "my words" in page
    assert not Record.objects.exists()


@pytest.mark.parametrize("step", ["lawful-basis", "right-way", "decide", "done", "nonsense"])
def test_7_a_step_out_of_order_leads_to_the_first_open_one(walk: Walk, step: str) -> None:
    walk.about()
    reply = walk.open(step)
    assert (reply.status_code, reply["Location"]) == (303, walk.address("urgent"))


@pytest.mark.parametrize("named", ["nonsense", "purpose", "", "done"])
def test_7_a_forged_step_is_refused_and_the_words_come_back(walk: Walk, named: str) -> None:
    walk.about()
    data = {
        "urgent-answer": "no",
        "urgent-reason": "my own words",
        f"{walk.draft.pk}-current_step": named,
        "based_on": "1",
    }
    reply = walk.client.post(walk.address("urgent"), data)
    assert reply.status_code == 409
    assert "my own words" in reply.content.decode()
    assert "urgent" not in walk.held()


def test_7_a_form_that_names_no_step_and_holds_no_words_leads_on(walk: Walk) -> None:
    walk.about()
    reply = walk.client.post(walk.address("urgent"), {})
    assert (reply.status_code, reply["Location"]) == (303, walk.address("urgent"))


def test_7_formtools_own_jump_is_not_obeyed(walk: Walk) -> None:
    walk.about()
    data = {
        "wizard_goto_step": "about",
        "urgent-answer": "no",
        "urgent-reason": "kept",
        f"{walk.draft.pk}-current_step": "urgent",
        "based_on": "1",
    }
    walk.client.post(walk.address("urgent"), data)
    assert walk.held()["urgent"]["reason"] == "kept"


def test_8_an_answer_that_hides_later_steps_is_simply_saved(walk: Walk) -> None:
    walk.to_decision()
    reply = walk.answer("urgent", "yes")
    assert reply["Location"] == f"/drafts/{walk.draft.pk}/act-first/"
    assert walk.open("purpose").status_code == 303
    assert walk.seal().status_code == 303


def test_9_off_path_answers_are_kept_said_and_never_sealed(walk: Walk) -> None:
    walk.walk({**PLAIN, "confidential": "yes"} | {"consent": "given"}, {"consent": "canary"})
    walk.answer("lawful-basis", "public-task", "canary too")
    walk.answer("purpose", "no")
    page = walk.open("decide").content.decode()
    assert "which are not asked on your present path" in page
    walk.seal("do-not-share")
    record = Record.objects.get()
    assert b"canary" not in bytes(record.snapshot.body)
    assert "question:consent" not in snapshot.read(bytes(record.snapshot.body))
    assert walk.held()["consent"]["reason"] == "canary"


def test_9_an_answer_sent_to_a_step_off_the_path_is_kept(walk: Walk) -> None:
    walk.about()
    reply = walk.post("consent", {"answer": "given", "reason": "typed too early"})
    assert reply["Location"] == walk.address("urgent")
    assert walk.held()["consent"]["reason"] == "typed too early"


@pytest.mark.parametrize("go", ["back", "leave"])
def test_10_back_and_leave_save_first_and_do_not_judge(walk: Walk, go: str) -> None:
    walk.about()
    reply = walk.post("urgent", {"reason": "half a thought"}, go=go)
    assert reply["Location"] == (walk.address("about") if go == "back" else "/")
    assert walk.held()["urgent"] == {"answer": "", "reason": "half a thought"}
    page = walk.open("urgent").content.decode()
    assert "half a thought" in page
    assert "There is a problem" not in page


def test_11_a_draft_goes_on_with_its_stored_edition(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.to_decision()
    today = catalogue.shipped()[catalogue.DEFAULT]
    files = dict(today.files)
    files["questions.toml"] = files["questions.toml"].replace(b'id = "public-task"', b'id = "gone"')
    changed = load_edition(files)
    assert changed.digest != today.digest
    monkeypatch.setattr(catalogue, "shipped", lambda: {catalogue.DEFAULT: changed})
    stored.edition.cache_clear()
    assert walk.open("lawful-basis").status_code == 200
    walk.seal()
    record = Record.objects.get()
    assert record.edition_id == today.digest
    said = snapshot.read(bytes(record.snapshot.body))["context"]["edition"]
    assert said["digest"] == today.digest


def test_sealing_checks_every_step_again(walk: Walk) -> None:
    walk.to_decision()
    held = walk.held()
    held["lawful-basis"] = {"answer": "nonsense", "reason": ""}
    Draft.objects.filter(pk=walk.draft.pk).update(answers=held)
    reply = walk.seal()
    assert reply["Location"] == walk.address("lawful-basis")
    assert not Record.objects.exists()
    assert not Event.objects.exists()


def test_the_path_after_the_right_way_is_walked_again_from_the_check_page(walk: Walk) -> None:
    walk.to_decision()
    data = {
        "purpose-answer": "yes",
        "purpose-reason": "changed",
        f"{walk.draft.pk}-current_step": "purpose",
        "based_on": str(walk.revision()),
        "return": "decide",
    }
    reply = walk.client.post(walk.address("purpose"), data)
    assert reply["Location"] == walk.address("decide")
    assert walk.held()["right-way"]["method"] == RIGHT_WAY["method"]


def test_a_changed_answer_asks_only_what_it_opens_and_then_goes_back(walk: Walk) -> None:
    walk.to_decision()

    def change(step: str, answer: str) -> str:
        data = {
            f"{step}-answer": answer,
            f"{walk.draft.pk}-current_step": step,
            "based_on": str(walk.revision()),
            "return": "decide",
        }
        return walk.client.post(walk.address(step), data)["Location"]

    assert change("confidential", "yes") == walk.address("consent") + "?return=decide"
    page = walk.client.get(walk.address("consent") + "?return=decide").content.decode()
    assert '<input type="hidden" name="return" value="decide">' in page
    assert change("consent", "given") == walk.address("decide")
