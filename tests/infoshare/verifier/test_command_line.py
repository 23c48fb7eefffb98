"""The file by itself, as a court or an auditor has it: no Django, no packages, no network."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Signer

PROGRAM = Path(verifier.__file__)
PROOF, KEY_FILE = str(FIXTURES / "proof.json"), str(FIXTURES / "verifier.key")
# `-I -S` leaves every installed package out, so `cryptography` is not there.
BARE = [sys.executable, "-I", "-S"]


def run(words: list[str], *, python: list[str] | None = None) -> Any:
    started = [*(python or [sys.executable, "-I"]), str(PROGRAM), *words]
    alone = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(started, capture_output=True, encoding="utf-8", env=alone, check=False)


def test_it_needs_nothing_but_python_and_says_when_signatures_are_not_checked() -> None:
    done = run([PROOF, "--key-file", KEY_FILE], python=BARE)
    assert (done.returncode, done.stderr) == (2, "")
    assert "Not proven" in done.stdout and "“cryptography” is not installed" in done.stdout
    assert "The entry is in the ledger of 3 entries, at place 1." in done.stdout


def test_with_the_package_it_is_proven() -> None:
    done = run([PROOF, "--key", "other.example/x+00000000+AA==", "--key-file", KEY_FILE])
    assert done.returncode == 2 and "is not a verifier key" in done.stderr
    done = run([PROOF, "--key-file", KEY_FILE])
    assert (done.returncode, done.stderr) == (0, "")
    assert "Proven: what is in this proof file is what was entered in the ledger." in done.stdout


def test_it_imports_the_standard_library_and_cryptography_only() -> None:
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    named = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }
    outside = {name.split(".")[0] for name in named} - sys.stdlib_module_names
    assert outside == {"cryptography"}
    assert not {"socket", "http", "urllib", "ssl", "subprocess"} & named


def test_the_status_is_that_of_the_worst_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = ["--key", Signer().verifier_key]
    changed, odd = tmp_path / "changed.json", tmp_path / "odd\n.txt"
    changed.write_bytes(Path(PROOF).read_bytes().replace(b"T-1", b"T-2"))
    odd.write_text("nothing")
    assert verifier.main([PROOF, *key]) == 0
    assert verifier.main([PROOF, str(odd), *key]) == 2
    assert verifier.main([PROOF, str(tmp_path / "none.pdf"), *key]) == 2
    assert verifier.main([str(odd), str(changed), PROOF, *key]) == 1
    said = capsys.readouterr().out
    assert "It cannot be read: No such file or directory." in said
    assert "What is wrong\n    - Step 3, the leaf: the record is not the one" in said
    assert verifier.main([PROOF, "--key-file", str(tmp_path / "none")]) == 2


def test_a_program_can_read_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.main([PROOF, "--json", "--key-file", KEY_FILE]) == 0
    [report] = json.loads(capsys.readouterr().out)
    assert report["result"] == "proven"
    assert report["record"] == "6d1f0a3c-2f8e-4b57-9d0c-0a1b2c3d4e5f"
    assert {"wrong", "unclear", "checked", "shows", "not_shown", "file"} <= set(report)
