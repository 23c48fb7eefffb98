"""`python -m infoshare.embedded_postgres`: the bundled server from the command line.

wait-stopped [--timeout SECONDS]   wait until the server of this installation has stopped
address [DATABASE]                 start it if need be and print the address of a database;
                                   it stops again unless something else uses it
keep FOLDER LOCK REPORT [NAME=VALUE ...]   the keeper; started by the engine only
"""

import argparse
import os
import sys
from pathlib import Path

from infoshare.embedded_postgres import keeper, launcher, state
from infoshare.embedded_postgres.errors import BundledServerError


def main(arguments: list[str]) -> int:
    """Do what the command line asks; its exit status (0 well, 1 not, 2 not understood)."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except BundledServerError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infoshare.embedded_postgres")
    commands = parser.add_subparsers(required=True)

    wait = commands.add_parser("wait-stopped", help="wait until the server has stopped")
    wait.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS")
    wait.set_defaults(run=_wait_stopped)

    where = commands.add_parser("address", help="print the DATABASE_URL of the server")
    where.add_argument("database", nargs="?", default="infoshare")
    where.set_defaults(run=_address)

    keep = commands.add_parser("keep", help="run the server; the engine starts this itself")
    keep.add_argument("folder", type=Path)
    keep.add_argument("lock", type=int)
    keep.add_argument("report", type=int)
    keep.add_argument("settings", nargs="*", metavar="NAME=VALUE")
    keep.set_defaults(run=_keep)
    return parser


def _wait_stopped(asked: argparse.Namespace) -> int:
    found = launcher.wait_stopped(state.default_folder(), asked.timeout)
    if found == "in use":
        sys.stderr.write("The database keeps running: another program is using it.\n")
    if found == "running":
        log = state.StateFolder(state.default_folder()).log
        sys.stderr.write(f"The database has not stopped yet. Its log: {log}\n")
    return int(found == "running")


def _address(asked: argparse.Namespace) -> int:
    sys.stdout.write(launcher.address(state.default_folder()).url(asked.database) + "\n")
    return 0


def _keep(asked: argparse.Namespace) -> int:
    # The client waits for this process only; the keeper itself is nobody's child.
    if os.fork():
        os._exit(0)
    settings = dict(setting.split("=", 1) for setting in asked.settings)
    return keeper.run(state.StateFolder(asked.folder), asked.lock, asked.report, settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
