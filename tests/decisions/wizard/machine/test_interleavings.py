"""One person decides two cases in two tabs, in a hundred different orders."""

import random
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from infoshare.people.models import User
from tests.cast import build
from tests.decisions.wizard.machine.person import Person

ORDERS = 100

# By edition: the gates after those of the start page, and what is decided.
WALKS = {
    "england-2026": {"duty": "court-order", "detriment": "no"},
    "hmg-2008": {"duty": "no", "purpose": "yes", "identifiable": "no"},
}


def walk(me: Person, edition: str) -> Iterator[None]:
    """One case from its start to its seal, a request at a time; each page is opened first."""
    case = me.start(edition)
    yield
    way = {"method": case.edition.methods[0].id, "what": "", "recipient": ""}
    pages = {
        **{gate: {"answer": answer, "reason": ""} for gate, answer in WALKS[edition].items()},
        "right-way": way,
        "decide": {"decision": "share", "reason": ""},
    }
    for step, filled in pages.items():
        based_on = case.revision
        if me.typed % 6 == 0:
            assert me.open(case, me.address(case, "step", step=step)).status_code == 200
            yield
        given = dict.fromkeys(case.fields(step), "")
        given |= {name: text or me.words(case, line=True) for name, text in filled.items()}
        go = "seal" if step == "decide" else "continue"
        assert me.send(case, step, given, go=go, based_on=based_on).status_code == 303
        yield
    page = me.client.get(f"/records/{case.record_id}/")
    me.examine(case, page)
    assert case.marks_in(page.content.decode()) == case.recorded()


@pytest.mark.long
@pytest.mark.usefixtures("seldom_counted")
def test_no_order_mixes_two_cases(committed: str, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(build().priya)
    for seed in range(ORDERS):
        order, me = random.Random(seed), Person(client)
        walks = [walk(me, edition) for edition in WALKS]
        while walks:
            one = order.choice(walks)
            if next(one, one) is one:
                walks.remove(one)
        assert all(case.record_id for case in me.cases) and len(me.cases) == len(WALKS)
        me.leave_nothing_behind()
