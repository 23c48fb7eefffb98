"""`.venv` is made when it must be, and holds exactly what is pinned, by hash."""

import subprocess
import sys
from pathlib import Path

import pytest

from infoshare.installer import checkout, packages
from infoshare.installer.console import InstallError

REAL = Path(__file__).resolve().parents[3]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run, in order."""
    run: list[list[str]] = []
    monkeypatch.setattr(
        packages.children, "run", lambda title, command, **more: run.append(list(command))
    )
    return run


def make_real_venv(root: Path) -> None:
    """A `.venv` with a pip that answers, without the seconds that unpacking pip takes."""
    command = [sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")]
    subprocess.run(command, check=True)
    (library,) = (root / ".venv").glob("lib/python3*/site-packages")
    (library / "pip.py").touch()


def test_a_venv_is_made_once(copy: Path, calls: list[list[str]]) -> None:
    packages.make_venv()
    assert calls == [[sys.executable, "-m", "venv", "--clear", str(copy / ".venv")]]
    make_real_venv(copy)
    packages.make_venv()
    assert len(calls) == 1


def test_a_venv_whose_python_is_gone_is_made_anew(copy: Path, calls: list[list[str]]) -> None:
    make_real_venv(copy)
    checkout.PYTHON.unlink()
    checkout.PYTHON.symlink_to("/nowhere/python3")
    packages.make_venv()
    assert len(calls) == 1


def test_a_venv_that_was_moved_is_made_anew(
    copy: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_real_venv(copy)
    moved = copy.rename(copy.with_name("elsewhere"))
    monkeypatch.setattr(checkout, "VENV", moved / ".venv")
    monkeypatch.setattr(checkout, "PYTHON", moved / ".venv" / "bin" / "python")
    packages.make_venv()
    assert len(calls) == 1


@pytest.fixture
def pinned(copy: Path) -> Path:
    """A checkout with pins for running and for tests."""
    (copy / "requirements.txt").write_text("tea==1 \\\n    --hash=sha256:aa\n")
    (copy / "requirements-dev.txt").write_text("tea==1 \\\n    --hash=sha256:aa\nmilk==2 ; x\n")
    return copy


def test_pins_are_installed_by_hash_and_once(pinned: Path, calls: list[list[str]]) -> None:
    packages.bring(packages.TO_RUN)
    packages.bring(packages.TO_RUN)
    assert len(calls) == 1
    assert calls[0][:5] == [str(checkout.PYTHON), "-m", "pip", "install", "--require-hashes"]
    assert calls[0][-2:] == ["-r", "requirements.txt"]


def test_changed_pins_are_installed_again(pinned: Path, calls: list[list[str]]) -> None:
    packages.bring(packages.TO_RUN)
    (pinned / "requirements.txt").write_text("tea==2 \\\n    --hash=sha256:bb\n")
    packages.bring(packages.TO_RUN)
    assert len(calls) == 2


def test_what_is_there_for_tests_is_there_for_running(pinned: Path, calls: list[list[str]]) -> None:
    packages.bring(packages.TO_TEST)
    packages.bring(packages.TO_RUN)
    assert len(calls) == 1
    (pinned / "requirements.txt").write_text("tea==2 \\\n    --hash=sha256:bb\n")
    packages.bring(packages.TO_RUN)
    assert len(calls) == 2


def test_an_install_that_was_cut_short_is_done_again(
    pinned: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    packages.bring(packages.TO_RUN)
    (pinned / "requirements.txt").write_text("tea==2 \\\n    --hash=sha256:bb\n")

    def cut_short(*words: object, **more: object) -> None:
        raise InstallError("no network")

    monkeypatch.setattr(packages.children, "run", cut_short)
    with pytest.raises(InstallError):
        packages.bring(packages.TO_RUN)
    assert not packages._installed(packages.TO_RUN)


def test_how_far_pip_is_comes_from_its_words(pinned: Path) -> None:
    share = packages._counted(packages.TO_TEST)
    assert share("Collecting tea==1 (from -r requirements.txt)") == 0.5
    assert share("  Downloading tea-1.whl") == 0.5
    assert share("Collecting milk==2") == 1.0


def test_every_real_pin_carries_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        text = (REAL / name).read_text()
        pins = text.replace("\\\n", " ").splitlines()
        wrong = [pin for pin in pins if "==" in pin and "--hash=sha256:" not in pin]
        assert wrong == []
