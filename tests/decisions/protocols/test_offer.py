"""The offer in the wizard: what is shown, what one press names, and that it changes nothing."""

import uuid
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from decisions.wizard.completeness import missing
from decisions.wizard.models import Draft
from decisions.wizard.standing import journey_of
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk
from tests.decisions.wizard.test_statements import counted
from tests.guidance.protocols.entries import enter

SHOWN = "Agreements that may help"


def test_the_page_offers_those_with_the_recipient(walk: Walk, cast: Cast) -> None:
    homes = enter(cast)
    enter(cast, title="Ended one", status="ended")
    enter(cast, title="About crime", parties="Police", about=["crime"])
    walk.to_decision()
    page = walk.open("right-way").content.decode()
    assert f"{SHOWN} (1)" in page
    assert f'href="/protocols/{homes.pk}/" target="_blank"' in page
    assert "You need none of them to share" in page
    for other in ("Ended one", "About crime"):
        assert other not in page
    assert SHOWN not in walk.open("purpose").content.decode()


def test_naming_one_saves_what_is_typed_first(walk: Walk, cast: Cast) -> None:
    homes = enter(cast)
    walk.to_decision()
    given = {**RIGHT_WAY, "what": "Typed just now"}
    reply = walk.post("right-way", given, go=f"cite:{homes.pk}")
    assert (reply.status_code, reply["Location"]) == (303, walk.address("right-way"))
    held = walk.held()
    assert held["right-way"]["what"] == "Typed just now"
    assert held["about"]["agreement"] == "yes"
    assert held["about"]["protocol"] == "Sharing with Northmoor Homes (NC-7)"
    typed = {**held["about"], "protocol": "", "case_reference": "CASE-2"}
    assert walk.post("about", typed, go=f"cite:{homes.pk}").status_code == 303
    assert walk.held()["about"]["case_reference"] == "CASE-2"
    assert walk.held()["about"]["protocol"] == "Sharing with Northmoor Homes (NC-7)"


def test_one_that_is_not_there_is_not_named_and_nothing_is_lost(walk: Walk, cast: Cast) -> None:
    walk.to_decision()
    for go in (f"cite:{uuid.uuid4()}", "cite:x"):
        given = {**RIGHT_WAY, "what": f"Typed with {go}"}
        assert walk.post("right-way", given, go=go).status_code == 303
        assert walk.held()["right-way"]["what"] == given["what"]
    assert not walk.held()["about"]["agreement"]


def test_it_costs_one_statement_and_only_on_two_pages(walk: Walk, cast: Cast) -> None:
    walk.to_decision()
    for _ in range(3):
        enter(cast)
    costs = {}
    for step in ("urgent", "about", "right-way"):
        walk.open(step)
        with CaptureQueriesContext(connection) as got:
            assert walk.open(step).status_code == 200
        costs[step] = len(counted(got))
    assert costs["about"] == costs["right-way"] == costs["urgent"] + 1
    assert max(costs.values()) <= 9


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=40)
ENTRY = st.fixed_dictionaries({
    "title": TEXT,
    "parties": st.one_of(TEXT, st.just("Northmoor Homes"), st.just("; ;\n\n")),
    "purposes": TEXT,
    "status": st.sampled_from(["agreeing", "in-force", "ended"]),
    "about": st.lists(st.sampled_from([*PLAIN.values(), "weather"]), max_size=3),
    "reference": TEXT,
})  # fmt: skip


def test_nothing_in_the_register_changes_a_decision(walk: Walk, cast: Cast) -> None:
    """Any register, any answer about protocols: the same steps, outcome, needs and replies."""
    walk.to_decision()
    plain = stand(walk)

    # An example costs two pages: a failure is said at once, without looking for a smaller one.
    @settings(max_examples=max(5, settings.default.max_examples // 4), phases=[Phase.generate])
    @given(
        register=st.lists(ENTRY, max_size=4),
        agreement=st.sampled_from(["yes", "no", "not-known", ""]),
        named=TEXT.filter(lambda text: "\n" not in text and "\r" not in text),
    )
    def holds(register: list[dict[str, Any]], agreement: str, named: str) -> None:
        for entry in register:
            enter(cast, **entry)
        said = {**walk.held()["about"], "agreement": agreement, "protocol": named}
        walk.save("about", said)
        assert stand(walk) == plain

    holds()


def stand(walk: Walk) -> tuple[Any, ...]:
    """All that a draft asks of a person and answers them, as far as it could be held up."""
    journey = journey_of(Draft.objects.get(pk=walk.draft.pk))
    needs = {step: missing(journey, step, journey.answers.get(step, {})) for step in journey.steps}
    page = walk.open("right-way")
    on = walk.post("right-way", RIGHT_WAY)
    conclusion = journey.conclusion
    return (
        *(journey.steps, journey.first_open, conclusion.outcome, conclusion.path, needs),
        *(page.status_code, page.content.count(b"error"), page.content.count(b" required")),
        *(on.status_code, on["Location"]),
    )
