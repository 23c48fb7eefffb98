"""When things happened, in print, and what marks a record as made afterwards."""

from datetime import date

import pytest

from decisions.documents.when import when

SEALED = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("given", "shared", "afterwards"),
    [
        ({}, "Not written down", ""),
        ({"decided": "4 March 2026", "shared-on": "5 March 2026"}, "Planned for 5 March 2026", ""),
        (
            {"decided": "3 March 2026", "shared-on": "1 March 2026"},
            "1 March 2026",
            "It was decided 1 day before it was sealed",
        ),
        (
            {"shared-on": "1 March 2026"},
            "1 March 2026",
            "It was shared 3 days before it was sealed",
        ),
        ({"shared-on": "soon"}, "soon", ""),
    ],
)
def test_a_record_of_what_is_past_says_so(
    given: dict[str, str], shared: str, afterwards: str
) -> None:
    found = when(given, shares=True, sealed_on=SEALED)
    assert (found.shared, found.afterwards) == (shared, afterwards)


def test_where_nothing_is_shared_no_day_of_sharing_is_asked_for() -> None:
    found = when({"learned": "1 March 2026"}, shares=False, sealed_on=SEALED)
    assert (found.learned, found.shared) == ("1 March 2026", "")
