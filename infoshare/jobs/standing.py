"""How the jobs stand: is a worker alive, and how much waits or has failed."""

from dataclasses import dataclass

from django.db import connection

from infoshare.jobs.housekeeping import DEAD_AFTER

ASK = """
SELECT (SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat))
        FROM procrastinate_workers),
       count(*) FILTER (WHERE status = 'todo'),
       count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs
"""


WAITS = """
SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'todo' AND priority > %s
    AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""


@dataclass(frozen=True)
class Standing:
    """Seconds since a worker's last sign of life (None: there is none), and numbers of jobs."""

    heartbeat: float | None
    waiting: int
    failed: int

    @property
    def alive(self) -> bool:
        """Whether a worker works."""
        return self.heartbeat is not None and self.heartbeat < DEAD_AFTER


def standing() -> Standing:
    """How the jobs stand now."""
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        heartbeat, waiting, failed = cursor.fetchone()
    return Standing(None if heartbeat is None else float(heartbeat), waiting, failed)


def waits_above(priority: int) -> bool:
    """Whether a job of a higher priority could be done now, and waits."""
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [priority])
        return bool(cursor.fetchone()[0])
