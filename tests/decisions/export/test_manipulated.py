"""200 random manipulations of an export: the verifier names each file that is not as it was."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
import rfc8785
from django.test import Client

from decisions.export.writing import write_export
from decisions.kept_pdf import making
from infoshare.ledger import checkpoints, keys
from infoshare.people.models import User
from infoshare.verifier import infoshare_verify as verifier
from tests.cast import Cast
from tests.decisions.evidence import world
from tests.decisions.export.made import plan

pytestmark = pytest.mark.django_db
TIMES = 200
PROVEN_BY_ITSELF = ("records/", "documents/", "checkpoints/")
Files = dict[str, bytes]


class Held:
    """An export in memory."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def names(self) -> list[str]:
        return list(self.files)

    def open(self, name: str) -> IO[bytes]:
        return io.BytesIO(self.files[name])


@pytest.fixture
def files(cast: Cast, signed_in: Callable[[User], Client], tmp_path: Path, settings: Any) -> Files:
    """An export of three records, as files in memory."""
    settings.LEDGER_FOLDER = tmp_path / "ledger"
    keys.create(checkpoints.folder() / "keys", "a.example/ledger")
    records = world.build(cast, signed_in)
    making.make_pdf(records[0].pk)
    to = tmp_path / "export.zip"
    write_export(plan(cast, records), to, keep_going=lambda count: None)
    with zipfile.ZipFile(to) as made:
        return {name: made.read(name) for name in made.namelist()}


def flip(files: Files, name: str, chance: random.Random) -> str:
    data = bytearray(files[name])
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    files[name] = bytes(data)
    return name


def cut(files: Files, name: str, chance: random.Random) -> str:
    files[name] = files[name][: chance.randrange(len(files[name]))]
    return name


def drop(files: Files, name: str, chance: random.Random) -> str:
    del files[name]
    return name


def add(files: Files, name: str, chance: random.Random) -> str:
    added = f"{name.rpartition('/')[0] or 'documents'}/{chance.randrange(10**9)}"
    files[added] = files[name] + b" "
    return added


def swap(files: Files, name: str, chance: random.Random) -> str:
    others = {one for one in files if files[one] != files[name]} - {"manifest.json"}
    other = chance.choice(sorted(others))
    files[name], files[other] = files[other], files[name]
    return name


def list_anew(files: Files) -> None:
    """Write the manifest as somebody would who knows the format."""
    manifest = json.loads(files["manifest.json"])
    others = {name: data for name, data in files.items() if name != "manifest.json"}
    manifest["files"] = {name: verifier.sha256(data).hex() for name, data in others.items()}
    files["manifest.json"] = rfc8785.dumps(manifest)


def test_each_is_named(files: Files) -> None:
    (key,) = checkpoints.verifier_keys()
    trust, chance = verifier.Trust([verifier.read_key(str(key))]), random.Random(7)
    assert not faults(files, trust)
    ways = [flip, cut, drop, add, swap]
    for number in range(TIMES):
        # Half of them by somebody who then writes the manifest anew.
        is_listed = bool(number % 2)
        names = [
            name
            for name in sorted(files)
            if name.startswith(PROVEN_BY_ITSELF) or not (is_listed or name == "manifest.json")
        ]
        changed, way = dict(files), chance.choice([ways[0], *ways[2:]] if is_listed else ways)
        name = way(changed, chance.choice(names), chance)
        if is_listed:
            list_anew(changed)
            if way is drop and name.startswith("documents/"):
                name = "manifest.json"  # which alone says what there was; its hash is in the ledger
                assert changed[name] != files[name]
        said = " ".join(faults(changed, trust))
        assert name in said, (number, way.__name__, name, said)


def faults(files: Files, trust: verifier.Trust) -> list[str]:
    found = verifier.Report("x", "this export")
    try:
        verifier.Export(Held(files), trust, found, None, lambda said: None).check()  # type: ignore[arg-type]
    except (verifier.Wrong, verifier.Unclear) as error:
        found.wrong.append(str(error))
    return found.wrong
