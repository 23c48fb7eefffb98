"""The PDFs of an export made by one worker process, and by two, in turn.

Each takes records of its own that have no PDF yet, and makes them as they are kept: with proof and
signature. Workers are `manage.py run_worker`. The rate is that of the middle of the PDFs, by when
they were made: neither a worker's start nor the end, where one stretch is left, is part of it.
"""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.db import connection  # noqa: E402  (Django must be set up first)
from django.test import override_settings  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from decisions.demo.seal import make_seal  # noqa: E402
from decisions.export.models import Export  # noqa: E402
from decisions.export.working import begin_export, cancel_export  # noqa: E402
from decisions.kept_pdf.models import RecordPdf  # noqa: E402
from infoshare.ledger import checkpoints, keys  # noqa: E402
from tests.benchmarks.measure import machine, say  # noqa: E402
from tests.cast import Cast, build  # noqa: E402
from tests.decisions.export.made import plan, seal_one  # noqa: E402

LEAST = 1.7
RECORDS, ROUNDS = 320, 2
EDGE = 0.1  # of the PDFs, at the beginning and at the end
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args(arguments)
    connection.settings_dict["TEST"]["NAME"] = "bench_export_workers"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return measure(Path(folder), asked.records, asked.rounds)
    finally:
        teardown_databases(made, verbosity=0)


def measure(folder: Path, records: int, rounds: int) -> int:
    """Measure and say; answers 1 when the limit does not hold."""
    say(f"Machine: {machine()}", f"{records:,} records without PDFs for each measurement")
    ledger, seal = folder / "ledger", (folder / "seal.pem", folder / "seal.crt")
    keys.create(ledger / "keys", "bench.example")
    make_seal(*seal)
    environment = {
        **os.environ,
        "DATABASE_URL": connection.database_url(),  # type: ignore[attr-defined]
        "INFOSHARE_LEDGER": str(ledger),
        "INFOSHARE_EXPORTS": str(folder / "exports"),
        "PDF_SEAL_KEY_FILE": str(seal[0]),
        "PDF_SEAL_CERTIFICATE_FILE": str(seal[1]),
    }
    cast, rates = build(), {1: 0.0, 2: 0.0}
    work(1, environment)  # what comes again by itself is out of the way
    with override_settings(LEDGER_FOLDER=ledger):
        for _ in range(rounds):
            for workers in rates:
                rate = rate_of(cast, workers, records, environment)
                say(f"{workers} worker process(es): {rate:.2f} PDFs a second")
                rates[workers] += rate / rounds
    ratio = rates[2] / rates[1]
    say(f"Ratio of the means: {ratio:.2f} (at least {LEAST})")
    return int(ratio < LEAST)


def rate_of(cast: Cast, workers: int, records: int, environment: dict[str, str]) -> float:
    """PDFs a second, of so many, in the middle of them."""
    export = plan(cast, [seal_one(cast) for _ in range(records)])
    checkpoints.seal()
    begin_export(export=export)
    work(workers, environment)
    _leave(export)
    made = RecordPdf.objects.filter(record__in=export.chosen_records.values("record"))
    times = list(made.order_by("made_at").values_list("made_at", flat=True))
    if len(times) < records:
        raise RuntimeError(f"{records - len(times)} of {records} PDFs were not made")
    first, last = int(records * EDGE), int(records * (1 - EDGE)) - 1
    return (last - first) / (times[last] - times[first]).total_seconds()


def work(workers: int, environment: dict[str, str]) -> None:
    """Have so many worker processes do what waits."""
    command = [sys.executable, "manage.py", "run_worker", "--until-idle"]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        for _ in range(workers)
    ]
    for one in running:
        if one.wait():
            raise RuntimeError("a worker failed")


def _leave(export: Export) -> None:
    """Leave it, unless it is made: the next measurement is of other records."""
    export.refresh_from_db()
    if not export.ready_at:
        cancel_export(export=export)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
