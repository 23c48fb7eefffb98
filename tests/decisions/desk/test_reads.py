"""Who read which records: for auditors, by person and period, page by page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from decisions.desk import newest, reads
from decisions.records.events import note_viewed
from decisions.records.models import Event, Record
from infoshare import clock
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.desk.test_desk import text
from tests.decisions.walk import Walk

SignIn = Callable[[User], Client]


def boxes(name: str, ago: int) -> dict[str, int]:
    day = clock.today() - timedelta(days=ago)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def record(walk: Walk, cast: Cast) -> Record:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    long_ago = clock.now() - timedelta(days=40)
    Event.objects.create(record=record, kind=Event.VIEWED, actor=cast.omar, at=long_ago)
    for person in (cast.priya, cast.maya):
        note_viewed(record=record, person=person)
    exported = {"details": {"export": "1"}, "actor": cast.ada}
    Event.objects.create(record=record, kind=Event.VIEWED, **exported)
    return record


def test_reads_by_person_and_period(record: Record, cast: Cast, signed_in: SignIn) -> None:
    ada = signed_in(cast.ada)

    def readers(address: str = "/audit/reads/", **asked: Any) -> list[str]:
        page = text(ada, f"{address}?{urlencode(asked)}" if asked else address)
        lines = [line for line in page.split("<dd>")[1:] if " read " in line]
        return [line.split(" read ")[0] for line in lines]

    maya, priya, omar = cast.maya.name, cast.priya.name, cast.omar.name
    assert readers() == [maya, priya]
    assert readers(person="") == [maya, priya, omar]
    assert readers(person=cast.omar.pk) == [omar]
    assert readers(whose="others") == [maya, omar]
    assert readers(**boxes("since", 50), **boxes("until", 40)) == [omar]
    assert readers(**boxes("until", 41)) == []
    alone = f"/audit/reads/{record.pk}/"
    assert readers(alone) == [maya, priya, omar]
    assert f"{cast.ada.name} put it into an export</dd>" in text(ada, alone)
    page = text(ada, "/audit/reads/")
    assert f">{record.reference}</a> of {cast.early_help.name}, their own record" in page
    assert f'href="/audit/reads/{record.pk}/"' in text(ada, f"/records/{record.pk}/")
    assert "Choose one of the answers" in text(ada, f"/audit/reads/?person={cast.olu.pk}")
    wrong = {**boxes("since", 1), **boxes("until", 2)}
    assert "before the first one" in text(ada, f"/audit/reads/?{urlencode(wrong)}")
    assert record.reference not in text(signed_in(cast.abel), "/audit/reads/?person=")


@pytest.mark.parametrize("few", [300, 0])
def test_reads_page_by_page(
    few: int, record: Record, cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FEW", few)
    monkeypatch.setattr(reads, "A_PAGE", 1)
    ada, address, seen = signed_in(cast.ada), "/audit/reads/?person=", []
    while address:
        page = text(ada, address)
        seen += [
            one.name for one in (cast.omar, cast.priya, cast.maya) if f"{one.name} read" in page
        ]
        older = [part.split('"')[0] for part in page.split('<a class="govuk-link" href="?')[1:]]
        address = f"/audit/reads/?{older[0].replace('&amp;', '&')}" if older else ""
    assert seen == [cast.maya.name, cast.priya.name, cast.omar.name]
    for wrong in ("x", "2026-13-01T00:00:00.000000Z-1", "2026-01-01T00:00:00.000000Z"):
        assert f"{cast.maya.name} read" in text(ada, f"/audit/reads/?person=&before={wrong}")
