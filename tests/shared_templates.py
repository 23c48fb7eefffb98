"""Templates that one process of a test run compiled, for all other processes of that run.

No compiled template outlives the run: it also holds what our filters said of fixed words.
gunicorn takes this file as its configuration, so that its workers share them as well.
"""

import os
from pathlib import Path
from typing import Any

from django.template import engines
from jinja2 import FileSystemBytecodeCache

FOLDER = "SHARED_TEMPLATES"


def share(folder: Path) -> None:
    """Have this process, and all that it starts, keep and load compiled templates there."""
    folder.mkdir(exist_ok=True)
    os.environ[FOLDER] = str(folder)
    for engine in engines.all():
        engine.env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def post_worker_init(worker: Any) -> None:
    """gunicorn calls this in each worker, before its first request."""
    if folder := os.environ.get(FOLDER):
        share(Path(folder))
