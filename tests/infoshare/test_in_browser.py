"""The frame of every page in a real browser: scripts, keyboard, narrow screens, axe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.browser.visitor import CHROMIUM, PATIENCE
from tests.cast import PASSWORD, build

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.infoshare.toy_pages")]
AXE = Path(project.BASE_DIR) / "node_modules/axe-core/axe.min.js"
WORDS = "\n  My words, as typed.\n\nAnd more 👩‍👧"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    # What is open now could not be closed from inside Playwright's event loop.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop runs in this thread; Django would take that for an async view.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def site(settings: Any) -> Iterator[str]:
    """The address of a real server with the toy pages."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    server = LiveServerThread("127.0.0.1", static_handler=StaticFilesHandler)
    server.daemon = True
    server.start()
    assert server.is_ready.wait(60)
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a new browser profile; what the policy or a script complains of fails the test."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content" in said.text else 0)
    yield page
    context.close()
    assert complaints == []


def fill(page: Page) -> None:
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Your reasons").fill(WORDS)


def send(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def test_an_option_reveals_its_field(site: str, page: Page) -> None:
    page.goto(f"{site}/toy/form/")
    which = page.get_by_label("Which law?")
    expect(which).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(which).to_be_visible()


def test_the_count_is_the_servers_count(site: str, page: Page) -> None:
    page.goto(f"{site}/toy/form/")
    page.get_by_label("Your reasons").fill("🙂" * 9_999)
    expect(page.locator(".govuk-character-count__status")).to_have_text(
        "You have 1 character remaining"
    )


def test_a_save_by_script_goes_on_and_sends_what_a_plain_one_would(site: str, page: Page) -> None:
    page.goto(f"{site}/toy/form/")
    fill(page)
    with page.expect_request("**/toy/form/") as sent:
        send(page)
    expect(page).to_have_url(f"{site}/help/")
    body = sent.value.post_data or ""
    assert "go=continue" in body
    assert "reason=%0D%0A++My+words%2C+as+typed.%0D%0A%0D%0AAnd" in body


def test_errors_come_in_place_with_the_words_kept(site: str, page: Page) -> None:
    page.goto(f"{site}/toy/form/")
    page.get_by_label("Your reasons").fill(WORDS)
    send(page)
    expect(page).to_have_title("Error: Duty – InfoShare")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("Your reasons")).to_have_value(WORDS)
    page.get_by_role("link", name="Choose one of the answers").click()
    expect(page.locator("#id_answer")).to_be_focused()
    page.get_by_label("No", exact=True).check()
    send(page)
    expect(page).to_have_url(f"{site}/help/")


def fails(how: str, page: Page) -> None:
    """Make the next save fail this way."""

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif how == "offline":
            route.abort()
        else:
            route.fulfill(status=503, body="<h1>InfoShare cannot reach its records just now</h1>")

    page.route("**/toy/form/", answer)


@pytest.mark.parametrize(
    ("how", "said"), [("offline", "could not be reached"), ("down", "cannot reach its records")]
)
def test_a_save_that_fails_leaves_the_page_as_it_is(
    how: str, said: str, site: str, page: Page
) -> None:
    page.goto(f"{site}/toy/form/")
    fails(how, page)
    fill(page)
    send(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(said)
    expect(alert).to_contain_text("What you typed is still on this page.")
    expect(alert).to_be_focused()
    expect(page.get_by_label("Your reasons")).to_have_value(WORDS)
    expect(page).to_have_url(f"{site}/toy/form/")
    page.unroute("**/toy/form/")
    page.wait_for_timeout(1_100)  # the button takes no second press within a second
    send(page)
    expect(page).to_have_url(f"{site}/help/")


def test_two_presses_are_one_save(site: str, page: Page) -> None:
    page.goto(f"{site}/toy/form/")
    fill(page)
    posts: list[str] = []

    def hold(route: Route) -> None:
        posts.append(route.request.method)
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/toy/form/", hold)
    page.evaluate(
        "() => { const f = document.querySelector('main form');"
        " f.requestSubmit(); f.requestSubmit(); }"
    )
    expect(page).to_have_url(f"{site}/help/")
    assert posts == ["POST"]


def test_nothing_typed_is_stored_in_the_browser(site: str, page: Page) -> None:
    page.goto(f"{site}/toy/form/")
    fails("offline", page)
    fill(page)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def sign_in(page: Page, site: str) -> None:
    page.wait_for_load_state()  # of a new tab: else its own first page comes in between
    page.goto(f"{site}/sign-in/")
    page.locator("input[name=login]").fill("priya@northmoor.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_session_that_ended_costs_no_words(site: str, page: Page, committed: str) -> None:
    build()
    sign_in(page, site)
    page.goto(f"{site}/toy/closed/")
    page.context.clear_cookies(name="session")
    page.get_by_label("Your reasons").fill(WORDS)
    page.get_by_label("No", exact=True).check()
    send(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Sign in again")
    with page.context.expect_page() as opened:
        alert.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, site)
    page.wait_for_timeout(1_100)
    send(page)
    expect(page).to_have_url(f"{site}/help/")


def test_without_javascript_a_session_that_ended_costs_no_words(
    site: str, chromium: Browser, committed: str
) -> None:
    build()
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, site)
    page.goto(f"{site}/toy/closed/")
    context.clear_cookies(name="session")
    fill(page)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in again")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, site)
    for _ in range(2):  # the second time with the token of the new sign-in
        expect(page.locator("main textarea")).to_have_value(WORDS)
        page.get_by_role("button", name="Send it again").click()
    expect(page).to_have_url(f"{site}/help/")
    context.close()


ADDRESSES = ["/toy/form/", "/help/", "/privacy/", "/accessibility/", "/nowhere/", "/toy/broken/"]


def test_axe_finds_nothing(site: str, page: Page) -> None:
    found = []
    for address in ADDRESSES:
        page.goto(site + address)
        if address == "/toy/form/":
            page.get_by_label("Your reasons").fill(" ")
            send(page)
            expect(page.locator(".govuk-error-summary")).to_be_visible()
        found += [f"{address} {each}" for each in violations(page)]
    assert found == []


def violations(page: Page) -> list[str]:
    """What axe finds, as "rule: element"."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html']}" for rule in result["violations"] for node in rule["nodes"]
    ]


def test_pages_fit_a_narrow_screen(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ADDRESSES:
        page.goto(site + address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, address


def test_the_keyboard_skips_to_the_content(site: str, page: Page) -> None:
    page.goto(f"{site}/help/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
