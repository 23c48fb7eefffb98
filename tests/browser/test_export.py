"""An auditor exports decisions, from the filtered list to a ZIP file that proves itself."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from decisions.export.models import Export, Form
from infoshare import clock
from infoshare.ledger import checkpoints, keys
from infoshare.verifier import infoshare_verify
from tests.browser.axe import Inspector
from tests.browser.site import Site
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import Visitor
from tests.cast import PASSWORD, Cast
from tests.decisions.export.made import do_all, seal_one


@pytest.fixture
def worker(site: Site, settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """`worker()` does the jobs that wait: beside the site, with a signing key of its own."""
    settings.LEDGER_FOLDER = tmp_path
    settings.EXPORTS_FOLDER = site.data / "exports"
    keys.create(tmp_path / "keys", "ledger.example")
    published = site.data / "ledger" / "keys" / keys.PUBLIC
    published.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(tmp_path / "keys" / keys.PUBLIC, published)
    yield do_all
    published.unlink()


def say_it_is_me(me: Visitor) -> None:
    """Press the plan's button, and give the password."""
    me.press("Make the export")
    assert me.heading() == "Say that it is you"
    me.page.get_by_label("Password").fill(PASSWORD)
    me.press("Continue")


def proven(me: Visitor, to: Path) -> str:
    """What the verifier says of what is downloaded, in a process that cannot import Django."""
    with me.page.expect_download() as taken:
        me.thing("Download the export").click()
    file = to / taken.value.suggested_filename
    assert re.fullmatch(r"infoshare-export-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.zip", file.name)
    taken.value.save_as(file)
    (key,) = checkpoints.verifier_keys()
    words = [sys.executable, "-I", infoshare_verify.__file__, file, "--key", str(key)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_from_the_list_to_a_proven_file(
    inspector: Callable[..., Inspector], people: Cast, worker: Callable[[], None], tmp_path: Path
) -> None:
    for _ in range(2):
        seal_one(people, with_pdf=True)
    spoiler = inspector(people.ada)
    me = spoiler.visitor
    me.open("/register/?decision=share")
    me.press("Export these decisions")
    assert "2 sealed decisions" in me.text() and "Decision: Share" in me.text()
    spoiler.spoil("See what it will have")
    assert "Say what this export is for" in me.text()
    me.page.get_by_label("What is this export for?").fill("The yearly audit")
    me.press("See what it will have")
    assert "2 records, about" in me.text()
    say_it_is_me(me)
    assert "Your export is being made" in me.text()
    worker()
    expect(me.page.get_by_role("status")).to_contain_text("Your export is ready.")
    spoiler.look(me.page)
    assert "records are in the file" not in me.text()
    assert "Proven:" in proven(me, tmp_path)
    export = Export.objects.get()
    assert export.sha256 in me.text() and export.form == Form.WHOLE
    Export.objects.update(expires_at=clock.now())
    me.open("/exports/")
    me.follow(me.page.locator("dl a"))
    assert "The file of this export is not there any more" in me.text()
    me.forgive(410)
    me.open(f"/exports/{export.pk}/file/")
    me.press("Make it again")
    me.press("Make it again")
    assert me.heading() == "What this export will have"


def test_a_sample_without_javascript_on_a_small_phone(
    visitor: Callable[..., Visitor], people: Cast, worker: Callable[[], None], tmp_path: Path
) -> None:
    for _ in range(3):
        seal_one(people)
    me = visitor(people.ada, viewport={"width": WIDTH, "height": 640}, java_script_enabled=False)
    me.at_each_page = fits
    me.open("/exports/")
    me.press("begin with all of them")
    me.page.locator('[name="take"][value="sample"]').check()
    me.page.locator('[name="size"]').fill("2")
    me.page.locator("summary").click()
    me.page.locator('[name="strata"]').select_option("team")
    me.page.locator('[name="kind"][value="pseudonymised"]').check()
    me.page.locator('[name="purpose"]').fill("Whether " + "reasons" * 12 + " are given")
    me.press("See what it will have")
    say_it_is_me(me)
    me.press("Stop this export")
    assert "You stopped this export" in me.text()
    me.press("Make it again")
    me.press("See how far it is")
    assert "0 of 2 records are in the file" in me.text()
    worker()
    me.open("/messages/")
    me.press("Your export is ready")
    assert "Proven:" in proven(me, tmp_path)
    assert Export.objects.get().seed in me.text()
