"""npm packages, build and collected files: from the machine's npm when it is new enough."""

from pathlib import Path

import pytest

from infoshare.installer import assets, checkout, packages


@pytest.fixture
def npm(copy: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A copy with sources, and the titles of the steps that were run in it."""
    for name in ("package.json", "package-lock.json", ".npmrc", "requirements.txt"):
        (copy / name).write_text("{}")
    for name in ("infoshare/settings.py", "static/js/a.js"):
        (copy / name).parent.mkdir(parents=True)
        (copy / name).write_text("1")
    ran: list[str] = []

    def run(title: str, command: list[str], **more: object) -> None:
        ran.append(" ".join(command[-2:]))
        for made in ("node_modules/x", "static/build/a.js", "var/static/staticfiles.json"):
            (copy / made).parent.mkdir(parents=True, exist_ok=True)
            (copy / made).write_text("made")

    monkeypatch.setattr(assets.children, "run", run)
    monkeypatch.setattr(assets, "_environment", checkout.environment)
    return ran


FIRST = ["ci --ignore-scripts", "run build", "collectstatic --no-input"]


def test_each_step_is_done_once(copy: Path, npm: list[str]) -> None:
    assets.bring()
    assets.bring()
    assert npm == FIRST


def test_a_changed_source_is_built_and_collected_again(copy: Path, npm: list[str]) -> None:
    assets.bring()
    (copy / "static/js/a.js").write_text("2")
    assets.bring()
    assert npm == FIRST + FIRST[1:]


def test_a_changed_lock_file_does_all_of_it_again(copy: Path, npm: list[str]) -> None:
    assets.bring()
    (copy / "package-lock.json").write_text("{ }")
    assets.bring()
    assert npm[:5] == FIRST + FIRST[:2]


def test_collected_files_that_are_gone_are_collected_again(copy: Path, npm: list[str]) -> None:
    assets.bring()
    (copy / "var/static/staticfiles.json").unlink()
    assets.bring()
    assert npm == FIRST + FIRST[2:]


@pytest.mark.parametrize(
    ("version", "enough"),
    [("v18.19.0", False), ("v20.18.3", False), ("v20.19.0", True), ("v24.1.0", True), ("", False)],
)
def test_a_node_is_used_when_it_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, enough: bool
) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    assert assets._good_enough({"PATH": str(tmp_path)}) is enough


def test_without_npm_the_wheel_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[str] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(checkout, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(packages, "bring", brought.append)
    env = assets._environment()
    assert brought == ["requirements-node.txt"]
    assert env["PATH"].split(":")[0] == str(tmp_path / ".venv" / "bin")


def test_the_lock_file_names_no_address() -> None:
    root = Path(__file__).resolve().parents[3]
    assert '"resolved"' not in (root / "package-lock.json").read_text()
