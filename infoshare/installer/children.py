"""Start another program, show that it works, and stop it with everything it started.

Every child runs in a process group of its own, so that Ctrl-C reaches this program alone, which
then stops its children in order. Should this program be killed outright, the kernel ends the
child for it (`PR_SET_PDEATHSIG`).
"""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

from infoshare.installer import checkout
from infoshare.installer.console import InstallError, Step, hung_up, say

PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SHOWN_ON_FAILURE = 25
LIBC = ctypes.CDLL(None, use_errno=True)


class Stopped(BaseException):
    """Somebody asked this program to stop; `signum` says how."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def stop_on_signals() -> None:
    """From now on Ctrl-C, SIGTERM and SIGHUP raise `Stopped` in the main thread."""

    def raise_stopped(signum: int, frame: FrameType | None) -> None:
        raise Stopped(signum)

    for signum in STOP_SIGNALS:
        signal.signal(signum, raise_stopped)


def die_with_parent() -> None:
    """Have the kernel send this process SIGTERM when the one that started it is gone."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold requests to stop back until the block is over, then raise the first of them."""
    waiting: list[int] = []
    before = {
        signum: signal.signal(signum, lambda number, frame: waiting.append(number))
        for signum in STOP_SIGNALS
    }
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
    if waiting:
        raise Stopped(waiting[0])


def start(
    command: Sequence[str],
    *,
    env: dict[str, str] | None = None,
    output: int | None = None,
    keep_open: tuple[int, ...] = (),
    mortal: bool = True,
) -> subprocess.Popen[bytes]:
    """A running child that reads nothing and, when `mortal`, ends with this program.

    `output` is the file descriptor for its words, `keep_open` what it inherits.
    """
    try:
        return subprocess.Popen(
            command,
            cwd=checkout.ROOT,
            env=env or checkout.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output is not None else None,
            pass_fds=keep_open,
            process_group=0,
            preexec_fn=die_with_parent if mortal else None,
        )
    except FileNotFoundError:
        raise InstallError(f"{command[0]} is not on this machine.") from None


def stop(
    child: subprocess.Popen[bytes],
    *,
    patience: float = 15.0,
    asking: signal.Signals = signal.SIGTERM,
) -> None:
    """End the child and its whole group: `asking` first, after `patience` seconds for certain."""
    if child.poll() is None:
        child.send_signal(asking)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def run(
    title: str,
    command: Sequence[str],
    *,
    log: str,
    env: dict[str, str] | None = None,
    share: Callable[[str], float | None] = lambda line: None,
    interruptible: bool = True,
) -> str:
    """Run a command as a step, its words kept in `var/log/<log>.log`; its words come back.

    `share` turns a line of its output into the part done. Raises `InstallError` with the last lines
    when it fails. A command that is not `interruptible` (a system installer) is waited for.
    """
    path = checkout.LOGS / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    step = Step(title)
    reading, writing = os.pipe()
    child = start(command, env=env, output=writing, mortal=interruptible)
    os.close(writing)
    guard = contextlib.nullcontext() if interruptible else undisturbed()
    try:
        with guard, os.fdopen(reading, "rb") as words, path.open("wb") as file:
            text = b"".join(_follow(words.fileno(), step, share, file.write))
            code = child.wait()
    except BaseException:
        step.end("stopped")
        stop(child, patience=3)
        raise
    if code:
        step.end("failed")
        raise _failure(command, code, path)
    step.end()
    return text.decode("utf-8", "replace")


def _follow(
    source: int, step: Step, share: Callable[[str], float | None], keep: Callable[[bytes], object]
) -> Iterator[bytes]:
    """What the child says, as it says it, while the step's line keeps moving."""
    last, rest, done = "", "", None
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while True:
            if selector.select(timeout=0.1):
                part = os.read(source, 65536)
                if not part:
                    return
                keep(part)
                yield part
                *lines, rest = (rest + part.decode("utf-8", "replace")).split("\n")
                for line in filter(None, map(str.strip, lines)):
                    last, done = line, share(line) or done
            step.show(last, done)


def _failure(command: Sequence[str], code: int, path: Path) -> InstallError:
    with path.open(encoding="utf-8", errors="replace") as file:
        tail = "".join(deque(file, SHOWN_ON_FAILURE)).rstrip()
    name = " ".join(Path(command[0]).name if i == 0 else word for i, word in enumerate(command[:4]))
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    return InstallError(f"{name} {how}. Its last words, all in {path}:\n\n{tail}\n")


def wait(child: subprocess.Popen[bytes], *, meanwhile: Callable[[], object] = lambda: None) -> int:
    """Wait until the child ends by itself; its exit code. A terminal that closes is a hang-up.

    `meanwhile` is called again and again while it runs.
    """
    while (code := child.poll()) is None:
        if hung_up():
            raise Stopped(signal.SIGHUP)
        meanwhile()
        time.sleep(0.2)
    return code


def through(command: Sequence[str], *, env: dict[str, str] | None = None) -> int:
    """Run a command with its words going straight to the person; its exit code."""
    child = start(command, env=env)
    try:
        return wait(child)
    except BaseException:
        say()
        stop(child, patience=10, asking=signal.SIGINT)
        raise
