"""Seals from many processes at once, and a process that is killed on the way."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from hypothesis import settings

from decisions.evidence.checking import check_everything
from decisions.records.models import Record
from decisions.records.sealing import seal
from decisions.wizard.models import Draft
from infoshare.ledger import leaf
from infoshare.ledger.models import Leaf
from infoshare.people.models import User
from tests.cast import build
from tests.decisions.evidence import world
from tests.decisions.walk import begin

pytestmark = pytest.mark.usefixtures("committed")
PROCESSES = 8
SEALS = 200 if settings().max_examples >= 1_000 else 24


@pytest.fixture
def ready() -> Draft:
    """A committed draft of Priya's that only has to be sealed."""
    people = build()
    world.state_found_rows()
    walk = begin(Client(), people.priya, people.early_help)
    walk.to_decision()
    walk.save("decide", {"decision": "share", "reason": "Agreed"})
    return Draft.objects.get()


def copies(draft: Draft, count: int) -> list[Draft]:
    """The draft so many times more, each ready to be sealed."""
    held = {f.attname: getattr(draft, f.attname) for f in Draft._meta.fields if f.name != "id"}
    return Draft.objects.bulk_create(
        Draft(**{**held, "begun_by": None, "group": None}) for _ in range(count)
    )


def seal_it(draft_id: Any) -> Any:
    """The record's id, from a process with a connection of its own."""
    draft = Draft.objects.get(pk=draft_id)
    person = User.objects.get(pk=draft.owner_id)
    return seal(draft_id=draft.pk, person=person, seen_revision=draft.revision).pk


def test_seals_from_many_processes_leave_no_gap_no_fork_no_double(ready: Draft) -> None:
    drafts = [one.pk for one in copies(ready, SEALS)]
    connections.close_all()
    with get_context("fork").Pool(PROCESSES) as pool:
        acknowledged = pool.map(seal_it, [*drafts, *drafts[:PROCESSES]], chunksize=1)
    assert set(acknowledged) == set(Record.objects.values_list("pk", flat=True))
    said = [
        leaf.read(bytes(row)) for row in Leaf.objects.order_by("seq").values_list("leaf", flat=True)
    ]
    assert [one.seq for one in said] == list(range(1 + SEALS))
    assert {one.record for one in said[1:]} == set(acknowledged)
    assert check_everything().findings == ()


def test_a_process_that_is_killed_leaves_all_or_nothing(ready: Draft) -> None:
    """SIGKILL before each statement of a seal, before the commit, and right after it."""
    steps = sealed = 0
    while was_killed(ready, steps):
        sealed = Record.objects.count()
        assert Leaf.objects.count() == 1 + sealed
        assert check_everything().findings == ()
        steps += 1
        if sealed:
            break
    assert (sealed, steps > 12) == (1, True)
    again = seal_it(ready.pk)
    assert list(Record.objects.values_list("pk", flat=True)) == [again]
    assert check_everything().findings == ()


def was_killed(draft: Draft, steps: int) -> bool:
    """Whether a process that seals the draft was killed after so many steps."""
    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    try:
        count_down(steps)
        seal_it(draft.pk)
    finally:
        os._exit(0)


def count_down(steps: int) -> None:
    left = steps

    def step() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def before(execute: Callable[..., Any], *given: Any) -> Any:
        step()
        return execute(*given)

    commit = connection._commit

    def around_commit() -> None:
        step()
        commit()
        step()

    connection.ensure_connection()
    connection.execute_wrappers.append(before)
    connections["default"]._commit = around_commit
