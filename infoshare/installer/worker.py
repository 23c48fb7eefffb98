"""The job worker behind `make run`: started beside the web server, and again when it ends."""

import subprocess
import time
from typing import BinaryIO

from infoshare.installer import checkout, children
from infoshare.installer.console import warn

# Seconds between two starts, so that a worker that cannot live does not take the machine.
PAUSE = 10.0


class Worker:
    """One `manage.py run_worker`. Without it every page works: PDFs are made when asked for."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env
        self._log = checkout.LOGS / "worker.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def start(self) -> None:
        """Start it, with a log of its own."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self._start(log)

    def tend(self) -> None:
        """Start it again, when it has ended by itself."""
        ended = self._process is not None and self._process.poll() is not None
        if ended and time.monotonic() - self._started > PAUSE:
            warn(f"The job worker ended by itself and is started again. Its words: {self._log}")
            with self._log.open("ab") as log:
                self._start(log)

    def stop(self) -> None:
        """End it. A job being done is given time; else the next worker begins it again."""
        if self._process is not None:
            children.stop(self._process)

    def _start(self, log: BinaryIO) -> None:
        self._started = time.monotonic()
        command = checkout.manage("run_worker")
        self._process = children.start(command, env=self._env, output=log.fileno())
