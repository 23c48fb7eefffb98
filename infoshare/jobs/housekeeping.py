"""Jobs about jobs: those of a worker that died are given to another, old ones are removed."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from infoshare.jobs.deferring import RETRY

logger = logging.getLogger(__name__)

# Seconds between two signs of life, and after how many without one a worker counts as dead.
HEARTBEAT, DEAD_AFTER = 10.0, 30.0
HOURS_KEPT, HOURS_FAILED_KEPT = 3 * 24, 30 * 24


# No lock: were its own worker killed, a lock would keep every later one from running.
@app.periodic(cron="* * * * *")
@app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Have the jobs of dead workers done again, each as often as a job that fails."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        logger.warning("The worker of job %s ended in the middle of it", job.call_string)
        # Perhaps it was this very job that ended its worker.
        if job.attempts >= (RETRY.max_attempts or 0):
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # One like it waits already.
            await manager.finish_job(job, Status.ABORTED, delete_job=False)


@app.periodic(cron="40 2 * * *")
@app.task(name="remove_old", lock="remove_old", queueing_lock="remove_old", pass_context=True)
async def remove_old(context: JobContext, timestamp: int) -> None:
    """Remove jobs that were done three days ago, and those that failed after a month."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(HOURS_KEPT, include_cancelled=True, include_aborted=True)
    await manager.delete_old_jobs(HOURS_FAILED_KEPT, include_failed=True)
