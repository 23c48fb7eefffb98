"""The address to serve on, taken before any work is done, so that nobody waits for a refusal."""

import errno
import os
import socket

from infoshare.installer.console import InstallError

HOST = "127.0.0.1"
USUAL = 8000


def wanted() -> int:
    """The port that PORT asks for, 8000 when it is not set; `InstallError` when it is no port."""
    value = os.environ.get("PORT", "").strip()
    if not value:
        return USUAL
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        raise InstallError(f"PORT is {value!r}: write a whole number from 1 to 65535.")
    return int(value)


def take(port: int) -> socket.socket:
    """A socket bound to the port, for this machine alone; `InstallError` when it cannot be had."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except OSError as error:
        taken.close()
        raise InstallError(_refusal(port, error)) from None
    return taken


def _refusal(port: int, error: OSError) -> str:
    other = f"Choose another, for example: make run PORT={8001 if port == USUAL else USUAL}"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: another program serves there. {other}"
    if error.errno == errno.EACCES:
        return f"Port {port} is kept for root (ports below 1024 are). {other}"
    return f"Port {port} cannot be used: {error.strerror}. {other}"
