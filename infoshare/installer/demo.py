"""The demo: its key, its tables, its invented people and cases."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from infoshare.installer import checkout, children, port
from infoshare.installer.console import InstallError

KEY = checkout.VAR / "secret-key"
NO = {"0", "false", "no", "off"}


def environment() -> dict[str, str]:
    """The environment in which InfoShare is a demo, with a key that lasts."""
    if os.environ.get("INFOSHARE_DEMO", "").strip().lower() in NO:
        raise InstallError(
            "INFOSHARE_DEMO says no, but make run serves the demo. Unset it, or read "
            "docs/development.md on serving a real installation."
        )
    own = {"INFOSHARE_DEMO": "1"}
    if not any(os.environ.get(name, "").strip() for name in ("SECRET_KEY", "SECRET_KEY_FILE")):
        own["SECRET_KEY_FILE"] = str(_key())
    if not os.environ.get("INFOSHARE_ADDRESS", "").strip():
        own["INFOSHARE_ADDRESS"] = f"http://{port.HOST}:{port.wanted()}"
    return checkout.environment(**own)


def _key() -> Path:
    """The file with the demo's key, made once and whole, for nobody else to read."""
    if not KEY.exists():
        KEY.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=KEY.parent, encoding="ascii") as made:
            made.write(secrets.token_urlsafe(48) + "\n")
            made.flush()
            with contextlib.suppress(FileExistsError):
                os.link(made.name, KEY)
    return KEY


def prepare(env: dict[str, str]) -> str:
    """Have the tables of this version and, once, the invented cases; how to sign in comes back."""
    try:
        said = children.run(
            "Database: tables, invented people and cases",
            checkout.manage("prepare_demo"),
            log="prepare-demo",
            env=env,
        )
    except BaseException:
        wait_for_database_to_stop(env)
        raise
    return said.rpartition("\f")[2].strip()


def wait_for_database_to_stop(env: dict[str, str]) -> None:
    """Return when the bundled database has stopped, or is in use by somebody else and stays."""
    if env.get("DATABASE_URL", "").strip():
        return
    command = [str(checkout.PYTHON), "-m", "infoshare.embedded_postgres", "wait-stopped"]
    with children.undisturbed():
        children.start(command, env=env).wait()
