"""Two makes at once in one folder take turns."""

import subprocess
import sys
import textwrap
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
WRITER = """
import sys, time
from pathlib import Path
from infoshare.installer import lock
lock.FILE = Path(sys.argv[1]) / "lock"
with lock.alone():
    with open(Path(sys.argv[1]) / "turns", "a") as turns:
        turns.write(f"{sys.argv[2]} begins\\n"); turns.flush()
        time.sleep(0.4)
        turns.write(f"{sys.argv[2]} ends\\n")
"""


def writer(folder: Path, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), name]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def test_they_never_overlap_and_the_second_says_that_it_waits(tmp_path: Path) -> None:
    both = [writer(tmp_path, name) for name in ("one", "two")]
    said = [process.communicate(timeout=60)[0] for process in both]
    turns = (tmp_path / "turns").read_text().split("\n")
    assert [turn.split()[1] for turn in turns if turn] == ["begins", "ends"] * 2
    assert sorted("Waiting for another make" in text for text in said) == [False, True]


def test_a_killed_holder_frees_it(tmp_path: Path) -> None:
    holder = writer(tmp_path, "one")
    while not (tmp_path / "turns").exists():
        pass
    holder.kill()
    holder.communicate()
    assert writer(tmp_path, "two").communicate(timeout=60)[0] == ""
