"""The commands behind the Makefile: `python -m infoshare.installer setup|install|run|...`."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable

from infoshare.installer import (
    assets,
    checkout,
    checks,
    children,
    demo,
    lock,
    packages,
    pins,
    port,
    server,
    system,
)
from infoshare.installer.console import InstallError, say, warn


def install(*, for_tests: bool = False) -> None:
    """Everything that running (or testing) needs, each part only when it is not there yet."""
    with lock.alone():
        system.bring(system.TO_TEST if for_tests else system.TO_RUN)
        packages.make_venv()
        packages.bring(packages.TO_TEST if for_tests else packages.TO_RUN)
        assets.bring()


def setup() -> int:
    """Install everything that running and testing need, and stop there."""
    install(for_tests=True)
    say("Everything is installed: make run, make test and make lint can begin.")
    return 0


def ready() -> int:
    """Install what serving needs and tests do not, and stop there."""
    install()
    say("What serving needs is installed: docs/installing-on-a-server.md goes on from here.")
    return 0


def run() -> int:
    """Serve the demo until Ctrl-C."""
    with port.take(port.wanted()) as listening:
        env = demo.environment()
        install()
        with lock.alone():
            welcome = demo.prepare(env)
        return server.serve(listening, env, welcome)


def test() -> int:
    """Run every test in three processes, or what ARGS tells pytest."""
    install(for_tests=True)
    words = shlex.split(os.environ.get("ARGS", "")) or ["-n", "3", "--dist", "worksteal"]
    return children.through([str(checkout.PYTHON), "-m", "pytest", *words])


def lint() -> int:
    """Run every check that needs no test."""
    install(for_tests=True)
    return checks.run()


def bench() -> int:
    """Run every benchmark in turn; 1 when any of them misses its limit."""
    install(for_tests=True)
    with lock.alone():
        system.bring(system.TO_MEASURE)
    names = sorted(path.stem for path in (checkout.ROOT / "tests/benchmarks").glob("bench_*.py"))
    codes = []
    for name in names:
        say(f"\n--- {name}")
        codes.append(children.through([str(checkout.PYTHON), "-m", f"tests.benchmarks.{name}"]))
    return int(any(codes))


def renew_pins() -> int:
    """Write requirements*.txt anew from requirements*.in; UPGRADE=1 takes newer versions."""
    with lock.alone():
        pins.renew(upgrade=os.environ.get("UPGRADE", "").strip() == "1")
    return 0


VERBS: dict[str, Callable[[], int]] = {
    "setup": setup,
    "install": ready,
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "pins": renew_pins,
}


def main(arguments: list[str]) -> int:
    """Do what the one word in `arguments` asks; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infoshare.installer", description=__doc__)
    parser.add_argument("verb", choices=VERBS)
    verb = parser.parse_args(arguments).verb
    children.stop_on_signals()
    if os.environ.get("MAKELEVEL"):
        children.die_with_parent()
    try:
        return VERBS[verb]()
    except InstallError as failure:
        warn(f"\nmake {verb}: {failure}")
        return 1
    except OSError as error:
        warn(f"\nmake {verb}: {error.filename or 'this machine'}: {error.strerror}.")
        return 1
    except children.Stopped as stopped:
        warn(f"make {verb}: stopped.")
        return 128 + stopped.signum


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
