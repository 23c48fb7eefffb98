"""The advice page: the brief carries the doubt and the answers, and points at identifiers."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from decisions.wizard.advice.brief import own_words
from decisions.wizard.advice.models import Brief
from decisions.wizard.journey import Journey
from guidance.local.entries import add_entry
from guidance.local.models import Contact
from infoshare import clock
from tests.cast import Cast
from tests.decisions.walk import Walk
from tests.guidance.local.words import CONTACT

WEDNESDAY = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)


def page(walk: Walk, question: str = "purpose") -> str:
    return reverse("decisions:advice", args=[walk.draft.pk, question])


def shown(walk: Walk, address: str = "") -> str:
    reply = walk.client.get(address or page(walk))
    assert reply.status_code == 200
    return reply.content.decode()


def paper(text: str) -> str:
    """What stands in the brief itself, without tags."""
    found = re.search(r'class="brief__paper">(.*?)</div>', text, re.DOTALL)
    assert found
    return re.sub("<.*?>", "", found[1])


def test_it_gathers_the_doubt_the_answers_and_the_own_words(parked: Walk) -> None:
    brief = paper(shown(parked))
    assert "Safeguarding an adult" in brief
    assert "CASE-1" not in brief
    for kind in ("name", "date", "postcode", "phone number"):
        assert f"[{kind}?]" in brief


def test_identifiers_are_listed_in_words(parked: Walk) -> None:
    text = re.sub("<.*?>", "", shown(parked))
    for found in ("name: Jane Smith", "date: 3 March 2016", "postcode: LS6 4JN"):
        assert f"looks like a {found}" in text


def test_the_page_of_a_parked_draft_is_the_advice_page(parked: Walk) -> None:
    waiting = reverse("decisions:waiting", args=[parked.draft.pk])
    assert paper(shown(parked, waiting)) == paper(shown(parked))
    assert "Waiting for advice since" in shown(parked, waiting)


def test_a_look_writes_nothing(parked: Walk) -> None:
    before = parked.held()
    shown(parked)
    assert not Brief.objects.exists()
    assert parked.held() == before


def test_a_brief_is_saved_apart_from_the_answers_and_never_blocked(parked: Walk) -> None:
    before = parked.held()
    text = " Still Jane\r\nSmith, <b>ü</b>\n\n"
    reply = parked.client.post(page(parked), {"text": text, "seen": ""})
    assert (reply.status_code, reply["Location"]) == (303, page(parked))
    assert Brief.objects.get().text == text
    assert parked.held() == before
    assert "Jane\r\nSmith" in re.sub("&#13;&#10;", "\r\n", shown(parked))
    assert "<b>ü" not in shown(parked)


def test_an_emptied_brief_stays_empty(parked: Walk) -> None:
    parked.client.post(page(parked), {"text": "", "seen": ""})
    assert "Jane" not in shown(parked)


@pytest.mark.parametrize("text", ["nul \0 here", "x" * 100_001])
def test_what_cannot_be_kept_is_said_beside_the_field(parked: Walk, text: str) -> None:
    reply = parked.client.post(page(parked), {"text": text})
    assert reply.status_code == 200
    assert 'href="#id_text"' in reply.content.decode()
    assert not Brief.objects.exists()


def test_two_tabs_see_both_texts(parked: Walk) -> None:
    parked.client.post(page(parked), {"text": "first tab", "seen": ""})
    reply = parked.client.post(page(parked), {"text": "second tab", "seen": ""})
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "first tab" in text
    assert "second tab" in text
    assert [one.text for one in Brief.objects.all()] == ["first tab"]
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    parked.client.post(page(parked), {"text": "both", "seen": seen[1]})
    assert "both" in paper(shown(parked))


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 40, "٣", "\0"])
def test_an_odd_mark_of_what_was_seen_does_no_harm(parked: Walk, seen: str) -> None:
    assert parked.client.post(page(parked), {"text": "a", "seen": seen}).status_code == 303
    assert parked.client.post(page(parked), {"text": "b", "seen": seen}).status_code == 409


def test_the_same_brief_twice_is_one(parked: Walk) -> None:
    for _ in range(2):
        assert parked.client.post(page(parked), {"text": "same", "seen": ""}).status_code == 303
    assert Brief.objects.count() == 1


def test_a_question_that_is_not_reached_leads_on_but_keeps_words(parked: Walk) -> None:
    later = page(parked, "consent")
    resume = reverse("decisions:resume", args=[parked.draft.pk])
    assert parked.client.get(later)["Location"] == resume
    assert parked.client.post(later, {"text": "kept"}).status_code == 303
    assert Brief.objects.get().text == "kept"


@pytest.mark.parametrize("question", ["about", "decide", "no-such-gate"])
def test_only_gates_have_the_page(parked: Walk, question: str) -> None:
    assert parked.client.get(page(parked, question)).status_code == 404
    assert parked.client.post(page(parked, question), {"text": "x"}).status_code == 404


def test_a_sealed_draft_hands_the_words_back(parked: Walk) -> None:
    parked.seal("do-not-share", "No purpose yet.")
    assert parked.client.get(page(parked)).status_code == 303
    reply = parked.client.post(page(parked), {"text": "too late for this"})
    assert reply.status_code == 409
    assert "too late for this" in reply.content.decode()
    assert not Brief.objects.exists()


@pytest.mark.parametrize("setting", ["safeguarding-child", "safeguarding-adult", "other"])
def test_the_same_day_clock_runs_in_safeguarding(walk: Walk, setting: str) -> None:
    with clock.set_to(WEDNESDAY):
        walk.walk({"urgent": "no", "setting": setting, "duty": "no", "purpose": "not-sure"})
        text = shown(walk)
    expected = setting != "other"
    assert ("Get advice today: waiting since 10:15." in text) is expected
    assert "A working day has ended" not in text
    with clock.set_to(WEDNESDAY.replace(hour=17, minute=1)):
        assert ("A working day has ended" in shown(walk)) is expected
    assert "Waiting for advice since 4 March 2026 at 10:15" in text


def test_urgent_is_asked_again(parked: Walk) -> None:
    assert 'name="go" value="urgent"' in shown(parked)


def test_contacts_of_the_organisation_only(parked: Walk, cast: Cast) -> None:
    assert "has not listed its contacts" in shown(parked)
    for organisation, role in ((cast.northmoor, "Our <lead>"), (cast.southfield, "Their lead")):
        words = {**CONTACT, "role": role}
        add_entry(Contact, organisation=organisation, person=cast.lena, words=words)
    text = shown(parked)
    assert "Our &lt;lead&gt;" in text
    assert "Their lead" not in text
    assert "has not listed its contacts" not in text


def test_from_any_question_to_its_advice_page_with_what_was_typed(walk: Walk) -> None:
    walk.walk({"urgent": "no"})
    reply = walk.post("setting", {"reason": "Perhaps a child too"}, go="advice")
    assert (reply.status_code, reply["Location"]) == (303, page(walk, "setting"))
    assert walk.held()["setting"]["reason"] == "Perhaps a child too"
    assert "Perhaps a child too" in paper(shown(walk, page(walk, "setting")))


def test_other_steps_have_no_advice_page_and_are_saved(walk: Walk) -> None:
    reply = walk.post("about", {"case_reference": "CASE-9"}, go="advice")
    assert (reply.status_code, reply["Location"]) == (303, "/")
    assert walk.held()["about"]["case_reference"] == "CASE-9"


def test_the_details_are_gathered_by_their_label(parked: Walk) -> None:
    parked.save("duty", {"answer": "no", "law": "Not shown with this answer"})
    parked.save("purpose", {"answer": "not-sure", "reason": "Unclear", "power": "Not shown"})
    parked.save("duty", {"answer": "statutory-duty", "law": "An Act I was told of"})
    words = own_words(Journey(parked.edition(), parked.held()))
    assert "Which law or order is it? An Act I was told of" in words
    assert "Not shown" not in words
