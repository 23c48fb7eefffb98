"""Loads that are cut off, that meet, or that come where people have been at work."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from decisions.demo import alone, loading, reviews
from decisions.demo.cases import Case, State
from decisions.demo.loading import load
from decisions.demo.people import cast
from decisions.demo.reading_cases import shipped
from decisions.demo.timeline import at, happenings
from decisions.records.models import Event, Record, Snapshot
from decisions.review.models import Review
from decisions.wizard.answers import ABOUT
from decisions.wizard.drafts import save_step
from decisions.wizard.models import Draft, Revision
from infoshare.people.models import Membership, Organisation, User
from tests.roles import as_owner

TODAY = date(2026, 11, 22)
# Enough to be cut off in the middle of, and quicker than all of them.
FEW = ("EH-2041", "EH-2066", "HA-1129", "YW-322", "EH-2091")
KILLED_AFTER = """
import os, signal
import django; django.setup()
from django.core.management import call_command
from decisions.demo import loading
kept, sealed = loading.seal, []
def seal(**given):
    if len(sealed) == 5: os.kill(os.getpid(), signal.SIGKILL)
    sealed.append(kept(**given))
    return sealed[-1]
loading.seal = seal
call_command("load_demo")
"""


class CutOff(Exception):
    """Stands for whatever ends a load in the middle."""


def quiet(done: int, total: int) -> None:
    """Nobody is told."""


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> tuple[Case, ...]:
    """A demo of a few cases and no PDF, so that a test can load it more than once."""
    cases = tuple(case for case in shipped() if case.id in FEW)
    monkeypatch.setattr(loading.reading_cases, "shipped", lambda: cases)
    return cases


def assert_whole(cases: tuple[Case, ...]) -> None:
    """Every case and reading is there once, at its time, as one undisturbed load would have it."""
    sealed = [case for case in cases if case.state is State.SEALED]
    assert sorted(draft.answers[ABOUT]["case_reference"] for draft in Draft.objects.all()) == (
        sorted(case.id for case in cases)
    )
    assert dict(Snapshot.objects.values_list("case_reference", "record__sealed_at")) == {
        case.id: at(case.when, TODAY) for case in sealed
    }
    assert Record.objects.count() == len(sealed)
    expected = [
        (one.at, one.case.id, one.reading.looked if one.reading else Event.SEALED)
        for one in happenings(sealed, TODAY)
    ]
    events = Event.objects.order_by("id")
    assert list(events.values_list("at", "record__snapshot__case_reference", "kind")) == expected
    assert Revision.objects.count() == sum(Draft.objects.values_list("revision", flat=True))
    assert User.objects.count() == len(cast().people)
    assert Organisation.objects.count() == len(cast().organisations)


@pytest.mark.parametrize("cut_at", ["draft", "seal", "look"])
@pytest.mark.parametrize("after", [0, 2])
def test_a_load_that_was_cut_off_goes_on_where_it_stood(
    db: None, few: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch, cut_at: str, after: int
) -> None:
    name = {"draft": "save_step", "seal": "seal", "look": "_look"}[cut_at]
    real, calls = getattr(loading, name), []

    def breaks(*args: Any, **given: Any) -> Any:
        if len(calls) == after * (7 if cut_at == "draft" else 1):
            raise CutOff
        calls.append(args)
        return real(*args, **given)

    with monkeypatch.context() as patch:
        patch.setattr(loading, name, breaks)
        with pytest.raises(CutOff):
            load(TODAY, quiet)
    assert load(TODAY, quiet)
    assert_whole(few)
    assert load(TODAY, quiet) == []


def test_what_people_did_in_the_demo_stays(db: None, few: object) -> None:
    load(TODAY, quiet)
    draft = Draft.objects.get(record=None)
    given = {"case_reference": "My own", "agreement": ""}
    based_on = draft.revision
    save_step(draft_id=draft.pk, person=draft.owner, step=ABOUT, given=given, based_on=based_on)
    with as_owner():
        Membership.objects.filter(user__email="wilma@wrenfield.example").delete()
        Organisation.objects.filter(name__startswith="Wrenfield").update(name="Another name")
    assert load(TODAY + timedelta(days=3), quiet) == []
    assert Draft.objects.count() == len(FEW)
    assert not Membership.objects.filter(user__email="wilma@wrenfield.example").exists()


def run(*words: str) -> subprocess.Popen[str]:
    """A process of its own on this test's database, in the demo."""
    url: str = connection.database_url()  # type: ignore[attr-defined]
    env = os.environ | {
        "DATABASE_URL": url,
        "INFOSHARE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "infoshare.settings",
    }
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_a_killed_load_is_finished_by_two_at_once(committed: str) -> None:
    killed = run("-c", KILLED_AFTER)
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert Record.objects.count() == 5
    both = [run("manage.py", "load_demo") for _ in range(2)]
    said = [process.communicate(timeout=180) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("The demo is loaded" in out for out, _ in said) == 1
    assert sum("already there" in out for out, _ in said) == 1
    assert Record.objects.count() == sum(case.state is State.SEALED for case in shipped())
    assert Draft.objects.count() == len(shipped())
    readings = sum(len(case.readings) for case in shipped())
    looked = Event.objects.filter(kind__in=[Event.VIEWED, Event.EXPORTED])
    assert looked.count() == readings
    assert Review.objects.count() == len(reviews.shipped())
    assert User.objects.count() == len(cast().people)


def test_a_load_waits_for_another_and_gives_up_in_the_end(committed: str) -> None:
    holder = run(
        "-c",
        "import django, sys; django.setup()\n"
        "from decisions.demo.alone import alone\n"
        "with alone(print): print('held', flush=True); sys.stdin.read()",
    )
    waited: list[bool] = []
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(alone.Busy),
            alone.alone(lambda: waited.append(True), patience=0.5),
        ):
            pytest.fail("two were alone")
        assert waited == [True]
    finally:
        holder.kill()
        holder.communicate()
    with alone.alone(lambda: waited.append(True), patience=10):
        assert waited[0]
