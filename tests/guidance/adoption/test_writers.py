"""Adopting, withdrawing and ending, and what PostgreSQL itself refuses."""

import threading
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from guidance.adoption.models import Adoption, AdoptionEnd
from guidance.adoption.standing import standing_of
from guidance.adoption.writers import (
    NotThen,
    Refused,
    adopt_edition,
    end_adoption,
    withdraw_adoption,
)
from guidance.models import StoredEdition
from guidance.rulebook import catalogue
from infoshare import clock
from tests.cast import Cast, build
from tests.guidance.adoption.conftest import Adopt, in_days
from tests.roles import as_owner


def test_it_keeps_the_exact_files_and_is_one_when_sent_twice(cast: Cast, adopt: Adopt) -> None:
    note = {"reviewed_by": "Solicitor", "reviewed_on": in_days(-2), "found": "Fit for use"}
    made = adopt(**note)
    assert made.edition_id == catalogue.shipped()[catalogue.DEFAULT].digest
    assert adopt(**note) == made
    standing = standing_of(cast.northmoor.pk)
    assert standing.in_force == made
    assert standing.edition == catalogue.shipped()[catalogue.DEFAULT]
    assert standing_of(cast.southfield.pk).in_force is None


@pytest.mark.parametrize(
    ("first", "last", "more", "field", "words"),
    [
        (-1, None, {}, "begins_on", "is in the past"),
        (0, None, {"found": "Other words"}, "begins_on", "Another adoption begins on"),
        (5, None, {}, "begins_on", "overlaps the adoption that runs from"),
        (1, 4, {}, "begins_on", "overlaps the adoption that begins on"),
        (20, 19, {}, "ends_on", "before the first one"),
        (20, None, {"edition": "hmg-2008"}, "edition", "is withdrawn. It is for training"),
        (20, None, {"reviewed_by": "", "reviewed_on": None}, "reviewed_by", "Say who"),
        (20, None, {"reviewed_on": None}, "reviewed_on", "Say when"),
        (20, None, {"reviewed_on": "tomorrow"}, "reviewed_on", "cannot be in the future"),
        (20, None, {"found": " \n"}, "found", "Say what was found"),
    ],
)
def test_what_is_refused(
    adopt: Adopt, first: int, last: int | None, more: dict[str, Any], field: str, words: str
) -> None:
    note = {"reviewed_by": "Solicitor", "reviewed_on": in_days(0), "found": "Fit for use"}
    adopt(0)
    adopt(4, 9)
    given = {**note, **more}
    if "edition" in given:
        given["edition"] = catalogue.shipped()[given["edition"]]
    if given["reviewed_on"] == "tomorrow":
        given["reviewed_on"] = in_days(1)
    with pytest.raises(Refused) as refused:
        adopt(first, last, **given)
    assert words in refused.value.messages[field]
    assert Adoption.objects.count() == 2


def test_what_has_not_begun_is_withdrawn_and_what_runs_is_ended(cast: Cast, adopt: Adopt) -> None:
    running, to_come = adopt(0, 30), adopt(40)
    with pytest.raises(NotThen):
        withdraw_adoption(adoption=running, person=cast.lena)
    with pytest.raises(NotThen):
        end_adoption(adoption=to_come, person=cast.lena)
    gone = withdraw_adoption(adoption=to_come, person=cast.lena)
    assert withdraw_adoption(adoption=to_come, person=cast.lena) == gone
    adopt(40)  # the day is free again
    with pytest.raises(Refused):
        adopt(1)
    ended = end_adoption(adoption=running, person=cast.lena)
    assert ended.last_day == clock.today()
    assert end_adoption(adoption=running, person=cast.lena) == ended
    next_one = adopt(1)
    with clock.set_to(datetime.combine(in_days(1), time(12), UTC)):
        assert standing_of(cast.northmoor.pk).in_force == next_one


def test_the_database_refuses_it_too(cast: Cast, adopt: Adopt) -> None:
    kept = adopt(0, 9)

    def insert(first: int, last: int | None = None) -> None:
        with transaction.atomic():
            Adoption.objects.create(
                organisation=cast.northmoor,
                edition_id=kept.edition_id,
                begins_on=in_days(first),
                ends_on=None if last is None else in_days(last),
                adopted_by=cast.lena,
            )

    for days in ((-1, None), (0, None), (9, None), (20, 19)):
        with pytest.raises(DatabaseError):
            insert(*days)
    insert(10, 12)
    for last_day in (None, in_days(-1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            AdoptionEnd.objects.create(adoption=kept, last_day=last_day, by=cast.lena)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), as_owner():
        Adoption.objects.update(begins_on=in_days(1))
    assert Adoption.objects.count() == 2


def test_of_two_leads_at_once_one_is_refused(committed: str) -> None:
    cast, ends = build(), []
    edition = catalogue.shipped()[catalogue.DEFAULT]
    both = threading.Barrier(2)

    def adopt(found: str) -> None:
        both.wait()
        try:
            adopt_edition(
                organisation=cast.northmoor,
                person=cast.lena,
                edition=edition,
                begins_on=clock.today() + timedelta(days=1),
                reviewed_by="Solicitor",
                reviewed_on=clock.today(),
                found=found,
            )
            ends.append("adopted")
        except Refused:
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=adopt, args=[words]) for words in ("One", "Another")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == ["adopted", "refused"]
    assert Adoption.objects.count() == StoredEdition.objects.count() == 1
