"""The tests themselves, compiled once for all processes of a run."""

from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion import rewrite

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
