"""Take the pictures of the README anew: `python -m tests.browser.screenshots`.

It loads the demo into a fresh bundled database, serves it, visits the pages in Chromium and
writes docs/screenshots/NAME-desktop.png and NAME-phone.png (and the first page of a PDF, with
pdftoppm from poppler-utils). It needs what `make setup` installs, takes about a minute, and
leaves nothing else behind. Further words on the command line choose pictures by name.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from decisions.demo.people import PASSWORD, cast  # noqa: E402
from tests.browser.site import ROOT, Site  # noqa: E402
from tests.browser.visitor import CHROMIUM, CONTINUE, FLAGS, Visitor  # noqa: E402

PICTURES = ROOT / "docs" / "screenshots"
WINDOWS = {"desktop": {"width": 1200, "height": 1000}, "phone": {"width": 390, "height": 844}}
MOST_BYTES = 120_000
COLOURS = 64
PRACTITIONER, MANAGER, AUDITOR = "bryony", "hollis", "ottilie"
BUSY = "sunita"  # a manager whom much needs today
ANSWERS = {
    "urgent": "no",
    "setting": "early-help",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "yes",
    "consent": "given",
}
REASONS = {
    "purpose": "The housing officer can move the repair forward only if she knows how damp the "
    "children’s room is.",
    "consent": "Mum said yes at our visit on Tuesday, and that I may say it is about the damp.",
}
SHARING = {
    "what": "That the children’s room is damp, and that the doctor has seen the youngest twice "
    "this winter.",
    "recipient": "Repairs officer, Wrenfield Homes",
    "method": "By phone, calling back on the switchboard number",
    "told": "yes-now",
}


@contextmanager
def demo() -> Iterator[Site]:
    """The demo, served from a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="infoshare-pictures-") as folder:
        site = Site(Path(folder), INFOSHARE_DEMO="1")
        site.collect()
        site.manage("migrate", "--no-input", "--verbosity=0")
        site.manage("load_demo")
        site.manage("create_signing_key", "--name", "demo.infoshare.example/ledger")
        site.start("")
        try:
            yield site
        finally:
            site.stop()
            wait = [sys.executable, "-m", "infoshare.embedded_postgres", "wait-stopped"]
            subprocess.run(wait, cwd=ROOT, env={**os.environ, "INFOSHARE_DATA": folder}, check=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def sign_in(me: Visitor, who: str) -> None:
    """Sign in as one of the demo's people."""
    me.sign_in_with(cast().people[who].email, PASSWORD)


# --- The pages, each by the way a person comes to it ------------------------------------------


def sign_in_page(me: Visitor) -> None:
    me.open("/sign-in/")


def my_decisions(me: Visitor) -> None:
    sign_in(me, PRACTITIONER)


def start(me: Visitor) -> None:
    """Where a decision begins."""
    sign_in(me, PRACTITIONER)
    me.open("/decisions/start/")


def act_first(me: Visitor) -> None:
    """What to do when somebody is at risk now, from the middle of the questions."""
    sign_in(me, PRACTITIONER)
    me.start("EH-2043")
    me.press("Is someone at risk of serious harm now?")


def question(me: Visitor) -> None:
    """The question about consent, with an answer being given."""
    sign_in(me, PRACTITIONER)
    me.start("EH-2044")
    for gate, value in ANSWERS.items():
        if gate in ("urgent", "setting"):
            continue
        if gate == "consent":
            break
        me.answer(gate, value, REASONS.get(gate, ""))
    me.choose(ANSWERS["consent"])
    me.write("reason", REASONS["consent"])
    me.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def decide(me: Visitor) -> None:
    """Check your answers and decide."""
    question(me)
    me.press(CONTINUE)
    me.answer("lawful-basis", "public-task")
    me.fill_right_way(SHARING)


def outcome(me: Visitor) -> None:
    """The same page, further down: the suggested outcome with its reasons."""
    decide(me)
    me.page.locator(".outcome").evaluate("one => one.scrollIntoView()")


def record(me: Visitor) -> None:
    """The record that came of it."""
    decide(me)
    me.choose("share", "decision")
    me.press("Seal this decision")


def register(me: Visitor) -> None:
    sign_in(me, MANAGER)
    me.open("/register/")


def needs_you(me: Visitor) -> None:
    sign_in(me, BUSY)
    me.open("/needs-you/")


def review(me: Visitor) -> None:
    """A record beside what a reviewer can say of it."""
    sign_in(me, BUSY)
    me.open("/reviews/")
    me.follow(me.page.locator('main a[href$="/review/"]').first)


def desk(me: Visitor) -> None:
    sign_in(me, AUDITOR)
    me.open("/audit/")


def export(me: Visitor) -> None:
    """What an export will have, before it is begun."""
    sign_in(me, AUDITOR)
    me.open("/exports/new/")
    me.page.get_by_label("What is this export for?").fill("The yearly look at how consent is asked")
    me.press("See what it will have")


def flow(me: Visitor) -> None:
    sign_in(me, PRACTITIONER)
    me.open("/guidance/england-2026/flow/")


# Those that enter something come last, so that the lists show what the demo brings.
PAGES: dict[str, Callable[[Visitor], None]] = {
    "sign-in": sign_in_page,
    "my-decisions": my_decisions,
    "register": register,
    "needs-you": needs_you,
    "review": review,
    "desk": desk,
    "flow": flow,
    "export": export,
    "start": start,
    "act-first": act_first,
    "question": question,
    "check-and-decide": decide,
    "outcome": outcome,
    "record": record,
}


def keep(picture: bytes, name: str) -> None:
    """Write a picture as a small PNG; an error when it is larger than the README should carry."""
    path = PICTURES / f"{name}.png"
    small = (
        Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    )
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size} bytes")  # noqa: T201
    assert size <= MOST_BYTES, f"{path} is larger than {MOST_BYTES} bytes"


def document(me: Visitor) -> bytes:
    """The first page of the PDF of the record that is open, as a picture."""
    with me.page.expect_download() as taken:
        me.thing("Download the PDF").click()
    made = subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", str(taken.value.path())],
        capture_output=True,
        check=True,
    )
    return made.stdout


def main(chosen: list[str]) -> None:
    """Take all pictures, or those chosen by name (`record` brings `pdf` with it)."""
    PICTURES.mkdir(exist_ok=True)
    with demo() as site, chromium() as browser:
        for name, way in PAGES.items():
            if chosen and name not in chosen:
                continue
            for window, size in WINDOWS.items():
                me = Visitor(browser, site, viewport=size)
                way(me)
                keep(me.page.screenshot(), f"{name}-{window}")
                if name == "record" and window == "desktop":
                    keep(document(me), "pdf")
                assert not me.unforgiven(), me.unforgiven()
                me.context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
