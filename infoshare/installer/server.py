"""The web server behind `make run` and its worker: start, wait for an answer, stop all of it."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections import deque
from pathlib import Path

from infoshare.installer import checkout, children, demo, port
from infoshare.installer.console import InstallError, Step, say
from infoshare.installer.worker import Worker

WORKERS, THREADS = 2, 4
HEALTH = "/health/"
PATIENCE = 60.0
LOG = checkout.LOGS / "server.log"
# Without what follows a "?" and without the page before: words that people search for stand there.
LOG_LINE = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(L)ss'


def serve(listening: socket.socket, env: dict[str, str], welcome: str) -> int:
    """Serve until asked to stop, and say `welcome` when it begins; the exit code.

    Raises `InstallError` when the server does not start or ends by itself.
    """
    number = listening.getsockname()[1]
    step = Step("Web server")
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("wb") as log:
        server = _start(listening, env, log.fileno())
    listening.close()
    worker = Worker(env)
    try:
        worker.start()
        _wait_until_it_answers(number, server, step)
        _welcome(number, welcome)
        code = children.wait(server, meanwhile=worker.tend)
        raise InstallError(f"The web server ended by itself (code {code}). {_last_words()}")
    except children.Stopped as stopped:
        say()
        return 0 if stopped.signum == signal.SIGINT else 128 + stopped.signum
    finally:
        _stop(server, worker, env)


def _start(listening: socket.socket, env: dict[str, str], output: int) -> subprocess.Popen[bytes]:
    descriptor = os.dup(listening.fileno())
    try:
        return children.start(
            [str(checkout.VENV / "bin" / "gunicorn"), "infoshare.wsgi",
             "--bind", f"fd://{descriptor}", "--workers", str(WORKERS), "--threads", str(THREADS),
             "--preload", "--timeout", "60", "--graceful-timeout", "5", "--no-control-socket",
             "--access-logfile", str(checkout.LOGS / "access.log"),
             "--access-logformat", LOG_LINE],
            env=env, output=output, keep_open=(descriptor,),
        )  # fmt: skip
    finally:
        os.close(descriptor)


def _wait_until_it_answers(number: int, server: subprocess.Popen[bytes], step: Step) -> None:
    while step.seconds < PATIENCE:
        if server.poll() is not None:
            step.end("failed")
            raise InstallError(f"The web server did not start. {_last_words()}")
        if _healthy(number):
            step.end("answers")
            return
        step.show()
        time.sleep(0.1)
    step.end("failed")
    raise InstallError(f"The web server did not answer within {PATIENCE:.0f} s. {_last_words()}")


def _healthy(number: int) -> bool:
    asked = http.client.HTTPConnection(port.HOST, number, timeout=5)
    try:
        asked.request("GET", HEALTH)
        return asked.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _welcome(number: int, welcome: str) -> None:
    say(f"\n{welcome}\n")
    say(f"InfoShare answers at http://{port.HOST}:{number}   (Ctrl-C stops it)")
    say(f"What the server says goes to {_short(LOG)}.")


def _stop(server: subprocess.Popen[bytes], worker: Worker, env: dict[str, str]) -> None:
    """End the web server, then the worker, then wait until their database has stopped as well."""
    step = Step("Stopping the web server, the job worker and the database")
    step.show()
    with children.undisturbed():
        children.stop(server)
        worker.stop()
        demo.wait_for_database_to_stop(env)
    step.end("stopped")


def _last_words() -> str:
    with LOG.open(encoding="utf-8", errors="replace") as file:
        tail = "".join(deque(file, children.SHOWN_ON_FAILURE)).rstrip()
    return f"Its last words, all in {_short(LOG)}:\n\n{tail}\n"


def _short(path: Path) -> str:
    return str(path.relative_to(checkout.ROOT)) if path.is_relative_to(checkout.ROOT) else str(path)
