"""The ledger: appends against pgbench, verification against hashlib, and how cost grows.

Two ledgers stand side by side in databases made for this run, of 10,000 and of 1,000,000 leaves,
so that a busy spell of the machine hits both alike. Their leaves are made here, by the rule of
docs/ledger-format.md, which saves ten minutes; those that are measured are appended by the
database's function. Each leaf is about a record of its own, the dearest case for the index.

Verification reads leaves and nodes. What it is compared to reads the same bytes with COPY and
makes a SHA-256 of each leaf and each node, as many as a tree has. One SHA-256 over the whole stream
is shown beside it.
"""

import base64
import hashlib
import json
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.db import connection, connections  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from infoshare.embedded_postgres import binaries, bundled  # noqa: E402
from infoshare.ledger import merkle, proofs, verifying  # noqa: E402
from tests.benchmarks.measure import in_turn, machine, say  # noqa: E402
from tests.committed import own_database  # noqa: E402
from tests.roles import work_as_superuser  # noqa: E402

FEW, MANY = 10_000, 1_000_000
CLIENTS, SECONDS, ROUNDS, RUNS = 8, 4, 7, 3
LEAST_APPEND = 0.35  # of simple-update's transactions
LEAST_VERIFY = 0.3  # of what hashlib alone manages
MOST_GROWTH = 1.3
MOST_PROOF = 2_048
MOST_MEMORY = 8.0  # MiB more for the many than for the few

APPEND = """
SELECT seq FROM public.ledger_append('sealed', gen_random_uuid(),
    encode(sha256(uuid_send(gen_random_uuid())), 'hex'), gen_random_uuid(), now());
"""
COPY = "COPY (SELECT leaf, hashes FROM ledger_leaf ORDER BY seq) TO STDOUT (FORMAT binary)"


class Hashing:
    """Something to write to that hashes what it is given."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()

    def write(self, chunk: bytes) -> int:
        self.hash.update(chunk)
        return len(chunk)


class HashingEach:
    """The same, with a hash for each leaf and each node: as many as a tree needs, and no tree."""

    HEADER = 19  # of the whole; each row begins with its number of columns, each column its length

    def __init__(self) -> None:
        self.left = b""
        self.place = self.HEADER

    def write(self, chunk: bytes) -> int:
        """Hash the rows that came whole; the rest waits for the next chunk."""
        held, place = self.left + chunk, self.place
        while place + 6 <= len(held):
            leaf = place + 6
            nodes = leaf + int.from_bytes(held[place + 2 : leaf], "big") + 4
            if nodes > len(held):
                break
            end = nodes + int.from_bytes(held[nodes - 4 : nodes], "big")
            if end > len(held):
                break
            hashlib.sha256(held[leaf : nodes - 4]).digest()
            for node in range(nodes + 32, end, 32):
                hashlib.sha256(held[node : node + 32]).digest()
            place = end
        self.left, self.place = held[place:], 0
        return len(chunk)


def fill(size: int) -> None:
    """A ledger of so many leaves, each a seal of another record."""
    tree = merkle.Growing()
    with tempfile.TemporaryFile("w+", encoding="ascii") as file:
        for seq in range(size):
            noise = hashlib.sha256(b"%d" % seq).hexdigest()
            record = UUID(noise[:32])
            leaf = (
                f'{{"actor":"{record}","commitment":"{noise}","record":"{record}","revision":1,'
                f'"seq":{seq},"time":"2026-01-01T00:00:00.000000Z","type":"sealed","v":1}}'
            ).encode()
            hashes = b"".join(tree.add(leaf)).hex()
            file.write(f"{seq}\t\\\\x{leaf.hex()}\t\\\\x{hashes}\t{record}\t1\n")
        file.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert("COPY ledger_leaf FROM STDIN", file)
            cursor.execute("ALTER TABLE ledger_head DISABLE TRIGGER ALL")
            cursor.execute("UPDATE ledger_head SET size = %s, time = '2026-01-01Z'", [size])
            cursor.execute("ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER head_row")
            cursor.execute("VACUUM (ANALYZE) ledger_leaf")


@contextmanager
def ledger(size: int) -> Iterator[str]:
    """The address of a database with a ledger of so many leaves."""
    with own_database(f"ledger_{size}"):
        fill(size)
        yield connection.database_url()  # type: ignore[attr-defined]


def pgbench(address: str, *arguments: str, clients: int = CLIENTS) -> tuple[float, float]:
    """Transactions a second, and milliseconds for each."""
    done = subprocess.run(
        [binaries.program("pgbench"), "-n", "-c", str(clients), "-j", "2", *arguments, address],
        capture_output=True,
        text=True,
        check=True,
    )
    pace = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    assert pace and latency, done.stdout
    return float(pace[1]), float(latency[1])


def appends(few: str, many: str, script: str) -> int:
    """Append against simple-update, and the few against the many, in turn."""
    timed = ("-T", str(SECONDS))
    subprocess.run(
        [binaries.program("pgbench"), "-i", "-q", "-s", "10", few], check=True, capture_output=True
    )
    simple, appended, on_few, on_many = [], [], [], []
    for _ in range(ROUNDS):
        simple.append(pgbench(few, "-N", *timed)[0])
        appended.append(pgbench(few, "-f", script, *timed)[0])
        on_few.append(pgbench(few, "-f", script, *timed, clients=1)[1])
        on_many.append(pgbench(many, "-f", script, *timed, clients=1)[1])
    # Round by round, for a busy machine gives each round another pace.
    ratio = statistics.median(a / s for a, s in zip(appended, simple, strict=True))
    growth = statistics.median(m / f for m, f in zip(on_many, on_few, strict=True))
    base, ours = statistics.median(simple), statistics.median(appended)
    say(f"simple-update, {CLIENTS} clients: {base:,.0f} a second ({_spread(simple)})")
    say(f"ledger_append, {CLIENTS} clients: {ours:,.0f} a second ({_spread(appended)})")
    say(f"Ratio {ratio:.2f} (at least {LEAST_APPEND})")
    say(f"One client: {FEW:,} leaves {statistics.median(on_few):.2f} ms ({_spread(on_few)})")
    say(f"One client: {MANY:,} leaves {statistics.median(on_many):.2f} ms ({_spread(on_many)})")
    say(f"Growth {growth:.2f} (at most {MOST_GROWTH})")
    return int(ratio < LEAST_APPEND or growth > MOST_GROWTH)


def _spread(values: list[float]) -> str:
    return f"{min(values):,.2f} to {max(values):,.2f}"


def verification() -> int:
    """Reading and hashing everything, with and without knowing what it is."""

    def stream() -> None:
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY, Hashing())

    def each() -> None:
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY, HashingEach())

    def ours() -> None:
        found = verifying.verify()
        assert found.findings == (), found.findings

    size = proofs.tip().size
    streamed, hashed, verified = in_turn(
        [
            ("COPY into one SHA-256", stream),
            ("COPY, a SHA-256 for each leaf and node", each),
            ("verify_ledger, leaves and nodes", ours),
        ],
        RUNS,
    )
    ratio = hashed.median / verified.median
    say(
        f"{size:,} leaves",
        streamed,
        hashed,
        verified,
        f"Ratio {ratio:.2f} (at least {LEAST_VERIFY})",
    )
    say(f"Ratio to one SHA-256, for comparison: {streamed.median / verified.median:.2f}")
    return int(ratio < LEAST_VERIFY)


def proof() -> int:
    """One proof of a ledger of this size, as a file holds it, and how long it takes."""
    size = proofs.tip().size
    path = proofs.inclusion_proof(size // 3, size)
    (found,) = in_turn([("one proof", lambda: proofs.inclusion_proof(size // 3, size))], 50)
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf FROM ledger_leaf WHERE seq = %s", [size // 3])
        leaf = bytes(cursor.fetchone()[0]).decode()
    name = "infoshare.example/ledger"
    root, signature = base64.b64encode(proofs.root(size)).decode(), base64.b64encode(bytes(68))
    written = json.dumps(
        {
            "checkpoint": f"{name}\n{size}\n{root}\n\n— {name} {signature.decode()}\n",
            "inclusion": [base64.b64encode(one).decode() for one in path],
            "index": size // 3,
            "leaf": leaf,
        },
        ensure_ascii=False,
    ).encode()
    say(found, f"{len(written):,} bytes with leaf and checkpoint (at most {MOST_PROOF:,})")
    return int(len(written) > MOST_PROOF)


def taken(address: str) -> float:
    """The most memory, in MiB, that a fresh process held which verified this ledger."""
    os.environ["DATABASE_URL"] = address
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return float(pool.apply(_taken))


def _taken() -> float:
    verifying.verify()
    connection.close()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def memory(few: str, many: str) -> int:
    """Whether memory is flat."""
    small = taken(few)
    growth = taken(many) - small
    say(f"Memory: {small:.1f} MiB for {FEW:,} leaves, {growth:.1f} more for {MANY:,}")
    return int(growth > MOST_MEMORY)


def measure(script: str) -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    say(f"Machine: {machine()}")
    with ledger(FEW) as few, _beside(), ledger(MANY) as many:
        results = [verification(), proof(), memory(few, many), appends(few, many, script)]
    return max(results)


@contextmanager
def _beside() -> Iterator[None]:
    """Make the next database from the template again, not from the one that is in use."""
    used = str(connection.settings_dict["NAME"])
    template = used.removesuffix(f"_ledger_{FEW}")
    _work_on(template)
    try:
        yield
    finally:
        _work_on(used)


def _work_on(name: str) -> None:
    connections.close_all()
    known: dict[str, Any] = connections.settings["default"]
    known["NAME"] = connection.settings_dict["NAME"] = name


def lasting_server() -> None:
    """A server of this benchmark's own that survives a power cut, as the one for real data does.

    The tests' server does not, so that an append would cost nothing there.
    """
    folder = Path(settings.EMBEDDED_POSTGRES_DIR)
    settings.EMBEDDED_POSTGRES_DIR = folder.with_name(f"{folder.name}-bench")
    bundled.TEST_SERVER.clear()


def main() -> int:
    lasting_server()
    connection.settings_dict["TEST"]["NAME"] = "bench_ledger"
    made = setup_databases(verbosity=0, interactive=False)
    work_as_superuser()
    try:
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(APPEND)
            script.flush()
            return measure(script.name)
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
