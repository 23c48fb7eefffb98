"""`make lint`: every check is run, each says yes or no, and only what failed shows its words."""

import secrets
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from infoshare.installer import checkout, pins, registry_names
from infoshare.installer.console import InstallError, say

PRODUCTION = {
    "INFOSHARE_DEMO": "0",
    "ALLOWED_HOSTS": "infoshare.example",
    "SECRET_KEY_FILE": "",
    "DATABASE_URL": "postgresql://infoshare@127.0.0.1/infoshare",
}


@dataclass(frozen=True)
class Tool:
    """A check made by a program of `.venv`; it agrees by ending with code 0."""

    title: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)

    def complaint(self) -> str:
        """What the program has against the code; "" when nothing."""
        program = str(checkout.VENV / "bin" / self.command[0])
        ended = subprocess.run(
            [program, *self.command[1:]],
            cwd=checkout.ROOT, env=checkout.environment(**self.env), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        )  # fmt: skip
        return ended.stdout.strip() or f"code {ended.returncode}" if ended.returncode else ""


@dataclass(frozen=True)
class Look:
    """A check made by a function of our own that returns what is wrong, or ""."""

    title: str
    complaint: Callable[[], str]


def _manage(title: str, *words: str, env: Mapping[str, str] | None = None) -> Tool:
    return Tool(title, ("python", "manage.py", *words), env or {})


def all_checks() -> list[Tool | Look]:
    """Every check of `make lint`, quickest first."""
    production = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(48)}
    return [
        Look("pins in step with requirements*.in", pins.out_of_step),
        Look("no file names a package registry", registry_names.named),
        Tool("ruff check", ("ruff", "check", "--no-cache", ".")),
        Tool("ruff format", ("ruff", "format", "--no-cache", "--check", ".")),
        Tool("imports go one way", ("lint-imports", "--no-cache")),
        _manage("guidance editions", "check_guidance"),
        _manage("templates: compile and resolve", "check_templates"),
        _manage("reading grade of every page", "check_reading"),
        Tool("templates: markup", ("djlint", "templates", "--lint", "--quiet")),
        _manage("no migration is missing", "makemigrations", "--check", "--dry-run"),
        _manage("settings for production", "check", "--deploy", "--fail-level", "WARNING",
                env=production),
        Tool("types (mypy strict)", ("mypy", "infoshare", "guidance", "decisions")),
    ]  # fmt: skip


def run() -> int:
    """Run every check; 0 when all agree, else 1."""
    failed = [check.title for check in all_checks() if not _agrees(check)]
    if failed:
        say(f"\nmake lint: {len(failed)} failed: {', '.join(failed)}")
        return 1
    say("\nmake lint: all checks agree")
    return 0


def _agrees(check: Tool | Look) -> bool:
    began = time.monotonic()
    try:
        complaint = check.complaint()
    except InstallError as failure:
        complaint = str(failure)
    seconds = time.monotonic() - began
    say(f"{'FAIL' if complaint else 'ok':<4}  {check.title} ({seconds:.1f} s)")
    if complaint:
        say("\n" + "\n".join(f"      {line}" for line in complaint.splitlines()) + "\n")
    return not complaint
