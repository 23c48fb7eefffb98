"""The register's pages over 10,000 and over 1,000,000 decisions of 200 organisations.

Twenty views, which between them set and leave out every two filters together in every way, each
at its first page and half way down the list, as the auditor of one organisation sees them. Each
page is asked for in whole, by Django's test client, on both databases. What PostgreSQL does for
it is held against hand-written SQL for the same rows, in the same run; and no plan may read a
large table from end to end.
"""

import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.urls import reverse  # noqa: E402

from infoshare.people.models import User  # noqa: E402
from tests.benchmarks import many_decisions  # noqa: E402
from tests.benchmarks.measure import machine, say  # noqa: E402
from tests.committed import own_database  # noqa: E402
from tests.roles import work_as_superuser  # noqa: E402

FEW, MANY = 10_000, 1_000_000
VIEWS, RUNS = 20, 9
MOST_GROWTH, MOST_SQL, MOST_STATEMENTS = 2.0, 3.0, 12
LARGE = {"decisions_entry", "decisions_record", "decisions_snapshot", "decisions_draft"}
# The list, its number, its names, the look at what was typed; not what is late, on the first page.
# Nor what waits behind the links of the header, which every page counts.
OWN = re.compile(
    r'^(?!SELECT \(SELECT coalesce).*(FROM "decisions_entry"|"snapshot__case_reference"|numnode)',
    re.DOTALL,
)

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Filter:
    """A filter: what its form sends, and the same in SQL."""

    sent: Pairs
    sql: str


def filters(place: many_decisions.Place, edition: str) -> dict[str, Filter]:
    """One value of each, all of them ones that many decisions have."""
    team, person = place.team, place.people[1]
    return {
        "state": Filter([("state", "waiting")], "e.review_state = 'waiting'"),
        "overdue": Filter(
            [("overdue", "yes")],
            "((e.review_due < current_date AND e.reviewed_at IS NULL) OR (e.follow_up_due <"
            " current_date AND NOT EXISTS (SELECT 1 FROM decisions_draft d JOIN decisions_record"
            " r ON r.draft_id = d.id WHERE d.acted_on_id = e.record_id)))",
        ),
        "marked": Filter([("marked", "consent-overridden")], "e.consent_overridden"),
        "decision": Filter([("decision", "share")], "e.decision = 'share'"),
        "outcome": Filter([("outcome", "share")], "e.outcome = 'share'"),
        "departure": Filter([("departure", "no")], "NOT e.is_departure"),
        "rule": Filter([("rule", "public-interest")], "e.rule = 'public-interest'"),
        "setting": Filter([("setting", "crime")], "e.setting = 'crime'"),
        "basis": Filter([("basis", "public-task")], "e.lawful_basis = 'public-task'"),
        "edition": Filter([("edition", "england-2026")], f"e.edition_id = '{edition}'"),
        "team": Filter([("team", str(team))], f"e.team_id = '{team}'"),
        "practitioner": Filter([("practitioner", str(person))], f"e.owner_id = '{person}'"),
        "recipient": Filter([("recipient", "Oaks School")], ""),
        "words": Filter([("words", "risk")], ""),
        "since": Filter(_day("since", 2024), "e.sealed_at >= '2024-01-02'"),
        "until": Filter(_day("until", 2026), "e.sealed_at < '2026-01-03'"),
    }


def _day(name: str, year: int) -> Pairs:
    return [(f"{name}_day", "2"), (f"{name}_month", "1"), (f"{name}_year", str(year))]


def covering(names: Sequence[str]) -> list[frozenset[str]]:
    """Sets of filters: of every two filters each of the four ways to have them or not occurs.

    First none and some that people use alone, then as few as chance finds for the rest.
    """
    alone = ("state", "overdue", "rule", "words", "recipient", "practitioner")
    chosen = [frozenset[str](), *(frozenset([one]) for one in alone)]
    ways = set(product(combinations(names, 2), product((True, False), repeat=2)))
    chance = random.Random(6)

    def met(row: frozenset[str]) -> set[Any]:
        return {
            ((a, b), (in_a, in_b))
            for (a, b), (in_a, in_b) in ways
            if (a in row) is in_a and (b in row) is in_b
        }

    for row in chosen:
        ways -= met(row)
    while ways:
        tried = [frozenset(n for n in names if chance.random() < 0.5) for _ in range(40)]
        best = max(tried, key=lambda row: len(met(row)))
        ways -= met(best)
        chosen.append(best)
    singles = (frozenset([one]) for one in names if frozenset([one]) not in chosen)
    chosen += [one for one, _ in zip(singles, range(VIEWS - len(chosen)), strict=False)]
    assert len(chosen) == VIEWS, len(chosen)
    return chosen


@dataclass
class Page:
    """One page: what is sent, and hand-written SQL for its rows and their number."""

    name: str
    sent: Pairs
    sql: str
    count: str


def pages(places: list[many_decisions.Place], edition: str) -> list[Page]:
    """Every view at its first page, and at the one that begins half way down."""
    place = places[0]
    known = filters(place, edition)
    middle = many_decisions.BEGAN + many_decisions.LASTED / 2
    found = []
    for number, row in enumerate(covering(list(known))):
        where = [f"e.organisation_id = '{place.organisation}'"]
        where += [known[name].sql for name in sorted(row) if known[name].sql]
        words = [f"'o:{place.organisation}'"]
        words += ["'oak':C & 'school':C"] if "recipient" in row else []
        words += ["'risk'"] if "words" in row else []
        if len(words) > 1:
            where.append(f"e.search @@ $q${' & '.join(words)}$q$::tsquery")
        sent = [pair for name in row for pair in known[name].sent]
        for deep in (False, True):
            deeper = f" AND e.sealed_at < '{middle.isoformat()}'" if deep else ""
            after = f"newest~{middle:%Y-%m-%dT%H:%M:%S.%fZ}~{'0' * 32}"
            found.append(
                Page(
                    f"{number + 1}{' deep' if deep else ''} ({', '.join(sorted(row)) or 'all'})",
                    [*sent, ("after", after)] if deep else sent,
                    ROWS.format(where=" AND ".join(where) + deeper),
                    COUNT.format(where=" AND ".join(where)),
                )
            )
    return found


ROWS = """
SELECT e.record_id, e.reference, e.decision, e.sealed_at, e.is_departure, s.case_reference,
    u.name, t.name
FROM (SELECT * FROM decisions_entry e WHERE {where}
      ORDER BY e.sealed_at DESC, e.record_id DESC LIMIT 26) e
    LEFT JOIN decisions_snapshot s ON s.record_id = e.record_id
    JOIN people_user u ON u.id = e.owner_id
    JOIN people_team t ON t.id = e.team_id
ORDER BY e.sealed_at DESC, e.record_id DESC
"""
COUNT = "SELECT count(*) FROM (SELECT 1 FROM decisions_entry e WHERE {where} LIMIT 1001) e"


class Watch:
    """Notes the statements of a page and how long each took."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Any, float]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, *more: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, *more)
        finally:
            self.seen.append((sql, params, (time.perf_counter() - began) * 1000))


@dataclass
class Side:
    """One of the two databases, with its auditor's client and what was measured there."""

    name: str
    client: Client
    pages: list[Page]
    times: dict[str, list[float]]
    ours: dict[str, list[float]]
    plain: dict[str, list[float]]
    statements: dict[str, int]
    scans: list[str]

    def turn(self) -> None:
        """Ask for every page once, and for its rows by hand."""
        work_on(self.name)
        for page in self.pages:
            watch = Watch()
            began = time.perf_counter()
            with connection.execute_wrapper(watch):
                body = self.ask(page)
            self.times[page.name].append((time.perf_counter() - began) * 1000)
            own = [one for one in watch.seen if OWN.search(one[0])]
            self.ours[page.name].append(sum(took for *_, took in own))
            self.statements[page.name] = len(watch.seen)
            self.plain[page.name].append(self.by_hand(page, body))
            if len(self.times[page.name]) == 1:
                self.explain(page, own)

    def ask(self, page: Page) -> str:
        address = reverse("decisions:register")
        is_typed = {"words", "recipient"} & {name for name, _ in page.sent}
        given = dict(page.sent)
        ask = self.client.post if is_typed else self.client.get
        reply = ask(address, given, secure=True)
        assert reply.status_code == 200, (page.name, reply.status_code)
        return str(reply.content.decode())

    def by_hand(self, page: Page, body: str) -> float:
        with connection.cursor() as wrapped:
            began = time.perf_counter()
            wrapped.cursor.execute(page.sql)
            rows = wrapped.cursor.fetchall()
            wrapped.cursor.execute(page.count)
            wrapped.cursor.fetchall()
            took = (time.perf_counter() - began) * 1000
        shown = re.findall(r"/records/([0-9a-f-]{36})/\"", body)
        # Where nothing lies beyond a place, the list begins again.
        assert not rows or shown == [str(row[0]) for row in rows[:25]], page.name
        return took

    def explain(self, page: Page, own: list[tuple[str, Any, float]]) -> None:
        for sql, params, _ in own:
            with connection.cursor() as wrapped:
                wrapped.cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                ((plan,),) = wrapped.cursor.fetchall()
            for node in nodes(plan[0]["Plan"]):
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
                    self.scans.append(f"{page.name}: {node['Relation Name']}: {json.dumps(sql)}")


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


@contextmanager
def decisions(size: int) -> Iterator[Side]:
    """A database with so many decisions."""
    with own_database(f"register_{size}") as name:
        began = time.perf_counter()
        places = many_decisions.fill(size)
        say(f"{size:,} decisions entered in {time.perf_counter() - began:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("SELECT digest FROM guidance_storededition")
            (edition,) = cursor.fetchone()
        made = pages(places, edition)
        client = Client()
        client.force_login(User.objects.get(pk=places[0].people[1]))
        kept: list[dict[str, list[float]]] = [{one.name: [] for one in made} for _ in range(3)]
        yield Side(name, client, made, kept[0], kept[1], kept[2], {}, [])


def work_on(name: str) -> None:
    """Use the database of this name from now on."""
    if connection.settings_dict["NAME"] != name:
        connections.close_all()
        known: dict[str, Any] = connections.settings["default"]
        known["NAME"] = connection.settings_dict["NAME"] = name


def measure() -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    say(f"Machine: {machine()}")
    template = str(connection.settings_dict["NAME"])
    with decisions(FEW) as few:
        work_on(template)
        with decisions(MANY) as many:
            for _ in range(RUNS + 1):
                few.turn()
                many.turn()
            wrong = judge(few, many)
            work_on(many.name)
        work_on(few.name)
    return wrong


def judge(few: Side, many: Side) -> int:
    """Say what was found; 1 when a limit does not hold."""

    def median(times: list[float]) -> float:
        return statistics.median(times[1:])  # the first round warms everything up

    growth = {n: median(many.times[n]) / median(few.times[n]) for n in many.times}
    # The fastest of each: a statement takes a millisecond, and waiting for a processor takes ten.
    ours, plain = ({n: min(each[n][1:]) for n in each} for each in (many.ours, many.plain))
    ratio = {n: ours[n] / plain[n] for n in ours}
    for name in many.times:
        say(
            f"{name}: {median(few.times[name]):.0f} to {median(many.times[name]):.0f} ms, "
            f"{growth[name]:.2f}-fold (fastest {min(few.times[name]):.0f} to "
            f"{min(many.times[name]):.0f}); database {ours[name]:.1f} ms, by hand "
            f"{plain[name]:.1f} ms, {ratio[name]:.2f} (medians "
            f"{median(many.ours[name]) / median(many.plain[name]):.2f}); "
            f"{many.statements[name]} statements"
        )
    most = max(many.statements.values())
    for title, found, limit in (("Growth", growth, MOST_GROWTH), ("Database", ratio, MOST_SQL)):
        middle, worst = statistics.median(found.values()), max(found, key=lambda n: found[n])
        say(f"{title}: median {middle:.2f}, most {found[worst]:.2f} at {worst} (at most {limit})")
    say(f"Statements: at most {most} (limit {MOST_STATEMENTS})")
    scans = many.scans  # ten thousand rows are soon read, and need no index
    say(f"Large tables read from end to end: {len(scans)}", *scans[:5])
    return int(
        max(growth.values()) > MOST_GROWTH
        or max(ratio.values()) > MOST_SQL
        or most > MOST_STATEMENTS
        or bool(scans)
    )


def main() -> int:
    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    work_as_superuser()
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    connection.settings_dict["TEST"]["NAME"] = "bench_register"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return measure()
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
