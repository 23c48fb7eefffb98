"""Programs are started, followed, and stopped with everything they started."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from infoshare.installer import children
from infoshare.installer.console import InstallError

PROJECT = Path(__file__).resolve().parents[3]
# Starts a child of its own, writes both their numbers, and sits there.
PARENT = """
import pathlib, subprocess, sys, os, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(true, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def numbers(path: Path) -> list[int]:
    assert wait_for(lambda: path.exists() and len(path.read_text().split()) == 2)
    return [int(word) for word in path.read_text().split()]


def python(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code), *words]


def test_the_words_of_a_program_come_back_and_go_to_its_log(copy: Path, capsys) -> None:
    said = children.run("Counting", python("print('one'); print('two')"), log="count")
    assert said == "one\ntwo\n"
    assert (copy / "var/log/count.log").read_text() == "one\ntwo\n"
    assert "Counting ...\n    done" in capsys.readouterr().out


def test_a_failure_shows_the_last_lines_and_where_the_rest_is(copy: Path) -> None:
    code = "import sys; [print('line', n) for n in range(40)]; sys.exit('the reason')"
    with pytest.raises(InstallError) as failure:
        children.run("Counting", python(code), log="count")
    text = str(failure.value)
    assert "ended with code 1" in text
    assert str(copy / "var/log/count.log") in text
    assert text.rstrip().endswith("the reason")
    assert "line 39\n" in text and "line 5\n" not in text


def test_a_program_that_is_not_there_is_named(copy: Path) -> None:
    with pytest.raises(InstallError, match="no-such-program is not on this machine"):
        children.run("Nothing", ["no-such-program"], log="none")


def test_a_program_reads_nothing_from_the_terminal(copy: Path) -> None:
    said = children.run("Asking", python("import sys; print(repr(sys.stdin.read()))"), log="ask")
    assert said.strip() == "''"


def test_words_tell_how_far_it_is(copy: Path) -> None:
    seen: list[str] = []
    children.run("Counting", python("print('a'); print('b')"), log="count", share=seen.append)
    assert seen == ["a", "b"]


def test_stopping_a_program_ends_what_it_started(copy: Path, tmp_path: Path) -> None:
    child = children.start(python(PARENT, str(tmp_path / "numbers")))
    both = numbers(tmp_path / "numbers")
    children.stop(child, patience=2)
    assert wait_for(lambda: not any(map(alive, both)))


def test_a_program_that_will_not_stop_is_ended_all_the_same(copy: Path, tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PARENT
    child = children.start(python(deaf, str(tmp_path / "numbers")))
    both = numbers(tmp_path / "numbers")
    began = time.monotonic()
    children.stop(child, patience=0.3)
    assert time.monotonic() - began < 30
    assert wait_for(lambda: not any(map(alive, both)))


def running_installer(tmp_path: Path, how: str) -> subprocess.Popen[bytes]:
    """A process that runs PARENT the way the installer runs its programs."""
    code = f"""
    import sys
    from pathlib import Path
    from infoshare.installer import checkout, children
    checkout.LOGS = Path({str(tmp_path)!r})
    children.stop_on_signals()
    try:
        children.run("Sitting", [sys.executable, "-c", {PARENT!r}, {str(tmp_path / "numbers")!r}],
                     log="sit"{how})
    except children.Stopped as stopped:
        sys.exit(100 + stopped.signum)
    """
    return subprocess.Popen(
        python(code), cwd=PROJECT, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_the_step_and_all_below_it(tmp_path: Path, asked: int) -> None:
    installer = running_installer(tmp_path, "")
    both = numbers(tmp_path / "numbers")
    installer.send_signal(asked)
    assert installer.wait(60) == 100 + asked
    assert wait_for(lambda: not any(map(alive, both)))


def test_kill_9_of_the_installer_ends_the_program_it_ran(tmp_path: Path) -> None:
    installer = running_installer(tmp_path, "")
    program, below = numbers(tmp_path / "numbers")
    installer.kill()
    installer.wait(60)
    assert wait_for(lambda: not alive(program))
    os.kill(below, signal.SIGKILL)


def test_a_system_installer_is_waited_for(tmp_path: Path) -> None:
    installer = running_installer(tmp_path, ", interruptible=False")
    both = numbers(tmp_path / "numbers")
    installer.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert all(map(alive, both)) and installer.poll() is None
    for process in both:
        os.kill(process, signal.SIGKILL)
    installer.wait(60)


def test_a_held_back_request_is_raised_afterwards() -> None:
    before = [signal.getsignal(signum) for signum in children.STOP_SIGNALS]
    done = []
    with pytest.raises(children.Stopped) as stopped, children.undisturbed():
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("all of it")
    assert done and stopped.value.signum == signal.SIGTERM
    assert [signal.getsignal(signum) for signum in children.STOP_SIGNALS] == before
