"""Noting advice: kept once, refused with a reason, back to the same question, sealed."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.advice.models import Advice
from infoshare import clock
from tests.decisions.walk import Walk

NOON = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)  # noon in England
TOKEN = "3f0c1d8e-4b7a-4a55-9a57-0c8f6f1f0b11"
GIVEN = {
    "token": TOKEN,
    "role": "Data protection officer",
    "date_day": "30",
    "date_month": "6",
    "date_year": "2026",
    "time": "14:30",
    "how": "phone",
    "advised": "Ask what the housing team\r\nneeds it for.",
    "is_legal": "no",
    "anonymous": "yes",
}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.set_to(NOON):
        yield


def address(walk: Walk, question: str = "purpose") -> str:
    return reverse("decisions:advice-note", args=[walk.draft.pk, question])


def send(walk: Walk, **other: str) -> Any:
    return walk.client.post(address(walk), {**GIVEN, **other})


def test_it_is_kept_and_leads_back_to_the_question(parked: Walk) -> None:
    reply = send(parked)
    assert (reply.status_code, reply["Location"]) == (303, parked.address("purpose"))
    kept = Advice.objects.get()
    assert (kept.role, kept.how, kept.is_legal, kept.anonymous) == (
        "Data protection officer",
        "phone",
        False,
        True,
    )
    assert kept.advised == GIVEN["advised"]
    assert kept.asked_at == datetime(2026, 6, 30, 13, 30, tzinfo=UTC)
    assert (kept.question, kept.by, kept.at) == ("purpose", parked.draft.owner, NOON)
    text = parked.client.get(reverse("decisions:waiting", args=[parked.draft.pk])).content.decode()
    assert "Data protection officer" in text
    assert parked.client.get(parked.address("purpose")).status_code == 200


def test_a_double_send_is_kept_once_and_changed_words_are_kept_too(parked: Walk) -> None:
    for _ in range(3):
        assert send(parked).status_code == 303
    assert Advice.objects.count() == 1
    send(parked, advised="On second thoughts: do not.")
    send(parked, token="another form altogether")
    assert Advice.objects.count() == 3


def test_the_form_begins_with_this_moment_and_a_token_of_its_own(parked: Walk) -> None:
    first, second = (parked.client.get(address(parked)).content.decode() for _ in range(2))
    assert 'value="12:00"' in first
    assert 'name="date_year" type="text" value="2026"' in first
    tokens = [re.findall(r'name="token" value="([0-9a-f-]{36})"', text) for text in (first, second)]
    assert tokens[0] != tokens[1]
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("role", "", "Enter the role"),
        ("role", "  ", "Enter the role"),
        ("role", "x" * 201, "shorten it by 1"),
        ("role", "a\0b", "cannot be kept"),
        ("role", "a\nb", "one line"),
        ("advised", "", "Enter what they advised"),
        ("advised", "x" * 10_001, "shorten it by 1"),
        ("date_year", "2027", "in the future"),
        ("date_year", "1899", "before 1900"),
        ("date_year", "26", "four digits"),
        ("date_day", "31", "real date"),
        ("date_day", "", "needs a day"),
        ("time", "", "Enter the time"),
        ("time", "25:00", "Enter a time"),
        ("time", "14:60", "Enter a time"),
        ("time", "13pm", "Enter a time"),
        ("time", "noon", "Enter a time"),
        ("time", "14", "Enter a time"),
        ("how", "", "Choose how you asked"),
        ("how", "pigeon", "Choose one of the answers"),
        ("is_legal", "", "legal advice"),
        ("anonymous", "maybe", "Choose one of the answers"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    parked: Walk, field: str, sent: str, said: str
) -> None:
    other = {} if field == "advised" else {"advised": "words that must not be lost"}
    reply = send(parked, **{field: sent, **other})
    text = reply.content.decode()
    assert reply.status_code == 200
    assert said in text
    assert "There is a problem" in text
    assert TOKEN in text
    assert ("words that must not be lost" in text) is bool(other)
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    ("day", "month", "year", "time", "problem"),
    [
        ("1", "7", "2026", "12:01", "still to come"),
        ("29", "3", "2026", "01:30", "clocks went forward"),
        ("1", "7", "2026", "12:00", ""),
        ("31", "12", "1900", "00:00", ""),
        ("25", "10", "2025", "1.30am", ""),
    ],
)
def test_moments(parked: Walk, day: str, month: str, year: str, time: str, problem: str) -> None:
    reply = send(parked, date_day=day, date_month=month, date_year=year, time=time)
    assert reply.status_code == (200 if problem else 303)
    assert problem in reply.content.decode()


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("9:05", 9, 5), ("0905", 9, 5), ("9.05 p.m.", 21, 5), ("12am", 0, 0), ("12 PM", 12, 0)],
)
def test_times_as_people_write_them(parked: Walk, typed: str, hour: int, minute: int) -> None:
    assert send(parked, time=typed).status_code == 303
    kept = Advice.objects.get().asked_at
    assert ((kept.hour + 1) % 24, kept.minute) == (hour, minute)  # summer time


def test_a_field_sent_twice_is_refused_and_both_texts_stay(parked: Walk) -> None:
    reply = parked.client.post(address(parked), {**GIVEN, "advised": ["this", "and that"]})
    text = reply.content.decode()
    assert reply.status_code == 200
    assert "this" in text
    assert "and that" in text


def test_on_a_question_not_asked_any_more_it_is_kept_all_the_same(parked: Walk) -> None:
    parked.answer("urgent", "yes")
    reply = send(parked)
    assert reply["Location"] == reverse("decisions:resume", args=[parked.draft.pk])
    assert Advice.objects.count() == 1


def test_a_sealed_draft_takes_no_advice_and_gives_the_words_back(parked: Walk) -> None:
    parked.seal("do-not-share", "No purpose yet.")
    reply = send(parked, advised="came too late")
    assert reply.status_code == 409
    assert "came too late" in reply.content.decode()
    assert not Advice.objects.exists()


def sealed(walk: Walk) -> Record:
    walk.seal("do-not-share", "No purpose yet.")
    return Record.objects.get()


def test_it_is_sealed_with_legal_advice_in_a_section_of_its_own(parked: Walk) -> None:
    send(parked)
    send(parked, role="Legal team", advised="Privileged words", is_legal="yes", time="15:00")
    record = sealed(parked)
    sections = snapshot.read(bytes(record.snapshot.body))
    [entry] = sections["advice"]["entries"]
    assert entry == {
        "question": "purpose",
        "title": entry["title"],
        "role": "Data protection officer",
        "when": "2026-06-30T13:30:00.000000Z",
        "how": "phone",
        "advised": GIVEN["advised"],
        "is_legal": False,
        "anonymous": True,
    }
    [legal] = sections["legal-advice"]["entries"]
    assert (legal["role"], legal["is_legal"]) == ("Legal team", True)
    assert "Privileged words" not in str({**sections, "legal-advice": None})
    page = parked.client.get(reverse("decisions:record", args=[record.pk])).content.decode()
    assert page.index("Data protection officer") < page.index("Legal team")
    assert "30 June 2026 at 14:30" in page
    assert '<span class="tag">legal advice</span>' in page


def test_without_advice_a_record_has_no_such_section(parked: Walk) -> None:
    record = sealed(parked)
    sections = snapshot.read(bytes(record.snapshot.body))
    assert not {"advice", "legal-advice"} & set(sections)
    page = parked.client.get(reverse("decisions:record", args=[record.pk])).content.decode()
    assert "Advice taken" not in page
    pdf = parked.client.get(reverse("decisions:record-pdf", args=[record.pk]))
    assert pdf.status_code == 200
