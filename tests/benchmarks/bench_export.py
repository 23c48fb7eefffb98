"""Stored records exported with their proofs, against `zip -0` over the very same files; and memory.

The records have their words, their signed PDFs and their leaves, in a PostgreSQL database made for
this run. An export reads them, proves each, hashes every file and writes the ZIP file; `zip` only
copies files that lie on the disk already. Memory is the most that a fresh process took from the
system, which did all that the worker's last job does: the file, an event for each record, the leaf.
"""

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from decisions.demo.seal import make_seal  # noqa: E402
from decisions.export import finishing, storing  # noqa: E402
from decisions.export.models import Export  # noqa: E402
from decisions.export.standing import attempt  # noqa: E402
from decisions.export.working import begin_export  # noqa: E402
from decisions.export.writing import write_export  # noqa: E402
from decisions.records.models import Record  # noqa: E402
from infoshare.ledger import checkpoints, keys  # noqa: E402
from infoshare.verifier import infoshare_verify as verifier  # noqa: E402
from tests.benchmarks.many_records import seal_many_with_words  # noqa: E402
from tests.benchmarks.measure import in_turn, machine, say  # noqa: E402
from tests.cast import build  # noqa: E402
from tests.decisions.export.made import plan  # noqa: E402

FEW, MANY = 1_000, 10_000
LEAST = 0.5  # of the records a second that `zip -0` manages
MOST_GROWTH = 1.3
RUNS = 7


def write(export: Export, folder: Path) -> None:
    """The export's file, written anew."""
    write_export(export, folder / f"{export.total}.zip", keep_going=lambda count: None)


def pack(files: Path, folder: Path) -> None:
    """The same files by `zip -0`, written anew."""
    to = folder / "theirs.zip"
    to.unlink(missing_ok=True)
    subprocess.run(["zip", "-0", "-q", "-r", to, "."], cwd=files, check=True)


def taken(export: Export) -> float:
    """The most memory, in MiB, that a process held which finished this export and did no more."""
    begin_export(export=export)
    os.environ["DATABASE_URL"] = connection.database_url()  # type: ignore[attr-defined]
    os.environ["INFOSHARE_LEDGER"] = str(settings.LEDGER_FOLDER)
    os.environ["INFOSHARE_EXPORTS"] = str(settings.EXPORTS_FOLDER)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return float(pool.apply(_taken, (export.pk,)))


def _taken(export_id: Any) -> float:
    finishing.finish(export_id=export_id, attempt=attempt(Export.objects.get(pk=export_id)))
    connection.close()
    # Not `ru_maxrss`: a process inherits that from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def is_proven(file: Path) -> bool:
    """Whether the verifier says so."""
    trust = verifier.Trust([verifier.read_key(str(one)) for one in checkpoints.verifier_keys()])
    report = verifier.check_path(file, trust, verifier.Known())
    return report.result == verifier.PROVEN


def measure(folder: Path) -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    cast = build()
    seal_many_with_words(cast, MANY)
    records = list(Record.objects.order_by("sealed_at"))
    few, many = plan(cast, records[:FEW]), plan(cast, records)
    say(f"Machine: {machine()}", f"{MANY:,} records with their PDFs")
    small, large = taken(few), taken(many)
    write(few, folder)
    files = folder / "files"
    with zipfile.ZipFile(folder / f"{FEW}.zip") as made:
        made.extractall(files)
    size = (folder / f"{FEW}.zip").stat().st_size
    ours, theirs = in_turn(
        [
            (f"{FEW:,} records exported", lambda: write(few, folder)),
            ("zip -0 over the same files", lambda: pack(files, folder)),
        ],
        RUNS,
    )
    ratio = theirs.median / ours.median
    say(ours, theirs, f"{size / 2**20:,.0f} MiB, {FEW / ours.median * 1000:,.0f} records a second")
    say(f"Of the rate of zip -0: {ratio:.2f} (at least {LEAST})")
    say(
        f"Memory: {small:.1f} MiB for {FEW:,} records, {large:.1f} MiB for {MANY:,}: "
        f"{large / small:.2f} (at most {MOST_GROWTH})"
    )
    many.refresh_from_db()
    proven = is_proven(storing.path(many.stored_as))
    say(f"The verifier calls the file of {MANY:,} records {'' if proven else 'not '}proven")
    return int(not proven or ratio < LEAST or large / small > MOST_GROWTH)


def main() -> int:
    if shutil.which("zip") is None:
        say("This needs the program zip, which is not installed here.")
        return 1
    connection.settings_dict["TEST"]["NAME"] = "bench_export"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            settings.LEDGER_FOLDER, settings.EXPORTS_FOLDER = folder / "ledger", folder / "exports"
            keys.create(checkpoints.folder() / "keys", "a.example/ledger")
            seal = folder / "seal.pem", folder / "seal.crt"
            make_seal(*seal)
            settings.PDF_SEAL_KEY_FILE, settings.PDF_SEAL_CERTIFICATE_FILE = seal
            return measure(folder)
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
