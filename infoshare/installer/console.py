"""What the person at the terminal is told: steps, how far they are, how they ended."""

import contextlib
import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
BAR = 16
ON_TERMINAL = sys.stdout.isatty()


class InstallError(Exception):
    """A step could not be done. The text says why, and what to do, in plain words."""


def say(text: str = "") -> None:
    """Print one line at once."""
    _write(sys.stdout, text + "\n")


def warn(text: str) -> None:
    """Print one line on standard error at once."""
    _write(sys.stderr, text + "\n")


def _write(stream: TextIO, text: str) -> None:
    """Write with marks that the encoding lacks replaced; a terminal that is gone hears nothing."""
    encoding = stream.encoding or "ascii"
    with contextlib.suppress(OSError):
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()


def hung_up() -> bool:
    """Whether the terminal that was there at the start has been closed."""
    return ON_TERMINAL and not sys.stdout.isatty()


class Step:
    """One thing being done, shown as it goes on.

    On a terminal a single line moves: spinner, bar when the share done is known, seconds, and
    the tool's latest words. Elsewhere one line is printed at the start and one at the end.
    """

    def __init__(self, title: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.title = title
        self.clock = clock
        self.began = clock()
        self.moving = ON_TERMINAL
        self.turn = 0
        if not self.moving:
            say(f"{title} ...")

    @property
    def seconds(self) -> float:
        """Seconds since the step began."""
        return self.clock() - self.began

    def show(self, words: str = "", share: float | None = None) -> None:
        """Redraw the moving line; `share` is the part done, 0 to 1, when it is known."""
        if not self.moving:
            return
        self.turn += 1
        mark = SPINNER[self.turn % len(SPINNER)]
        bar = "" if share is None else f" {self._bar(share)}"
        self._draw(f"{mark} {self.title}{bar} {self.seconds:.0f} s  {words}")

    @staticmethod
    def _bar(share: float) -> str:
        full = round(BAR * min(max(share, 0.0), 1.0))
        return "█" * full + "░" * (BAR - full)

    def _draw(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        _write(sys.stdout, "\r\x1b[2K" + line[:width])

    def end(self, how: str = "done") -> None:
        """Close the line with how the step ended and how long it took."""
        if self.moving:
            self._draw("")
            say(f"{self.title}: {how} ({self.seconds:.1f} s)")
        else:
            say(f"    {how} ({self.seconds:.1f} s)")
