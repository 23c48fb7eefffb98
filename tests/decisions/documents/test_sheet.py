"""Reading a snapshot: times as in the United Kingdom, answers in words."""

from datetime import UTC, datetime

import pytest

from decisions.documents import sheet
from decisions.wizard.presentation import TOLD_LABELS
from guidance.rulebook import catalogue
from tests.decisions.documents import samples


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 1, 5, 9, 3, tzinfo=UTC), "5 January 2026, 09:03 GMT"),
        (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), "1 August 2026, 00:30 BST"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026, 00:59 GMT"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026, 02:00 BST"),
        # The hour that comes twice: only the zone tells the two apart.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026, 01:30 BST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026, 01:30 GMT"),
    ],
)
def test_times_are_given_as_in_the_united_kingdom(moment: datetime, said: str) -> None:
    assert sheet.uk_time(moment) == said


def test_a_time_without_a_zone_is_refused() -> None:
    sections = samples.typical()
    sections["people"]["sealed_at"] = "2026-03-04T15:42:07"
    with pytest.raises(sheet.UnreadableRecordError, match="no zone"):
        sheet.read(samples.seal(sections))


def test_questions_stand_in_the_order_they_were_asked() -> None:
    read = sheet.read(samples.seal(samples.typical()))
    assert [asked.title for asked in read.asked] == [q["title"] for q in samples.TYPICAL_QUESTIONS]


def test_details_stand_under_their_question_and_old_records_have_none() -> None:
    sections = samples.typical()
    sections["question:consent"]["details"] = [
        {"detail": "when", "label": "When did they answer?", "text": "3 March\x07 2026"}
    ]
    read = sheet.read(samples.seal(sections))
    told = {asked.title: asked.details for asked in read.asked}
    assert told["Has the person agreed?"] == (
        sheet.Fact("When did they answer?", "3 March[U+0007] 2026"),
    )
    assert "details" not in sections["question:purpose"]
    assert sum(bool(details) for details in told.values()) == 1


def test_answers_kept_by_id_are_put_in_words() -> None:
    read = sheet.read(samples.seal(samples.typical()))
    assert read.agreement == "None is needed"
    assert read.sharing["told"] == "Yes, they know or will be told first"


def test_every_answer_that_the_wizard_takes_has_words() -> None:
    editions = catalogue.shipped().values()
    asked = {o.id for e in editions for c in e.context for o in c.options}
    assert asked <= set(sheet.AGREEMENT)
    assert sheet.TOLD == TOLD_LABELS


@pytest.mark.parametrize(
    ("text", "replaced"),
    [("\U0001f600", True), ("\r\nplain", False), ("x" * 500, False), ("[U+0041]", False)],
)
def test_it_says_whether_a_character_was_replaced(text: str, replaced: bool) -> None:
    assert sheet.read(samples.typical_with(text)).replaced is replaced
