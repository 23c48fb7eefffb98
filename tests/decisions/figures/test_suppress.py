"""What is held back cannot be worked out from what is shown, by subtraction or by trying out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.figures import suppress
from decisions.figures.publishing import Counts, Row, publish_parts, publish_year, total_of
from decisions.figures.suppress import LEAST

Flat = tuple[int | None, ...]
Edge = tuple[str, str, int, bool]  # from, to, how much, whether it is shown


def flat(rows: Sequence[Row]) -> Flat:
    return tuple(one for row in rows for one in (row.total, *row.parts))


def true(rows: Sequence[Counts]) -> tuple[int, ...]:
    return tuple(one for row in rows for one in (sum(row), *row))


def everything(cells: Mapping[int, Sequence[Counts]], wide: int) -> tuple[Flat, tuple[int, ...]]:
    """What is shown of months with teams in them, and what it is of: year, quarters, months, teams.

    `cells` has for each month the counts of each team.
    """
    months = {month: total_of(teams, wide) for month, teams in cells.items()}
    teams = {
        place: total_of([one[place] for one in cells.values()], wide)
        for place in range(len(next(iter(cells.values()))))
    }
    year = publish_year(months, wide)
    quarters = {
        number: total_of([months[one] for one in months if (one + 2) // 3 == number], wide)
        for number in year.quarters
    }
    shown = [year.whole, *year.quarters.values(), *(year.months[month] for month in months)]
    shown += publish_parts(year.whole, teams).values()
    truth = [total_of(list(months.values()), wide), *quarters.values(), *months.values()]
    return flat(shown), true([*truth, *teams.values()])


def sums(total: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to put so many decisions into so many places."""
    for bars in combinations(range(total + places - 1), places - 1):
        ends = (-1, *bars, total + places - 1)
        yield tuple(ends[one + 1] - ends[one] - 1 for one in range(places))


@pytest.mark.parametrize(
    ("months", "teams", "wide", "most"),
    [((1, 4), 2, 2, 6), ((1, 2, 4), 1, 2, 7), ((1, 4), 1, 3, 7), ((1, 4, 7), 1, 2, 11)],
)
def test_whoever_knows_the_rules_and_tries_out_every_case_cannot_tell(
    months: tuple[int, ...], teams: int, wide: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 2 in place of 5, so that every case there is can be tried."""
    monkeypatch.setattr(suppress, "LEAST", 2)
    monkeypatch.setattr("decisions.figures.publishing.LEAST", 2)
    for total in {2, 4, most - 1, most}:
        found: dict[Flat, list[set[int]]] = {}
        for case in sums(total, len(months) * teams * wide):
            cut = iter(case)
            cells = {
                m: [tuple(next(cut) for _ in range(wide)) for _ in range(teams)] for m in months
            }
            shown, truth = everything(cells, wide)
            possible = found.setdefault(shown, [set() for _ in truth])
            for numbers, number in zip(possible, truth, strict=True):
                numbers.add(number)
        for shown, possible in found.items():
            held = [numbers for one, numbers in zip(shown, possible, strict=True) if one is None]
            assert all(len(numbers) > 1 for numbers in held), shown


small = st.integers(0, 12)
rows = st.integers(2, 4).flatmap(
    lambda wide: st.lists(st.lists(small, min_size=wide, max_size=wide), min_size=1, max_size=7)
)


@given(rows)
def test_no_subtraction_finds_what_a_table_holds_back(table: list[list[int]]) -> None:
    """An independent check: the table as a network, where what is unknown can flow round."""
    wide = len(table[0])
    whole = publish_year({1: total_of(table, wide)}, wide).whole
    shown = publish_parts(whole, dict(enumerate(table)))
    if whole.total is None:
        assert flat([whole, *shown.values()]) == (None,) * (wide + 1) * (len(table) + 1)
        return
    edges = network(table, whole, shown)
    for edge in edges:
        if edge[3]:
            assert edge[2] >= LEAST
        else:
            assert room(edges, edge) >= LEAST, edge


@given(st.dictionaries(st.sampled_from(range(1, 13)), st.tuples(small, small, small), min_size=1))
def test_what_a_period_holds_back_stays_so_in_its_parts(months: dict[int, Counts]) -> None:
    year = publish_year(months, 3)
    for number, quarter in year.quarters.items():
        assert quarter.total is None or year.whole.total is not None
        inner = [row for month, row in year.months.items() if (month + 2) // 3 == number]
        for outer, parts in ((year.whole, [quarter]), (quarter, inner)):
            for place, part in enumerate(outer.parts):
                assert part is not None or all(row.parts[place] is None for row in parts)
        together = [one for row in inner for one in (row.total,)]
        if quarter.total is not None and None not in together:
            assert sum(together) == quarter.total


def network(table: list[list[int]], whole: Row, shown: Mapping[int, Row]) -> list[Edge]:
    """Every number as an edge, so that what comes into each node goes out of it."""
    edges: list[Edge] = []
    for place, part in enumerate(whole.parts):
        edges.append((f"c{place}", "rows", sum(row[place] for row in table), part is not None))
    for name, row in shown.items():
        edges.append(("columns", f"r{name}", sum(table[name]), row.total is not None))
        for place, part in enumerate(row.parts):
            edges.append((f"r{name}", f"c{place}", table[name][place], part is not None))
    edges.append(("rows", "columns", sum(map(sum, table)), True))
    return edges


def room(edges: list[Edge], edge: Edge) -> int:
    """How many more or fewer a hidden number can be, all that is shown staying as it is."""
    start, end, number, _ = edge
    more = flow(edges, edge, end, start, LEAST + 1)
    fewer = min(number, flow(edges, edge, start, end, number))
    return more + fewer


def flow(edges: list[Edge], without: Edge, start: str, end: str, most: int) -> int:
    """How much can go from start to end over the other hidden numbers, at most `most`."""
    left: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for a, b, number, is_shown in edges:
        if not is_shown and (a, b) != without[:2]:
            left[a][b] += 10_000
            left[b][a] += number
    sent = 0
    while sent < most:
        came = {start: ""}
        queue = [start]
        for node in queue:
            for other, much in left[node].items():
                if much > 0 and other not in came:
                    came[other] = node
                    queue.append(other)
        if end not in came:
            break
        node = end
        while came[node]:
            left[came[node]][node] -= 1
            left[node][came[node]] += 1
            node = came[node]
        sent += 1
    return sent
