"""Periods, tables, sentences, files and drawings: all of them pure."""

from datetime import date
from xml.etree import ElementTree

import pytest

from decisions.figures import sheet
from decisions.figures.drawing import draw
from decisions.figures.measures import DOUBTS, MEASURES, QUESTIONS, SETTINGS, By
from decisions.figures.periods import Period, PeriodError, around, offered, read
from decisions.figures.publishing import Row
from decisions.figures.reading import PARTS
from decisions.figures.sentences import HELD, sentence, share_of
from decisions.figures.tables import Figure, by_place, doubts, over_time
from guidance.rulebook import catalogue

TODAY = date(2026, 11, 22)
DECISIONS = MEASURES["decisions"]
FULL = {month: (40 + month, 9, 11) for month in range(1, 11)}

NONE = dict.fromkeys(FULL, (0, 0, 0))


def figure(months: dict[int, tuple[int, ...]], key: str = "2026") -> Figure:
    return over_time(DECISIONS, months, read(key, TODAY), TODAY)


def test_periods_lie_apart_or_within_each_other() -> None:
    offer = list(offered(TODAY))
    assert offer[0] == Period(2026)
    for one in offer:
        assert read(one.key, TODAY) == one
        assert one.ended(TODAY)
        for other in offer:
            mine, theirs = ({(each.year, m) for m in each.months} for each in (one, other))
            assert mine <= theirs or theirs <= mine or not mine & theirs
    assert around(date(2026, 2, 3), date(2026, 2, 9), TODAY) == Period(2026, month=2)
    assert around(date(2026, 2, 3), date(2026, 3, 9), TODAY) == Period(2026, quarter=1)
    assert around(date(2026, 3, 31), date(2026, 4, 1), TODAY) == Period(2026)
    assert Period(2026).words(TODAY) == "2026 so far (January to October)"
    assert Period(2026, 4).words(TODAY) == "quarter 4 of 2026 so far (October)"
    assert Period(2025, 3).words(TODAY) == "July to September 2025"
    for key in ("2026-11", "2026-q5", "2026-00", "٢٠٢٦", "", "1999"):
        with pytest.raises(PeriodError):
            read(key, TODAY)


def test_the_measures_know_every_question_setting_and_part() -> None:
    for edition in catalogue.shipped().values():
        for question in edition.questions:
            if any(option.id == "not-sure" for option in question.options):
                assert question.id in QUESTIONS
            if question.id == "setting":
                assert {option.id for option in question.options} <= set(SETTINGS)
    assert {name: list(PARTS[name]) for name in PARTS} == {
        name: list(one.parts) for name, one in MEASURES.items()
    }


def test_a_sentence_says_what_is_shown_and_no_more() -> None:
    assert sentence(figure(FULL)) == (
        "In 2026 so far (January to October), 655 decisions were sealed: share 455 (69%); share "
        "in part 90 (14%); do not share 110 (17%). Most were sealed in October (70)."
    )
    few = figure({**FULL, 4: (44, 3, 12)})
    assert sentence(few).endswith(HELD)
    other = {4: (45, 2, 12), 6: (45, 10, 11)}  # the same months' and parts' sums
    assert figure({**FULL, **other}) == few  # what is held back is nowhere in it
    assert "there are fewer than 5 decisions" in sentence(figure({**NONE, 1: (2, 1, 1)}))
    assert [share_of(*one) for one in ((1, 900), (899, 900), (1, 3))] == [
        *("under 1%", "over 99%", "33%")
    ]
    asked = doubts({1: (0, 0, 0, 0, 0, 30, 2, 0, 0, 90)}, Period(2026, month=1), TODAY)
    assert asked.name == DOUBTS
    assert "most often the answer about “consent”: 30 times (33%" in sentence(asked)
    assert [row.total for label, row in asked.rows if label == "Sharing anyway"] == [None]


def test_a_small_organisation_gets_quarters() -> None:
    small = figure(dict.fromkeys(range(1, 11), (6, 2, 3)))
    assert small.head == "Quarter"
    assert [label for label, _ in small.rows] == [
        *("January to March", "April to June", "July to September", "October")
    ]


@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_team_can_be_called_anything() -> None:
    names = ["=1+1", "$5 & <b>$", 'Kids" and \x0bmore', "家族支援", "A" * 90]
    teams = dict.fromkeys(range(len(names)), (20, 9, 9))
    labels = dict(enumerate(names))
    shown = by_place(DECISIONS, teams, labels, By.TEAM, "2026")
    for narrow in (False, True):
        drawn = draw(shown, narrow=narrow)
        assert drawn == draw(shown, narrow=narrow)  # the same bytes
        words = [one.text for one in ElementTree.fromstring(drawn).iter() if one.text]  # noqa: S314
        assert "$5 & <b>$" in words
        assert "家族支援" in words
    assert "\r\n'=1+1,38,20,9,9\r\n" in sheet.write(shown).decode("utf-8-sig")


def test_a_drawing_shows_what_is_held_back_as_such() -> None:
    months = {**FULL, 4: (44, 3, 12)}
    drawn = draw(figure(months)).decode()
    assert "Parts held back" in drawn
    assert "Parts held back" not in draw(figure(FULL)).decode()
    none = Figure("decisions", "What", "2026", "Team", ("Share",), (("A", ROW),), ROW)
    assert "held back" in draw(none).decode()


ROW = Row(None, (None,))
