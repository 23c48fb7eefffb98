"""Where a draft stands, worked out from its answers alone (no database)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.records import contents
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, TOLD
from decisions.wizard.completeness import missing
from decisions.wizard.journey import Journey
from decisions.wizard.presentation import progress
from guidance.rulebook import catalogue
from guidance.rulebook.schema import DECISIONS, Outcome
from tests.decisions.walk import PLAIN
from tests.decisions.walk import RIGHT_WAY as FILLED

EDITIONS = catalogue.shipped()
TODAY = EDITIONS[catalogue.DEFAULT]


def plain(**more: dict[str, str]) -> dict[str, dict[str, str]]:
    gates = {gate: {"answer": answer, "reason": ""} for gate, answer in PLAIN.items()}
    return {"about": {"case_reference": "C-1"}, **gates, **more}


def test_a_fresh_draft_begins_with_the_case() -> None:
    journey = Journey(TODAY, {})
    assert journey.first_open == ABOUT
    assert journey.steps == (ABOUT, "urgent")
    assert not journey.is_reachable("urgent")


def test_the_plain_case_ends_with_how_to_share_and_the_decision() -> None:
    journey = Journey(TODAY, plain())
    assert journey.steps == (ABOUT, *PLAIN, RIGHT_WAY, DECIDE)
    assert journey.first_open == RIGHT_WAY
    assert journey.is_reachable(DECIDE)


def test_deciding_not_to_share_needs_no_right_way() -> None:
    journey = Journey(TODAY, plain(decide={"decision": "do-not-share", "reason": "why"}))
    assert RIGHT_WAY not in journey.steps
    assert journey.first_open == DECIDE


def test_an_unknown_text_counts_as_no_answer() -> None:
    journey = Journey(TODAY, plain(purpose={"answer": "perhaps"}))
    assert journey.first_open == "purpose"
    assert not journey.is_reachable("identifiable")


def test_before_walks_the_path_backwards() -> None:
    journey = Journey(TODAY, plain(**{RIGHT_WAY: FILLED}))
    assert journey.before(ABOUT) is None
    assert journey.before(DECIDE) == RIGHT_WAY
    assert journey.before("consent") is None


def test_reasons_of_invisible_marks_are_no_reasons() -> None:
    journey = Journey(TODAY, plain())
    given_ = {"answer": "sufficient", "reason": "\u200b \u00a0\n"}
    assert "reason" in missing(journey, "public-interest", given_)


TEXT = st.sampled_from(["", " ", "words", "\u200b"])


@st.composite
def drafts(draw: st.DrawFn) -> Journey:
    """Any edition with any answers, on the path or off it, some of them nonsense."""
    edition = EDITIONS[draw(st.sampled_from(sorted(EDITIONS)))]
    options = {q.id: [option.id for option in q.options] for q in edition.questions}
    held = {
        gate: {
            "answer": draw(st.sampled_from([*ids, *ids, *ids, "", "nonsense"])),
            "reason": draw(TEXT),
        }
        for gate, ids in options.items()
        if draw(st.booleans()) or draw(st.booleans())
    }
    held[ABOUT] = {"case_reference": draw(TEXT), "agreement": draw(TEXT)}
    held[RIGHT_WAY] = {
        "what": draw(TEXT),
        "recipient": draw(TEXT),
        "method": draw(TEXT),
        "told": draw(st.sampled_from([*TOLD, "", "nonsense"])),
        "told_reason": draw(TEXT),
    }
    held[DECIDE] = {
        "decision": draw(st.sampled_from([*DECISIONS, "", "nonsense"])),
        "reason": draw(TEXT),
    }
    return Journey(edition, held)


@given(journey=drafts())
def test_every_step_before_the_first_open_one_lacks_nothing(journey: Journey) -> None:
    upto = journey.steps[: journey.steps.index(journey.first_open)]
    for step in upto:
        assert not missing(journey, step, journey.answers.get(step, {}))
        assert journey.is_reachable(step)
    assert journey.is_reachable(journey.first_open)


@given(journey=drafts())
def test_only_a_finished_path_has_a_decision_to_take(journey: Journey) -> None:
    assert (DECIDE in journey.steps) == (journey.conclusion.outcome is not Outcome.INCOMPLETE)


@given(journey=drafts())
def test_what_is_off_the_path_never_reaches_the_record(journey: Journey) -> None:
    ready = not any(missing(journey, s, journey.answers.get(s, {})) for s in journey.steps)
    if not ready or DECIDE not in journey.steps:
        return
    now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    around = contents.Circumstances(
        "id", "ref", ("p", "P"), ("t", "T"), ("o", "O", "health"), now, now
    )
    said = contents.sections(journey, around)
    asked = {name.removeprefix("question:") for name in said if name.startswith("question:")}
    assert asked == set(journey.conclusion.path.asked)
    assert not asked & set(journey.off_path)
    assert bool(said["sharing"]["what"]) == (said["decision"]["decision"] != "do-not-share")
    assert said["decision"]["departure"] == (
        said["decision"]["decision"] != said["outcome"]["outcome"]
    )


@pytest.mark.parametrize("agreement", ["yes", "no", "not-known", ""])
@given(journey=drafts())
def test_a_protocol_never_changes_anything(agreement: str, journey: Journey) -> None:
    with_it = {**journey.answers, ABOUT: {**journey.answers[ABOUT], "agreement": agreement}}
    other = Journey(journey.edition, with_it)
    assert other.conclusion == journey.conclusion
    assert other.steps == journey.steps


def test_progress_says_what_is_done_here_and_still_open() -> None:
    shown = progress(Journey(TODAY, plain()), RIGHT_WAY)
    states = {each["step"]: (each["done"], each["here"], each["open"]) for each in shown}
    assert states["purpose"] == (True, False, True)
    assert states[RIGHT_WAY] == (False, True, True)
    assert states[DECIDE] == (False, False, True)
