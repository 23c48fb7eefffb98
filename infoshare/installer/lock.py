"""One installer at a time in one copy of InfoShare; a second one waits and says so."""

import contextlib
import fcntl
import time
from collections.abc import Iterator

from infoshare.installer import checkout
from infoshare.installer.console import Step

FILE = checkout.ROOT / "var" / "installer.lock"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold this copy's installer lock; the kernel frees it even after a kill -9."""
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("a") as file:
        _take(file.fileno())
        yield


def _take(descriptor: int) -> None:
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    step = Step("Waiting for another make in this folder to finish installing")
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            step.show()
            time.sleep(0.2)
        else:
            step.end()
            return
