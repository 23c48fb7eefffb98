"""Real workers for tests: processes that do the jobs that wait, then end, or are killed before.

Each is forked from one process that has imported everything and drawn one PDF, so that twenty of
them cost little. That process reads orders, one line of JSON each, and answers how its workers
ended. What is watched in a worker is noted in a file, and can be where it kills itself.
"""

import contextlib
import functools
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
HERE = "decisions.export"
WATCHED = (
    *(f"{HERE}.stretches:{name}" for name in ("make_stretch", "make_pdf", "make_afterwards")),
    "decisions.kept_pdf.making:note_document",
    *(f"{HERE}.jobs:{name}" for name in ("_leave_next", "defer")),
    *(f"{HERE}.storing:{name}" for name in ("remove_all_of", "new_part", "_flush", "keep")),
    *(f"{HERE}.finishing:{name}" for name in ("finish", "write_export", "_note_views", "tell_all")),
    f"{HERE}.finishing:_make_ready",
    f"{HERE}.stating:state_made",
    "zipfile:ZipFile.writestr",
)


class Forking:
    """The process that workers are forked from."""

    def __init__(self, process: "subprocess.Popen[str]", notes: Path) -> None:
        self._process, self._notes = process, notes

    def work(self, workers: int = 1, **order: Any) -> list[int]:
        """Have so many workers do the jobs that wait; their exit codes, as of `Popen`.

        `at`: a point such as "after keep" or "before make_pdf 2", where each kills itself;
        `most`: how many bytes a file may have; `meet`: stretches wait until two workers have one.
        """
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"workers": workers, **order}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        return [os.waitstatus_to_exitcode(one) for one in json.loads(answer)]

    def notes(self, point: str) -> int:
        """How often workers came to this point so far."""
        return [line.split(" ", 1)[1] for line in read(self._notes)].count(point)


@contextlib.contextmanager
def forking(folder: Path, database: str, **environment: Path) -> Iterator[Forking]:
    """The process, as long as the block lasts; it may write to the folder."""
    notes = folder / "notes"
    notes.touch()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.decisions.export.forked", str(notes)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, **{k: str(v) for k, v in environment.items()}},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:  # the end of its orders ends it
        yield Forking(process, notes)


def read(notes: Path) -> list[str]:
    return notes.read_text().splitlines()


def watch(notes: Path, at: str = "", *, meet: bool = False) -> None:
    """Note each time that a watched function begins and ends; die at this point."""
    counts: Counter[str] = Counter()

    def reached(point: str) -> None:
        counts[point] += 1
        with notes.open("a") as file:
            file.write(f"{os.getpid()} {point}\n")
        if at in (point, f"{point} {counts[point]}"):
            os.kill(os.getpid(), signal.SIGKILL)
        while meet and point == "before make_stretch" and len(who(point)) < 2:
            time.sleep(0.05)

    def who(point: str) -> set[str]:
        return {line.split(" ")[0] for line in read(notes) if line.endswith(f" {point}")}

    for one in WATCHED:
        module, _, name = one.partition(":")
        *outer, last = name.split(".")
        holder = functools.reduce(getattr, outer, import_module(module))
        setattr(holder, last, watched(getattr(holder, last), last, reached))


def watched(function: Any, name: str, reached: Any) -> Any:
    @functools.wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        reached(f"before {name}")
        found = function(*given, **named)
        reached(f"after {name}")
        return found

    return call


def fork(notes: Path, order: dict[str, Any]) -> int:
    """A worker's process."""
    if child := os.fork():
        return child
    try:
        if most := order.get("most"):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # it may be a file
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        watch(notes, order.get("at", ""), meet=order.get("meet", False))
        from infoshare.jobs.worker import work

        work(until_idle=True)
        os._exit(0)
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
    finally:
        os._exit(1)


def main(notes: Path) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    django.setup()

    from procrastinate.contrib.django import app

    from decisions.documents.record_pdf import record_pdf
    from tests.decisions.documents import real

    app.periodic_registry.periodic_tasks.clear()  # nothing comes by itself
    record_pdf(real.record(real.URGENT, "share"))
    for line in sys.stdin:
        order = json.loads(line)
        workers = [fork(notes, order) for _ in range(order["workers"])]
        sys.stdout.write(json.dumps([os.waitpid(one, 0)[1] for one in workers]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
