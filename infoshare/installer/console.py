"""What the person at the terminal is told: steps, how far they are, how they ended."""

import shutil
import sys
import time
from collections.abc import Callable

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
BAR = 16


class InstallError(Exception):
    """A step could not be done. The text says why, and what to do, in plain words."""


def say(text: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(_printable(text) + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Print one line on standard error at once."""
    sys.stderr.write(_printable(text, sys.stderr.encoding) + "\n")
    sys.stderr.flush()


def _printable(text: str, encoding: str | None = None) -> str:
    """The text, with marks that the terminal's encoding lacks replaced."""
    encoding = encoding or sys.stdout.encoding or "ascii"
    return text.encode(encoding, "replace").decode(encoding)


class Step:
    """One thing being done, shown as it goes on.

    On a terminal a single line moves: spinner, bar when the share done is known, seconds, and
    the tool's latest words. Elsewhere one line is printed at the start and one at the end.
    """

    def __init__(self, title: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.title = title
        self.clock = clock
        self.began = clock()
        self.moving = sys.stdout.isatty()
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
        sys.stdout.write("\r\x1b[2K" + _printable(line[:width]))
        sys.stdout.flush()

    def end(self, how: str = "done") -> None:
        """Close the line with how the step ended and how long it took."""
        if self.moving:
            self._draw("")
            say(f"{self.title}: {how} ({self.seconds:.1f} s)")
        else:
            say(f"    {how} ({self.seconds:.1f} s)")
