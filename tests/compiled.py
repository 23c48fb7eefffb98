"""What would else be compiled anew in each process of a run: tests and templates."""

from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion import rewrite
from django.template import engines
from jinja2 import FileSystemBytecodeCache

TESTS = Path(__file__).parent


def tests_once(config: pytest.Config) -> None:
    """Rewrite the asserts of all tests, as pytest would in every process of the run."""
    for path in TESTS.rglob("*.py"):
        folder = rewrite.get_cache_dir(path)
        kept = folder / f"{path.stem}{rewrite.PYC_TAIL}"
        if rewrite._read_pyc(path, kept) is None and rewrite.try_makedirs(folder):
            state: Any = config.stash[rewrite.assertstate_key]
            source, code = rewrite._rewrite_test(path, config)
            rewrite._write_pyc(state, code, source, kept)


def templates_once(folder: Path) -> None:
    """Have the processes of this run share what they compile, in a folder of this run's own.

    No compiled template outlives the run: it also holds what our filters said of fixed words.
    """
    folder.mkdir(exist_ok=True)
    for engine in engines.all():
        engine.env.bytecode_cache = FileSystemBytecodeCache(str(folder))
