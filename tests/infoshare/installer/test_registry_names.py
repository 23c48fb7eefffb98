"""A package registry's host in any tracked file is found."""

import subprocess
from pathlib import Path

import pytest

from infoshare.installer import registry_names


@pytest.fixture
def repository(copy: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(copy)], check=True)
    return copy


@pytest.mark.parametrize("host", [".".join(parts) for parts in registry_names.HOSTS])
def test_a_host_is_found_with_file_and_line(repository: Path, host: str) -> None:
    (repository / "notes.txt").write_text(f"first\nsee https://{host}/simple\n")
    subprocess.run(["git", "-C", str(repository), "add", "."], check=True)
    assert registry_names.named() == f"notes.txt:2:see https://{host}/simple"


def test_none_is_no_complaint(repository: Path) -> None:
    (repository / "notes.txt").write_text("pypi and npm as words are fine\n")
    subprocess.run(["git", "-C", str(repository), "add", "."], check=True)
    assert registry_names.named() == ""
