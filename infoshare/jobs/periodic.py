"""Jobs that come again."""

from collections.abc import Callable

from procrastinate.contrib.django import app

from infoshare.jobs.deferring import RETRY

Work = Callable[[], object]


def periodically(cron: str) -> Callable[[Work], Work]:
    """Have the worker call a function whenever `cron` says (minute, hour, day..., in UTC).

    A time that passed while no worker ran is made up for once, up to a day later. One call at a
    time, and at most one that waits. What it returns is not kept.
    """

    def register(work: Work) -> Work:
        name = f"{work.__module__}.{work.__name__}"

        @app.periodic(cron=cron)
        @app.task(name=name, lock=name, queueing_lock=name, retry=RETRY)
        def job(timestamp: int) -> None:
            work()

        return work

    return register
