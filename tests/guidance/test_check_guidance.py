import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guidance.management.commands.check_guidance import write_paths
from guidance.rulebook import catalogue

ROOT = Path(__file__).resolve().parents[2]
PARTS = ["manage.py", "infoshare", "guidance", "decisions"]


def manage(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with nothing in its environment."""
    command = [sys.executable, str(root / "manage.py"), *arguments]
    return subprocess.run(command, env={}, capture_output=True, text=True, timeout=60)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the project, with what Python compiled of it."""
    for part in PARTS:
        source, copy = ROOT / part, tmp_path / part
        if source.is_dir():
            # Other tests may write compiled files beside, which come and go.
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.pyc.*"))
        else:
            shutil.copy(source, copy)
    return tmp_path


@pytest.fixture
def broken(copied: Path) -> Path:
    """A copy of the project in which a rule mentions the agreement."""
    outcomes = copied / "guidance/editions/england-2026/outcomes.toml"
    text = outcomes.read_text(encoding="utf-8")
    spoilt = text.replace(
        '{ question = "urgent", is = "yes" }', '{ question = "agreement", is = "no" }', 1
    )
    assert spoilt != text
    outcomes.write_text(spoilt, encoding="utf-8")
    return copied


FAULT = "england-2026/outcomes.toml: rule.urgent.when: mentions agreement"


def test_it_says_what_it_checked() -> None:
    done = manage(ROOT, "check_guidance")
    assert (done.returncode, done.stderr) == (0, "")
    england, hmg, library = done.stdout.splitlines()
    assert england.startswith("england-2026: 11 questions, 22 rules, 1,354 complete paths, each ")
    assert hmg.startswith("hmg-2008: 7 questions, 16 rules, 34 complete paths, each with one ")
    assert re.fullmatch(r"library: \d+ pages, \d+ terms, every link alive, .*", library)


def test_a_broken_edition_is_named_by_file_and_key(broken: Path) -> None:
    done = manage(broken, "check_guidance")
    assert done.returncode == 1
    assert done.stderr.startswith(FAULT)
    assert "Traceback" not in done.stderr


def test_a_broken_edition_stops_the_start(broken: Path) -> None:
    done = manage(broken, "check")
    assert done.returncode == 1
    assert "(guidance.E001)" in done.stderr and FAULT in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_stops_the_start_and_replay(broken: Path) -> None:
    (broken / "guidance/editions/hmg-2008/edition.toml").write_text("title = ", encoding="utf-8")
    fault = "hmg-2008/edition.toml: is not valid TOML: "
    assert fault in manage(broken, "check").stderr
    done = manage(broken, "replay")
    assert (done.returncode, done.stderr.splitlines()[0].startswith(f"CommandError: {fault}")) == (
        2,
        True,
    )


def served(root: Path) -> subprocess.CompletedProcess[str]:
    """What gunicorn would make of it."""
    serving = {"SECRET_KEY": "x" * 64, "ALLOWED_HOSTS": "127.0.0.1"}
    return subprocess.run(
        [sys.executable, "-c", "import infoshare.wsgi"],
        cwd=root,
        env=serving,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_broken_edition_is_not_served(broken: Path) -> None:
    done = served(broken)
    assert done.returncode == 1
    assert f"ImproperlyConfigured: {FAULT}" in done.stderr


def test_a_broken_library_stops_the_start_and_is_not_served(copied: Path) -> None:
    page = copied / "guidance/library/protocols/01-what-they-are.md"
    page.write_text(page.read_text("utf-8") + "\n[Gone](02-gone.md)\n", encoding="utf-8")
    line = len(page.read_text("utf-8").split("\n")) - 1
    fault = f"library/protocols/01-what-they-are.md:{line}: has a dead link: 02-gone.md"
    started = manage(copied, "check")
    assert (started.returncode, "Traceback" in started.stderr) == (1, False)
    assert "(guidance.E002)" in started.stderr and fault in started.stderr
    assert f"ImproperlyConfigured: {fault}" in served(copied).stderr


def test_nothing_is_written_of_a_broken_edition(broken: Path) -> None:
    assert manage(broken, "check_guidance", "--paths").returncode == 1
    assert not (broken / "docs").exists()


def test_the_paths_can_be_written_anywhere(tmp_path: Path) -> None:
    done = manage(ROOT, "check_guidance", "--paths", str(tmp_path / "deep" / "paths"))
    assert done.returncode == 0
    written = sorted(file.name for file in (tmp_path / "deep" / "paths").iterdir())
    assert written == ["england-2026.md", "england-2026.svg", "hmg-2008.md", "hmg-2008.svg"]


def test_the_paths_in_docs_are_those_of_the_editions(tmp_path: Path) -> None:
    """When this fails: `python manage.py check_guidance --paths`, read the change, commit it."""
    fresh = [file for one in catalogue.shipped().values() for file in write_paths(one, tmp_path)]
    kept = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs/paths").iterdir()}
    assert set(kept) == {file.name for file in fresh}
    stale = [file.name for file in fresh if file.read_text(encoding="utf-8") != kept[file.name]]
    assert stale == []
