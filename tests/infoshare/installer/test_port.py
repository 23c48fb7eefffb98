"""The port is read strictly and taken before any work begins."""

import os
import socket

import pytest

from infoshare.installer import port
from infoshare.installer.console import InstallError


@pytest.mark.parametrize("value", ["0", "65536", "80a", "-1", "8000.0", "８０００", "1e3"])
def test_what_is_no_port_is_refused_by_name(monkeypatch, value: str) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(InstallError, match="PORT is .* from 1 to 65535"):
        port.wanted()


@pytest.mark.parametrize(("value", "number"), [("", 8000), (" 8001 ", 8001), ("65535", 65535)])
def test_a_port_is_read(monkeypatch, value: str, number: int) -> None:
    monkeypatch.setenv("PORT", value)
    assert port.wanted() == number


def test_a_taken_port_is_said_with_another_to_try() -> None:
    with port.take(0) as first:
        number = first.getsockname()[1]
        first.listen()
        with pytest.raises(InstallError, match=f"Port {number} is taken.*make run PORT=8000"):
            port.take(number)


def test_it_is_taken_for_this_machine_alone() -> None:
    with port.take(0) as taken:
        assert taken.getsockname()[0] == "127.0.0.1"
        assert taken.family == socket.AF_INET


def test_the_other_reasons_are_told_apart() -> None:
    kept = port._refusal(80, PermissionError(13, os.strerror(13)))
    assert "Port 80 is kept for root" in kept
    odd = port._refusal(8000, OSError(99, "Cannot assign requested address"))
    assert odd.startswith("Port 8000 cannot be used: Cannot assign requested address.")
    assert odd.endswith("make run PORT=8001")
