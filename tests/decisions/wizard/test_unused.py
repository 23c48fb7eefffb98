"""Words that are no longer used are kept, and the person is told at once which they are."""

from django.contrib.messages import get_messages
from hypothesis import given
from hypothesis import strategies as st

from decisions.wizard.answers import RIGHT_WAY
from decisions.wizard.journey import Journey
from decisions.wizard.unused import never_asked, unused_steps
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from tests.decisions.walk import PLAIN, Walk
from tests.decisions.walk import RIGHT_WAY as FILLED

EDITIONS = list(catalogue.shipped().values())


@st.composite
def answered(draw: st.DrawFn) -> tuple[Edition, dict[str, str], dict[str, str]]:
    """An edition, answers to some of its gates, and answers to all that agree with them."""
    edition = draw(st.sampled_from(EDITIONS))
    every = {
        gate.id: draw(st.sampled_from([one.id for one in gate.options]))
        for gate in edition.questions
    }
    some = draw(st.sets(st.sampled_from(sorted(every))))
    return edition, {gate: every[gate] for gate in every if gate in some}, every


def journey(edition: Edition, gates: dict[str, str]) -> Journey:
    return Journey(edition, {gate: {"answer": answer} for gate, answer in gates.items()})


@given(answered())
def test_what_is_never_asked_is_not_asked_whatever_else_is_answered(
    case: tuple[Edition, dict[str, str], dict[str, str]],
) -> None:
    edition, some, every = case
    asked = journey(edition, {**every, **some}).conclusion.path.asked
    assert never_asked(journey(edition, some)).isdisjoint(asked)


@given(answered())
def test_at_the_end_of_a_path_it_is_all_that_is_off_it(
    case: tuple[Edition, dict[str, str], dict[str, str]],
) -> None:
    edition, _, every = case
    whole = journey(edition, every)
    assert unused_steps(whole) == whole.off_path


def said(walk: Walk, step: str, answer: str, go: str = "continue") -> list[str]:
    """The messages after the page of this step was opened, answered and sent."""
    page = walk.open(step).content.decode()
    unused = page.split('name="unused" value="')[1].split('"')[0]
    data = {f"{step}-{name}": text for name, text in walk.given(step, answer, "Why").items()}
    data |= {f"{walk.draft.pk}-current_step": step, "unused": unused, "go": go}
    reply = walk.client.post(walk.address(step), data | {"based_on": str(walk.revision())})
    assert reply.status_code == 303
    found = [str(one) for one in get_messages(reply.wsgi_request)]
    walk.client.get(reply["Location"])  # shows them, once
    return found


def test_a_change_says_what_went_out_of_use_and_what_came_back(walk: Walk) -> None:
    walk.to_decision()
    (gone,) = said(walk, "purpose", "no")
    for gate in ("identifiable", "confidential", "lawful-basis"):
        assert walk.edition().question(gate).guide.title in gone
    assert walk.edition().steps["right-way"].title in gone
    assert "will not be in the record" in gone
    assert walk.held()["lawful-basis"]["answer"] == PLAIN["lawful-basis"]
    (back,) = said(walk, "purpose", "yes", go="back")
    assert "Used again" in back
    assert walk.edition().question("lawful-basis").guide.title in back


def test_an_autosave_on_the_way_takes_no_word_from_the_message(walk: Walk) -> None:
    walk.to_decision()
    page = walk.open("purpose").content.decode()
    assert 'name="unused" value=""' in page
    data = {f"purpose-{name}": text for name, text in walk.given("purpose", "no").items()}
    data |= {f"{walk.draft.pk}-current_step": "purpose", "unused": ""}
    for go in ("autosave", "continue"):
        data |= {"based_on": str(walk.revision()), "go": go}
        reply = walk.client.post(walk.address("purpose"), data)
    assert "No longer used" in str(next(iter(get_messages(reply.wsgi_request))))


def test_nothing_is_said_while_a_later_question_may_still_be_asked(walk: Walk) -> None:
    walk.to_decision()
    assert said(walk, "confidential", "yes") == []  # consent decides about the lawful basis
    (gone,) = said(walk, "consent", "not-sure")
    assert walk.edition().question("lawful-basis").guide.title in gone


def test_the_right_way_is_unused_only_once_it_is_sure_that_nothing_is_shared() -> None:
    edition = catalogue.shipped()[catalogue.DEFAULT]
    gates = {gate: {"answer": answer} for gate, answer in PLAIN.items()}
    held = {**gates, RIGHT_WAY: FILLED}
    assert unused_steps(Journey(edition, held)) == ()
    assert RIGHT_WAY not in unused_steps(Journey(edition, {**held, "purpose": {}}))
    assert RIGHT_WAY in unused_steps(Journey(edition, {**held, "purpose": {"answer": "no"}}))
