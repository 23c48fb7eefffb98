"""A job that takes for ever where `HOLD_UP` is set, one that fails, and a worker for them."""

import os
import time

from procrastinate.contrib.django import app


@app.task(name="held_up")
def held_up(record_id: int) -> None:
    """Never done by a process with `HOLD_UP` in its environment."""
    if os.environ.get("HOLD_UP"):
        time.sleep(600)


@app.task(name="faulty")
def faulty(record_id: int) -> None:
    """Fails with words of a case."""
    raise KeyError("The family rang about the stairs")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    django.setup()

    from infoshare.jobs.worker import work

    work()
