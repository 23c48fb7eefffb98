"""The figures of an organisation with 50,000 decisions, beside the plain SQL that counts the same.

The plain SQL is what a person would write who wants these counts and no more: for each measure the
rows of the year grouped by month and part. The page's numbers also decide what may be shown. How
long a drawing takes, and what matplotlib costs a process, is said too.
"""

import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.db import connection  # noqa: E402  (Django must be set up first)
from django.db.models import Q  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from decisions.figures.assembling import Wanted, figure_of, figures_of  # noqa: E402
from decisions.figures.library import drawn  # noqa: E402
from decisions.figures.measures import By  # noqa: E402
from decisions.figures.periods import Period  # noqa: E402
from decisions.wizard.advice.models import Advice  # noqa: E402
from tests.benchmarks.measure import in_turn, machine, say  # noqa: E402
from tests.cast import Cast, build  # noqa: E402
from tests.decisions.figures.many import enter_many  # noqa: E402

DECISIONS = 50_000
MOST = 5.0  # times the plain SQL
RUNS = 7
TODAY = date(2026, 1, 5)
MONTH = "date_trunc('month', sealed_at AT TIME ZONE 'Europe/London')"
YEAR = "organisation_id = %s AND sealed_at >= '2025-01-01Z' AND sealed_at < '2026-01-01Z'"
PLAIN = (
    "decision",
    "outcome",
    "is_departure",
    "(decision = 'do-not-share', consent)",
    "width_bucket(sealed_at - started_at, ARRAY['1 hour', '1 day', '7 days']::interval[])",
    "review_state",
)
PLAIN_DOUBTS = (
    f"SELECT {MONTH}, gate, count(*) FROM decisions_entry, unnest(not_sure) gate "  # noqa: S608
    f"WHERE {YEAR} GROUP BY 1, 2"
)
PLAIN_ADVICE = f"""
SELECT {MONTH}, least(greatest(asked::date - doubted::date, 0), 3), count(*) FROM (
  SELECT entry.sealed_at, min(advice.asked_at) AS asked, min(entry.started_at) AS doubted
  FROM decisions_entry entry JOIN decisions_record record ON record.id = entry.record_id
  LEFT JOIN decisions_advice advice ON advice.draft_id = record.draft_id
  WHERE entry.{YEAR.replace(" AND sealed_at", " AND entry.sealed_at")} GROUP BY entry.record_id
) found GROUP BY 1, 2"""  # noqa: S608


def fill(cast: Cast) -> None:
    """Fifty thousand decisions of a year, in two teams, with some doubt, advice and review."""
    facts = product(
        ("share", "share", "share-in-part", "do-not-share"),
        ("share", "seek-advice", "share", "do-not-share", "share-in-part"),
        ("given", "", "refused"),
        ("early-help", "safeguarding-child", "crime", ""),
        ("", "agreed", "waiting", "learning"),
        ([], [], ["consent"], ["duty", "lawful-basis"]),
    )
    names = ("decision", "outcome", "consent", "setting", "review_state", "not_sure")
    every = [dict(zip(names, one, strict=True)) for one in facts]
    took = [timedelta(minutes=9), timedelta(hours=4), timedelta(days=3), timedelta(days=20)]
    many = [
        {**every[n * 7919 % len(every)], "month": n % 12 + 1, "took": took[n * 31 % 4]}
        for n in range(DECISIONS)
    ]
    entries = []
    for begin in range(0, DECISIONS, 10_000):
        team = cast.adults if begin % 20_000 else cast.early_help
        entries += enter_many(cast.priya, team, many[begin : begin + 10_000], year=2025)
    words = {"question": "consent", "role": "Lead", "how": "phone", "advised": "Ask again."}
    marks = {"is_legal": False, "anonymous": True, "by": cast.priya}
    Advice.objects.bulk_create(
        [
            Advice(
                draft_id=entry.record.draft_id,
                asked_at=entry.started_at + timedelta(hours=20),
                form=entry.pk,
                **words,
                **marks,
            )
            for entry in entries[::10]
        ],
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plain(organisation: object) -> None:
    """The counts of every measure by month, each in a statement of its own."""
    group = f"FROM decisions_entry WHERE {YEAR} GROUP BY 1, 2"
    statements = [f"SELECT {MONTH}, {part}, count(*) {group}" for part in PLAIN]
    with connection.cursor() as cursor:
        for statement in (*statements, PLAIN_DOUBTS, PLAIN_ADVICE):
            cursor.execute(statement, [organisation])
            cursor.fetchall()


def library() -> str:
    """What matplotlib adds to a process that has all of InfoShare: seconds and memory."""
    code = (
        "import os, time, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE',"
        " 'infoshare.settings'); django.setup(); from infoshare.urls import urlpatterns\n"
        "def held(): return int(open('/proc/self/status').read().split('VmRSS:')[1].split()[0])\n"
        "import sys; assert 'matplotlib' not in sys.modules\n"
        "before, began = held(), time.process_time()\n"
        "import decisions.figures.drawing\n"
        "print(f'{held() - before} {time.process_time() - began}')"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path.cwd(), text=True
    ).stdout.split()
    return f"matplotlib: {int(said[0]) / 1024:.0f} MiB more, {float(said[1]):.1f} s of processor"


def measure() -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    cast = build()
    fill(cast)
    place = cast.northmoor.pk
    rows = Q(organisation_id=place)
    by = {one: Wanted(place, None, rows, Period(2025), one, TODAY) for one in By}
    figure = figure_of(by[By.TIME], "decisions")
    say(f"Machine: {machine()}", f"{DECISIONS:,} decisions of one organisation in one year")
    bare, *pages, wide, narrow = in_turn(
        [
            ("Plain SQL, all measures by month", lambda: plain(place)),
            *((f"All figures by {one}", lambda one=one: figures_of(by[one])) for one in By),
            ("One drawing, wide", lambda: drawn(figure, narrow=False)),
            ("One drawing, narrow", lambda: drawn(figure, narrow=True)),
        ],
        RUNS,
    )
    say(bare, *pages, wide, narrow, library())
    worst = max(page.median / bare.median for page in pages)
    say(f"Figures take {worst:.2f} of the plain SQL at most (limit {MOST})")
    right = figure.whole.total == DECISIONS and figure.whole.parts[0] is not None
    return int(not right or worst > MOST)


def main() -> int:
    connection.settings_dict["TEST"]["NAME"] = "bench_figures"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return measure()
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
