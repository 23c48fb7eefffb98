"""InfoShare as it is really served: gunicorn, production settings, collected static files."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from infoshare.installer import children

HOST = "127.0.0.1"
ROOT = Path(settings.BASE_DIR)
BUILT = ROOT / "static" / "build" / "infoshare.css"
PATIENCE = 60.0
GUNICORN = (sys.executable, "-m", "gunicorn", "infoshare.wsgi", "--threads=4",
            "--preload", "--graceful-timeout=2", "--no-control-socket",
            "--config", str(ROOT / "tests" / "shared_templates.py"))  # fmt: skip
# Whatever this machine's shell says about an installation is not meant for the tested one.
OURS = ("INFOSHARE_", "DATABASE_", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_", "EMAIL_", "DEFAULT_FROM")


class Site:
    """One gunicorn on a port of its own. `data` holds its log, its letters, its static files.

    `more` are further environment variables.
    """

    def __init__(self, data: Path, **more: str) -> None:
        self.data = data
        self.more = more
        self.port = 0
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def collect(self) -> None:
        """Collect the static files under their hashed names, as an installation does."""
        assert BUILT.exists(), "static/build is missing: run make setup, or npm run build"
        self.manage("collectstatic", "--no-input", "--verbosity=0")

    def manage(self, *words: str) -> None:
        """Run one of InfoShare's own commands for this installation."""
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self._environment(""), check=True, timeout=300)

    def start(self, database: str, *, workers: int = 1, health: int = http.client.OK) -> None:
        """Serve this database (a `DATABASE_URL`) until `stop`; at the same port as before.

        `health` is the status that the health page is to give before the tests begin.
        """
        with socket.socket() as listening, (self.data / "server.log").open("ab") as log:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((HOST, self.port))
            self.port = listening.getsockname()[1]
            self.server = children.start(
                [*GUNICORN, "--bind", f"fd://{listening.fileno()}", "--workers", str(workers)],
                env=self._environment(database),
                output=log.fileno(),
                keep_open=(listening.fileno(),),
            )
        self._wait_until_it_answers(health)

    def stop(self) -> None:
        """End the server and all that it started; nothing when it does not run."""
        if self.server is not None:
            children.stop(self.server, patience=5)
            self.server = None

    def log(self) -> str:
        """All that the server said so far."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def _environment(self, database: str) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(OURS)}
        own = {
            "DJANGO_SETTINGS_MODULE": "infoshare.settings",
            "INFOSHARE_DATA": str(self.data),
            "INFOSHARE_HTTPS": "0",
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": database,
            # The tests' own key, so that a session made by a test is one of the site's.
            "SECRET_KEY": settings.SECRET_KEY,
            "PYTHONUNBUFFERED": "1",
        }
        return kept | own | self.more

    def _wait_until_it_answers(self, health: int) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.server is not None
            assert self.server.poll() is None, f"the server ended by itself:\n{self.log()}"
            if self._health() == health:
                return
            time.sleep(0.05)
        raise AssertionError(f"the server did not answer within {PATIENCE:.0f} s:\n{self.log()}")

    def _health(self) -> int:
        asked = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            asked.request("GET", "/health/")
            return asked.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            asked.close()
