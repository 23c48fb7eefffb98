"""Mails of a morning for 10,000 people, in memory that does not grow with their number.

Each person has five messages about records of their own, in a PostgreSQL database made for this
run. The mails are made and sent by what the worker calls (`send_digests`), to a mail server that
takes each at once and keeps nothing, so that only our own work counts. Memory is the most that a
fresh process took from the system which did a whole round and no more.
"""

import multiprocessing
import os
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.db import connection  # noqa: E402  (Django must be set up first)
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    override_settings,
    setup_databases,
    teardown_databases,
)

from decisions.telling.kinds import Kind  # noqa: E402
from decisions.telling.models import Digest, Message  # noqa: E402
from decisions.telling.rounds import send_digests  # noqa: E402
from decisions.telling.thing import Thing  # noqa: E402
from decisions.telling.writers import Notice, tell_all  # noqa: E402
from infoshare import clock  # noqa: E402
from infoshare.people.models import Membership, Role, User  # noqa: E402
from tests.benchmarks.measure import machine, say  # noqa: E402
from tests.cast import Cast, build  # noqa: E402

FEW, MANY, EACH = 1_000, 10_000, 5
MOST_GROWTH = 8.0  # MiB, from the fewer people to all of them
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def people(cast: Cast, name: str, count: int) -> list[User]:
    """So many practitioners of Early Help."""
    found = [User(email=f"{name}{n}@many.example", name=f"{name} {n}") for n in range(count)]
    User.objects.bulk_create(found, batch_size=1000)
    Membership.objects.bulk_create(
        (
            Membership(
                user=one,
                organisation=cast.northmoor,
                team=cast.early_help,
                role=Role.PRACTITIONER,
            )
            for one in found
        ),
        batch_size=1000,
    )
    return found


def tell(cast: Cast, found: list[User]) -> None:
    """Five messages for each of them, told yesterday."""
    place = {"organisation_id": cast.northmoor.pk, "team_id": cast.early_help.pk}
    with clock.set_to(clock.now() - timedelta(days=1)):
        notices = (
            Notice(
                one.pk,
                Kind.REVIEW_DONE,
                Thing(id=uuid.uuid4(), owner_id=one.pk, reference="ABCD-EFGH-JKLM", **place),
            )
            for one in found
            for _ in range(EACH)
        )
        while some := [one for _, one in zip(range(1000), notices, strict=False)]:
            tell_all(some)


def round_apart() -> tuple[int, float, float, float]:
    """How many mails a fresh process sent, its most memory in MiB, seconds, processor seconds."""
    os.environ["DATABASE_URL"] = connection.database_url()  # type: ignore[attr-defined]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_round)


def _round() -> tuple[int, float, float, float]:
    began, worked = time.perf_counter(), time.process_time()
    with override_settings(EMAIL_BACKEND=NOWHERE):
        sent = send_digests()
    took, worked = time.perf_counter() - began, time.process_time() - worked
    connection.close()
    # Not `ru_maxrss`: a process inherits that from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return sent, int(status.split("VmHWM:")[1].split()[0]) / 1024, took, worked


def measure() -> int:
    """Measure and say; answers 1 when a limit does not hold."""
    cast = build()
    say(f"Machine: {machine()}")
    tell(cast, people(cast, "few", FEW))
    few, small, *_ = round_apart()
    tell(cast, people(cast, "many", MANY))
    many, large, took, worked = round_apart()
    tell(cast, people(cast, "one", 1))
    with CaptureQueriesContext(connection) as captured, override_settings(EMAIL_BACKEND=NOWHERE):
        send_digests()
    say(
        f"{many:,} mails in {took:.1f} s ({worked:.1f} s of its own processor time), "
        f"{many / took:,.0f} a second",
        f"{len(captured)} statements in a round with one mail",
        f"Memory: {small:.1f} MiB after {few:,} mails, {large - small:.1f} MiB more after "
        f"{many:,} (at most {MOST_GROWTH:.0f})",
    )
    again, *_ = round_apart()
    mailed = Message.objects.filter(digest__sent_at__isnull=False).count()
    digests = Digest.objects.count()
    say(f"Once more: {again} mails. {digests:,} mails hold {mailed:,} messages")
    whole = FEW + MANY + 1
    is_whole = (few, many, again) == (FEW, MANY, 0)
    is_whole = is_whole and (digests, mailed) == (whole, whole * EACH)
    return int(not is_whole or large - small > MOST_GROWTH)


def main() -> int:
    connection.settings_dict["TEST"]["NAME"] = "bench_digests"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return measure()
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
