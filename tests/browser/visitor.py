"""A person at a browser, who notices whatever goes wrong on the way.

Every request to another origin, every refused script or style, every error in the console and
every reply of 400 or more is a complaint, and a complaint fails the test (see `conftest.py`).
"""

import re
import shutil
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from infoshare.people.models import User
from tests.browser.site import Site
from tests.cast import PASSWORD

# Chromium without windows does all that a page can ask for at less than half the cost.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Were a page to ask for another host, the request would still not leave this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
CONTINUE = "Save and continue"
PATIENCE = 60_000  # milliseconds: the machine may be busy with other tests
expect.set_options(timeout=PATIENCE)


class Visitor:
    """One browser window of its own, with its own cookies.

    `at_each_page` is called with the page whenever a new one has been reached.
    """

    def __init__(self, browser: Browser, site: Site, **options: Any) -> None:
        self.site = site
        self.context = browser.new_context(
            **{"viewport": {"width": 1200, "height": 900}, **options}
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.forgiven: list[str] = []
        self.at_each_page: Callable[[Page], None] = lambda page: None
        self.context.on("request", self._request)
        self.context.on("response", self._response)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.page = self.context.new_page()

    # --- What goes wrong ------------------------------------------------------------------

    def forgive(self, pattern: str | int) -> None:
        """Let pass what this test brings about on purpose: a status, or words of the console."""
        self.forgiven.append(f"^{pattern} " if isinstance(pattern, int) else pattern)

    def unforgiven(self) -> list[str]:
        """The complaints that nobody expected."""
        return [
            one for one in self.complaints if not any(re.search(it, one) for it in self.forgiven)
        ]

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.site.address + "/"):
            self.complaints.append(f"asks another site: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A reply of 400 or more is known from `_response` already.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.complaints.append(f"console: {message.text}")

    # --- What a person does ---------------------------------------------------------------

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(path if path.startswith("http") else self.site.address + path)
        self.at_each_page(self.page)

    def press(self, name: str) -> None:
        """Press the button or follow the link with this name, to the page it leads to."""
        self.follow(self.thing(name))

    def follow(self, thing: Locator) -> None:
        """Press this, to the page it leads to, which has been read in whole then."""
        with self.page.expect_navigation():
            thing.click()
        self.at_each_page(self.page)

    def press_and_stay(self, name: str) -> int:
        """Press a button whose answer comes into this page; the status of that answer."""
        with self.page.expect_response(lambda reply: reply.request.method == "POST") as sent:
            self.thing(name).click()
        return sent.value.status

    def thing(self, name: str) -> Locator:
        """The one button or link with this name in the page's main part, else in all of it."""
        place = self.page.locator("main")
        found = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        if found.count():
            return found.first
        return self.page.get_by_role("button", name=name).or_(
            self.page.get_by_role("link", name=name)
        )

    def sign_in(self, person: User) -> None:
        """By the sign-in page, as everybody does."""
        self.sign_in_with(person.email, PASSWORD)

    def sign_in_with(self, email: str, password: str) -> None:
        self.open("/sign-in/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")

    def choose(self, value: str, field: str = "answer") -> None:
        """Choose the option with this value."""
        self.page.locator(f'[name$="-{field}"][value="{value}"]').check()

    def write(self, field: str, words: str) -> None:
        """Put these words into a text field."""
        self.page.locator(f'[name$="-{field}"]').fill(words)

    def answer(self, gate: str, value: str, reason: str = "") -> None:
        """Answer the question that is open now, which must be this one, and go on."""
        assert self.step() == gate
        self.choose(value)
        if reason:
            self.write("reason", reason)
        self.press(CONTINUE)

    def start(self, case_reference: str, setting: str = "early-help", edition: str = "") -> None:
        """Start a decision that is not urgent, on the one page that asks for all of it."""
        self.open("/decisions/start/")
        if edition:
            self.page.locator(f'[name="use"][value="{edition}"]').click()
        self.write("case_reference", case_reference)
        self.page.locator('[name="urgent-answer"][value="no"]').check()
        if not edition:
            self.page.locator(f'[name="setting-answer"][value="{setting}"]').check()
        self.press(CONTINUE)

    def fill_right_way(self, given: dict[str, str]) -> None:
        """Fill the step about what is shared and how, and go on."""
        assert self.step() == "right-way"
        for field in ("what", "recipient"):
            self.write(field, given[field])
        self.page.locator('[name$="-method"]').select_option("other")
        self.write("method_more", given["method"])
        self.choose(given["told"], "told")
        self.press(CONTINUE)

    # --- What a person sees ---------------------------------------------------------------

    def step(self) -> str:
        """The step that the address names."""
        return self.page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]

    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator("h1").inner_text().strip()

    def text(self) -> str:
        """All the words of the page's main part, as they are seen."""
        return self.page.locator("main").inner_text()

    def written(self, field: str) -> str:
        """What stands in a text field."""
        return self.page.locator(f'[name$="-{field}"]').input_value()

    def focused(self) -> str:
        """The id of the element that has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))
