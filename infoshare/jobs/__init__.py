"""Work that no page waits for: jobs in PostgreSQL, done by one worker (procrastinate).

- `deferring.defer` leaves a job, in the transaction of what it belongs to;
- `periodic.periodically` makes a function a job that comes again;
- `worker.work` is the worker, `manage.py run_worker`;
- `standing.standing` says whether one is alive and what waits.

A room's jobs are in its module `jobs`, which procrastinate finds by that name. This package is one
of them: it keeps the house. `docs/adr/0010-jobs.md` says why it is built so.
"""

from infoshare.jobs import housekeeping

__all__ = ["housekeeping"]
