"""No file of the repository names a package registry's host: machines bring their own."""

import re
import subprocess

from infoshare.installer import checkout
from infoshare.installer.console import InstallError

# In pieces, so that this file does not name them either.
HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry", "npmjs"),
    ("registry", "yarnpkg"),
    ("deb", "debian", "org"),
)


def named() -> str:
    """The lines of tracked files that name a registry's host, or "" when none does."""
    pattern = "|".join(re.escape(".".join(host)) for host in HOSTS)
    asked = subprocess.run(
        ["git", "grep", "-nIE", pattern],
        cwd=checkout.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if asked.returncode > 1:
        raise InstallError(f"git cannot search the files: {asked.stderr.strip()}")
    return asked.stdout.strip()
