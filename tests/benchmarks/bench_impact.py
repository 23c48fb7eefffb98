"""The impact of an edition over 100,000 sealed decisions, from their column of gate answers.

The answers are every complete path of `england-2026`, over and over, in a PostgreSQL database
made for this run. They are read through `hmg-2008`, which has to carry each over, as the page and
`manage.py impact` read them. Memory is the most that a fresh process took from the system.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  (Django must be set up first)
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from decisions.impact.reading import Report, compared  # noqa: E402
from decisions.records.models import Record  # noqa: E402
from guidance.rulebook import catalogue  # noqa: E402
from guidance.rulebook.impact import impact  # noqa: E402
from guidance.rulebook.paths import complete_paths  # noqa: E402
from guidance.rulebook.schema import Edition  # noqa: E402
from tests.benchmarks.measure import in_turn, machine, say  # noqa: E402
from tests.cast import build  # noqa: E402
from tests.decisions.impact.many import seal_many  # noqa: E402

DECISIONS = 100_000
FEWER = 10_000
LEAST = 20_000  # decisions a second
MOST_GROWTH = 4.0  # MiB, from the fewer decisions to all of them
RUNS = 5


@transaction.atomic
def read(after: Edition, number: int) -> Report:
    """What `manage.py impact` does with the first so many decisions."""
    counted = Report()
    records = Record.objects.filter(reference__lt=f"R{number:07}")
    for _, finding in compared(records, after):
        counted.add(finding)
    return counted


def taken(number: int) -> float:
    """The most memory, in MiB, that a process held which read so many decisions and did no more."""
    os.environ["DATABASE_URL"] = connection.database_url()  # type: ignore[attr-defined]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return float(pool.apply(_taken, (number,)))


def _taken(number: int) -> float:
    read(catalogue.shipped()["hmg-2008"], number)
    connection.close()
    # Not `ru_maxrss`: a process inherits that from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def core(before: Edition, after: Edition) -> Callable[[], object]:
    """Every path worked out afresh, so that what is kept in memory does not help."""
    answers = [path.path.answers for path in complete_paths(before)]
    return lambda: [impact(before, after, one) for one in answers]


def measure() -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    before, after = (catalogue.shipped()[name] for name in ("england-2026", "hmg-2008"))
    paths = [dict(one.path.answers) for one in complete_paths(before)]
    cast = build()
    place = {"owner": cast.priya, "team": cast.early_help, "edition": before}
    seal_many(**place, answers=islice(cycle(paths), DECISIONS))
    say(f"Machine: {machine()}", f"{DECISIONS:,} records, {len(paths):,} different answers")
    small = taken(FEWER)
    growth = taken(DECISIONS) - small
    counted = read(after, DECISIONS)
    whole, afresh = in_turn(
        [
            (f"{DECISIONS:,} decisions", lambda: read(after, DECISIONS)),
            (f"{len(paths):,} paths, each worked out", core(before, after)),
        ],
        RUNS,
    )
    pace = DECISIONS / whole.median * 1000
    say(whole, afresh, ", ".join(f"{kind} {count:,}" for kind, count in counted.counts.items()))
    say(f"{pace:,.0f} decisions a second (at least {LEAST:,})")
    say(f"{len(paths) / afresh.median * 1000:,.0f} a second when nothing is kept in memory")
    say(
        f"Memory: {small:.1f} MiB after {FEWER:,} decisions, {growth:.1f} MiB more after "
        f"{DECISIONS:,} (at most {MOST_GROWTH:.0f})"
    )
    return int(counted.total != DECISIONS or pace < LEAST or growth > MOST_GROWTH)


def main() -> int:
    connection.settings_dict["TEST"]["NAME"] = "bench_impact"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return measure()
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
