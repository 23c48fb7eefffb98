"""What is chosen for an export: in words, in order, frozen; and a sample drawn again."""

from collections import Counter
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.export import planning
from decisions.export.choosing import Choice, Sample, Strata
from decisions.export.foretelling import duration, foretell
from decisions.export.models import Export, ExportRecord, Form
from decisions.kept_pdf.models import RecordPdf
from decisions.register.models import Entry
from decisions.register.terms import Sort
from tests.cast import Cast

ROWS = Entry.objects.all()


def plan(cast: Cast, choice: Choice | None = None, **more: Any) -> Export:
    return planning.plan_export(
        person=cast.ada,
        organisation=cast.northmoor,
        choice=choice or Choice([]),
        **{"rows": Entry.objects.all(), "form": Form.WHOLE, "purpose": "The audit", **more},
    )


def chosen(export: Export) -> list[Any]:
    rows = ExportRecord.objects.filter(export=export).order_by("place")
    assert list(rows.values_list("place", flat=True)) == list(range(1, export.total + 1))
    return list(rows.values_list("record", flat=True))


def test_a_whole_choice_stands_in_the_registers_order(cast: Cast, entries: list[Entry]) -> None:
    ids = [one.pk for one in entries[:7]]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        newest = plan(cast)
    assert len(asked) < 15
    assert chosen(newest) == ids[::-1]
    assert (newest.found, newest.total, newest.seed, newest.strata) == (7, 7, "", "")
    assert newest.chosen == "All sealed decisions of the organisation (7). Newest first."
    by_reference = plan(cast, Choice(["Team: Adults"], Sort.REFERENCE))
    assert chosen(by_reference) == [one.pk for one in sorted(entries[:7], key=str)]
    assert "All sealed decisions that fit (7): Team: Adults. By reference." in by_reference.chosen
    by_review = plan(cast, Choice([], Sort.REVIEW_DUE))
    assert set(chosen(by_review)) == set(ids)
    # The plans before are gone: nobody confirmed them.
    assert Export.objects.get() == by_review


def test_a_sample_is_spread_and_can_be_drawn_again(cast: Cast, entries: list[Entry]) -> None:
    def draw(size: int, strata: Strata, seed: str) -> list[Any]:
        return chosen(plan(cast, Choice([], sample=Sample(size, strata, seed))))

    drawn = draw(3, Strata.PRACTITIONER, "2026")
    assert drawn == draw(3, Strata.PRACTITIONER, "2026")
    owner = {one.pk: one.owner_id for one in entries}
    assert Counter(owner[one] for one in drawn) == {cast.priya.pk: 2, cast.tom.pk: 1}
    assert len({tuple(draw(3, Strata.NOTHING, seed)) for seed in "abcdef"}) > 1
    for strata in Strata:
        assert len(draw(4, strata, "x")) == 4
    export = Export.objects.get()
    assert (export.found, export.total, export.seed, export.strata) == (7, 4, "x", "month")
    assert "A sample (4) of the sealed decisions of the organisation (7)." in export.chosen
    assert "spread over months in which they were sealed, with the seed “x”" in export.chosen


def test_what_cannot_be_planned_leaves_the_plan_before(
    cast: Cast, entries: list[Entry], settings: Any, tmp_path: Any
) -> None:
    before = plan(cast)
    with pytest.raises(planning.NothingFits):
        plan(cast, rows=ROWS.filter(decision="ask-consent"))
    with pytest.raises(planning.SampleTooLarge) as refused:
        plan(cast, Choice([], sample=Sample(8, Strata.TEAM, "x")))
    assert refused.value.found == 7
    cast.northmoor.export_most = 6
    with pytest.raises(planning.TooMany) as too_many:
        plan(cast)
    assert (too_many.value.wanted, too_many.value.most) == (7, 6)
    assert plan(cast, Choice([], sample=Sample(6, Strata.TEAM, "x"))).total == 6
    settings.LEDGER_FOLDER = tmp_path / "elsewhere"
    with pytest.raises(planning.CannotSign):
        plan(cast)
    (now,) = Export.objects.all()
    assert now.pk != before.pk and now.total == 6
    assert ExportRecord.objects.count() == 6


def test_what_it_will_have_is_told_before(cast: Cast, entries: list[Entry]) -> None:
    body = b"%PDF" + b"x" * 49_996
    for one in entries[:2]:
        RecordPdf.objects.create(
            record_id=one.pk, sha256=sha256(body).hexdigest(), size=50_000, body=body
        )
    told = foretell(plan(cast))
    assert told.by_decision == {"Share": 6, "Do not share": 1}
    assert told.by_team == {"Adults": 2, "Early Help": 5}
    assert told.missing == 5
    assert 450_000 <= told.size < 560_000
    assert told.time == "less than a minute"
    assert told.has_room
    assert foretell(plan(cast, form=Form.PSEUDONYMISED)).missing == 0
    said = [duration(one) for one in (5, 61, 360, 5_000, 5_400, 86_400)]
    assert said == [
        "less than a minute",
        "about a minute",
        "about 6 minutes",
        "about 83 minutes",
        "about 2 hours",
        "about 24 hours",
    ]
