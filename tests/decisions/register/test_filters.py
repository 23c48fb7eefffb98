"""What a view finds, beside a plain model of it; and that turning pages sees all of it once."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.register.cursor import Place, read, write
from decisions.register.models import Entry
from decisions.register.selecting import A_PAGE, chosen, count, page, place_of
from decisions.register.terms import NO_REVIEW, NOT_ASKED, Sort
from decisions.register.view import View
from infoshare import clock
from tests.cast import Cast
from tests.decisions.register.many import BEGAN, enter_many
from tests.roles import as_owner

TODAY = date(2026, 3, 5)
WORDS = ("mould", "school", "landlord")
BODIES = ("", "Oaks School", "Northmoor Homes")
FEW = settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
Row = Mapping[str, Any]

MODEL: Mapping[str, Callable[[Row, Any], bool]] = {
    "state": lambda row, v: row["review_state"] == ("" if v == NO_REVIEW else v),
    "decision": lambda row, v: row["decision"] == v,
    "outcome": lambda row, v: row["outcome"] == v,
    "rule": lambda row, v: row["rule"] == v,
    "departure": lambda row, v: row["is_departure"] == (v == "yes"),
    "setting": lambda row, v: row["gates"].get("setting", NOT_ASKED) == v,
    "basis": lambda row, v: row["gates"].get("lawful-basis", NOT_ASKED) == v,
    "edition": lambda row, v: row["edition"] == v,
    "team": lambda row, v: str(row["team"].pk) == v,
    "practitioner": lambda row, v: str(row["owner"].pk) == v,
    "since": lambda row, v: timezone.localdate(row["sealed_at"]) >= v,
    "until": lambda row, v: timezone.localdate(row["sealed_at"]) <= v,
    "recipient": lambda row, v: row["recipient"] == v,
    "words": lambda row, v: v in row["reason"].split() or v.title() in row["recipient"].split(),
    "marked": lambda row, v: {
        "urgent": row["gates"].get("urgent") == "yes",
        "withdrawal-open": row["withdrawal_open"],
        "consent-overridden": row["gates"].get("consent") == "refused"
        and row["decision"] == "share"
        and row["gates"].get("setting") != "safeguarding-child",
    }[v],
    "overdue": lambda row, v: bool(
        (row["review_due"] and row["review_due"] < TODAY and not row["reviewed_at"])
        or (row["follow_up_due"] and row["follow_up_due"] < TODAY)
    ),
}


def rows(cast: Cast) -> list[dict[str, Any]]:
    """Sixty decisions, each column in a beat of its own, so that filters cross in many ways."""
    places = [(cast.priya, cast.early_help), (cast.tom, cast.early_help)]
    places += [(cast.omar, cast.adults), (cast.olu, cast.pastoral)]

    def turn(number: int, *values: Any) -> Any:
        return values[number % len(values)]

    made = []
    for n in range(60):
        owner, team = places[n % 4]
        gates = {"setting": turn(n, "crime", "safeguarding-child", None, "other", "crime")}
        gates |= {"lawful-basis": turn(n // 2, "consent", None, "public-task")}
        gates |= {"urgent": turn(n, "no", "no", "yes"), "consent": turn(n // 3, "refused", "given")}
        gates = {name: value for name, value in gates.items() if value}
        made.append(
            {
                "owner": owner,
                "team": team,
                "gates": gates,
                "decision": turn(n // 4, "share", "do-not-share"),
                "outcome": turn(n // 3, "share", "seek-advice"),
                "rule": turn(n // 5, "consent", "public-interest"),
                "is_departure": n % 7 == 0,
                "edition": turn(n // 6, "england-2026", "hmg-2008"),
                "sealed_at": BEGAN + timedelta(hours=5 * (n // 2)),  # two at each moment
                "recipient": BODIES[n // 2 % 3],
                "reason": WORDS[n // 3 % 3] + " and more",
                "review_state": turn(n, "", "waiting", "agreed"),
                "review_due": turn(n, None, date(2026, 3, 1 + n % 9), date(2026, 3, 4)),
                "reviewed_at": turn(n, None, None, BEGAN),
                "follow_up_due": turn(n // 7, None, date(2026, 3, 1 + n % 9)),
                "withdrawal_open": n % 11 == 0,
            }
        )
    return made


def values(cast: Cast) -> dict[str, list[Any]]:
    """Values to narrow each filter by."""
    return {
        "state": [NO_REVIEW, "waiting", "agreed"],
        "marked": ["urgent", "withdrawal-open", "consent-overridden"],
        "overdue": ["yes"],
        "decision": ["share", "do-not-share"],
        "outcome": ["share", "seek-advice"],
        "departure": ["yes", "no"],
        "rule": ["consent", "public-interest"],
        "setting": ["crime", "safeguarding-child", NOT_ASKED],
        "basis": ["consent", NOT_ASKED],
        "edition": ["england-2026", "hmg-2008"],
        "team": [str(one.pk) for one in cast.teams],
        "practitioner": [str(one.pk) for one in (cast.priya, cast.tom, cast.olu)],
        "since": [date(2026, 3, 4)],
        "until": [date(2026, 3, 4)],
        "recipient": list(BODIES[1:]),
        "words": list(WORDS),
    }


def test_filters_find_what_a_plain_model_finds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    made = rows(cast)
    entries = enter_many(made)
    known = values(cast)
    reach = {
        cast.maya: {cast.early_help},
        cast.omar: {cast.adults},
        cast.ada: {cast.early_help, cast.adults},
        cast.priya: set(),
    }
    one_of = st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in known.items()})

    def agree(person: Any, asked: Mapping[str, Any]) -> None:
        wanted = {
            entry.pk
            for row, entry in zip(made, entries, strict=True)
            if row["team"] in reach[person] and all(MODEL[n](row, v) for n, v in asked.items())
        }
        found = chosen(person, View(**asked))
        assert set(found.values_list("pk", flat=True)) == wanted, asked
        assert count(found) == len(wanted)

    for name, several in known.items():
        for value in several:
            for person in (cast.maya, cast.ada, cast.priya):
                agree(person, {name: value})

    @given(st.sampled_from(list(reach)), one_of)
    @FEW
    def together(person: Any, asked: dict[str, Any]) -> None:
        agree(person, dict(list(asked.items())[:4]))

    together()


@pytest.mark.parametrize("sort", Sort)
def test_turning_pages_sees_each_record_once_while_others_write(sort: Sort, cast: Cast) -> None:
    made = [row for row in rows(cast) if row["team"] != cast.pastoral]
    before = {entry.pk for entry in enter_many(made)}

    def late(number: int) -> dict[str, Any]:
        return {"owner": cast.priya, "team": cast.early_help} | {
            "sealed_at": BEGAN + timedelta(hours=number),
            "review_due": date(2026, 3, 1 + number % 9),
        }

    @given(st.lists(st.integers(-50, 250), max_size=3))
    @settings(FEW, max_examples=3)
    def turned(sealed: list[int]) -> None:
        found, place, pages = [], None, []
        while True:
            got = page(chosen(cast.ada, View(sort=sort)), sort, place, None)
            found += [entry.pk for entry in got.entries]
            pages.append(got)
            if not got.has_later:
                break
            place = read(sort, write(sort, place_of(got.entries[-1], sort)))
            enter_many(late(number) for number in sealed)
        assert before <= set(found) and len(found) == len(set(found))
        first = page(
            chosen(cast.ada, View(sort=sort)), sort, None, place_of(pages[1].entries[0], sort)
        )
        assert len(first.entries) == A_PAGE  # the page before, which may hold newer ones by now
        assert first.entries[-1].pk == pages[0].entries[-1].pk or sealed
        with as_owner():
            Entry.objects.exclude(pk__in=before).delete()

    turned()


@pytest.mark.parametrize(
    "text",
    [
        *("", "newest", "newest~x~y", "oldest~2026-03-02T09:00:00.000000Z~" + "0" * 32),
        *("newest~2026-03-02T09:00:00.000000Z~" + "0" * 31, "newest~2026-13-02T09:00:00.000000Z~"),
        *("newest~2026-3-02T09:00:00.000000Z~" + "0" * 32, "newest~2026-03-02~" + "0" * 32),
        "newest~2026-03-02T09:00:00.000000Z~" + "0" * 32 + "'",
    ],
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read("newest", text)


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(BEGAN, UUID(int=7))
    assert read("newest", write("newest", place)) == place
