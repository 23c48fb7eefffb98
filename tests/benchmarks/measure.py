"""Times, their spread, and the machine they were taken on: what every benchmark prints."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Times:
    """Measured times in milliseconds."""

    name: str
    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def __str__(self) -> str:
        low, _, high = statistics.quantiles(self.runs, n=4)
        return (
            f"{self.name}: median {self.median:.0f} ms, middle half {low:.0f} to {high:.0f} ms, "
            f"fastest {min(self.runs):.0f} ms, {len(self.runs)} runs"
        )


def in_turn(subjects: Sequence[tuple[str, Callable[[], object]]], runs: int) -> list[Times]:
    """Times of each subject, taken in turn so that a busy spell of the machine hits all alike.

    One round goes before, unmeasured, so that everything is warm.
    """
    taken: list[list[float]] = [[] for _ in subjects]
    for turn in range(runs + 1):
        for (_, run), times in zip(subjects, taken, strict=True):
            began = time.perf_counter()
            run()
            if turn:
                times.append((time.perf_counter() - began) * 1000)
    return [Times(name, tuple(times)) for (name, _), times in zip(subjects, taken, strict=True)]


def say(*lines: object) -> None:
    """Write the lines to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def machine() -> str:
    """Processor, cores, memory, system and load, for example to paste into docs/performance.md."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((ln.split(":")[1].strip() for ln in info.splitlines() if "model name" in ln), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} at the start"
    )
