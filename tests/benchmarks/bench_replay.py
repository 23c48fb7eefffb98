"""100,000 sealed decisions run again through their own editions, from their gate answers.

The answers are every complete path of `england-2026`, over and over, in a PostgreSQL database made
for this run. They are read as `manage.py replay_records` and the auditors' job read them. Memory is
the most that a fresh process took from the system.
"""

import multiprocessing
import os
import sys
from itertools import cycle, islice
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.db import connection  # noqa: E402  (Django must be set up first)
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from decisions.records.models import Record  # noqa: E402
from decisions.replay.reading import Found, run_again  # noqa: E402
from guidance.rulebook import catalogue  # noqa: E402
from guidance.rulebook.again import difference  # noqa: E402
from guidance.rulebook.paths import complete_paths  # noqa: E402
from tests.benchmarks.measure import in_turn, machine, say  # noqa: E402
from tests.cast import build  # noqa: E402
from tests.decisions.impact.many import seal_many  # noqa: E402

DECISIONS = 100_000
FEWER = 10_000
LEAST = 20_000  # decisions a second
MOST_GROWTH = 4.0  # MiB, from the fewer decisions to all of them
RUNS = 5


def read(number: int) -> Found:
    """What is done with the first so many decisions."""
    return run_again(Record.objects.filter(reference__lt=f"R{number:07}"))


def taken(number: int) -> float:
    """The most memory, in MiB, that a process held which read so many decisions and did no more."""
    os.environ["DATABASE_URL"] = connection.database_url()  # type: ignore[attr-defined]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return float(pool.apply(_taken, (number,)))


def _taken(number: int) -> float:
    read(number)
    connection.close()
    # Not `ru_maxrss`: a process inherits that from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure() -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    edition = catalogue.shipped()["england-2026"]
    paths = list(complete_paths(edition))
    cast = build()
    seal_many(
        owner=cast.priya,
        team=cast.early_help,
        edition=edition,
        answers=islice(cycle([dict(one.path.answers) for one in paths]), DECISIONS),
    )
    say(f"Machine: {machine()}", f"{DECISIONS:,} records, {len(paths):,} different answers")
    small = taken(FEWER)
    growth = taken(DECISIONS) - small
    found = read(DECISIONS)
    ends = [(dict(one.path.answers), one.outcome, one.rule.id if one.rule else "") for one in paths]
    whole, afresh = in_turn(
        [
            (f"{DECISIONS:,} decisions", lambda: read(DECISIONS)),
            (
                f"{len(paths):,} paths, each worked out",
                lambda: [difference(edition, *one) for one in ends],
            ),
        ],
        RUNS,
    )
    pace = DECISIONS / whole.median * 1000
    say(whole, afresh, f"{pace:,.0f} decisions a second (at least {LEAST:,})")
    say(f"{len(paths) / afresh.median * 1000:,.0f} a second in Python, one by one")
    say(
        f"Memory: {small:.1f} MiB after {FEWER:,} decisions, {growth:.1f} MiB more after "
        f"{DECISIONS:,} (at most {MOST_GROWTH:.0f})"
    )
    wrong = found.different or found.total != DECISIONS
    return int(bool(wrong) or pace < LEAST or growth > MOST_GROWTH)


def main() -> int:
    connection.settings_dict["TEST"]["NAME"] = "bench_replay"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return measure()
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
