"""What the person sees: a moving line on a terminal, plain lines elsewhere."""

import io
import os

import pytest

from infoshare.installer import console
from infoshare.installer.console import Step


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves by hand."""
    times = [100.0]

    class Clock:
        def __call__(self) -> float:
            return times[0]

        def pass_by(self, seconds: float) -> None:
            times[0] += seconds

    return Clock()


def test_away_from_a_terminal_a_step_is_two_plain_lines(monkeypatch, capsys, clock) -> None:
    monkeypatch.setattr(console, "ON_TERMINAL", False)
    step = Step("Bringing tea", clock=clock)
    step.show("boiling", 0.5)
    clock.pass_by(2.5)
    step.end()
    assert capsys.readouterr().out == "Bringing tea ...\n    done (2.5 s)\n"


def test_on_a_terminal_the_line_moves_and_ends_plain(monkeypatch, capsys, clock) -> None:
    monkeypatch.setattr(console, "ON_TERMINAL", True)
    monkeypatch.setenv("COLUMNS", "60")
    step = Step("Bringing tea", clock=clock)
    clock.pass_by(3)
    step.show("boiling " * 20, 0.5)
    step.end("failed")
    moving, last = capsys.readouterr().out.split("\r\x1b[2K")[1:]
    assert "████████░░░░░░░░ 3 s  boiling" in moving
    assert len(moving) == 59
    assert last == "Bringing tea: failed (3.0 s)\n"


@pytest.mark.parametrize(
    ("share", "bar"), [(-1, "░" * 16), (0.25, "████" + "░" * 12), (7, "█" * 16)]
)
def test_the_bar_stays_within_its_bounds(share: float, bar: str) -> None:
    assert Step._bar(share) == bar


def test_marks_that_the_encoding_lacks_are_replaced() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    console._write(stream, "tea ⠋ é\n")
    assert stream.buffer.getvalue() == b"tea ? ?\n"


def test_a_terminal_that_is_gone_stops_nothing() -> None:
    person, program = os.openpty()
    stream = io.TextIOWrapper(io.FileIO(program, "w"), encoding="utf-8", write_through=True)
    console._write(stream, "heard\n")
    os.close(person)
    with pytest.raises(OSError):
        stream.write("this is what would stop the installer\n")
    console._write(stream, "nobody hears this\n")
