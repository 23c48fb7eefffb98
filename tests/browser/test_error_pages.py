"""Pages for when something is in the way: reached for real, read, and looked at by axe."""

from collections.abc import Callable
from http.client import HTTPConnection

import pytest
from allauth.core import ratelimit
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import RequestFactory
from playwright.sync_api import Browser

from tests.browser.axe import Inspector
from tests.browser.conftest import client_of, session_of
from tests.browser.site import HOST, Site
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import begin
from tests.roles import as_owner

FORM = "application/x-www-form-urlencoded"
# Sends what no form of ours would send, and shows the page that came in reply.
SEND = """async ([body, type]) => {
  const reply = await fetch(location.href, {method: "POST", body, headers: {"Content-Type": type}});
  return await reply.text();
}"""
SHOW = "page => { document.open(); document.write(page); document.close(); }"


def send(me: Inspector, status: int, body: str, kind: str = FORM) -> str:
    """Post this body where the visitor is; the heading of the page that comes back."""
    me.visitor.forgive(status)
    return show(me, me.page.evaluate(SEND, [body, kind]))


def show(me: Inspector, page: str) -> str:
    """Put this page in place of the one that is open; its heading."""
    me.page.evaluate(SHOW, page)
    me.page.wait_for_load_state("networkidle")
    me.look(me.page)
    return me.visitor.heading()


# Status, heading, body, content type.
ODD = [
    (400, "Some characters could not be read", "a=caf%E9+and+more+words", FORM),
    (400, "This was sent in another character set", "a=b", f"{FORM}; charset=utf-16"),
    (400, "Too many answers were sent at once", "&".join(f"a{n}=b" for n in range(501)), FORM),
    (403, "This page had been open too long", "a=some+words+of+mine", FORM),
    (413, "This is too long to send at once", "a=" + "b" * 5_300_000, FORM),
]


def test_odd_requests(inspector: Callable[..., Inspector], people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    me = inspector(people.priya)
    for status, heading, body, kind in ODD:
        me.visitor.open(walk.address("about"))
        assert send(me, status, body, kind) == heading


def test_signed_out_while_typing(inspector: Callable[..., Inspector], people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    me = inspector(people.priya)
    me.visitor.open(walk.address("about"))
    Session.objects.all().delete()
    me.visitor.forgive(401)
    me.visitor.write("case_reference", "Words that were typed")
    assert me.visitor.press_and_stay(CONTINUE) == 401
    me.page.get_by_role("alert").wait_for()
    me.look(me.page)
    with me.page.expect_navigation():
        me.page.evaluate("document.querySelector('form[data-keep-on-failure]').submit()")
    me.look(me.page)
    assert me.visitor.written("case_reference") == "Words that were typed"


def test_an_address_that_is_not_ours(inspector: Callable[..., Inspector], site: Site) -> None:
    me = inspector()
    me.visitor.open("/help/")
    asked = HTTPConnection(HOST, site.port, timeout=60)
    asked.request("GET", "/help/", headers={"Host": "elsewhere.example"})
    reply = asked.getresponse()
    assert reply.status == 400
    assert show(me, reply.read().decode()) == "We could not read this request"
    asked.close()


def test_too_many_tries_to_sign_in(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector()
    me.visitor.open("/sign-in/")
    asked = RequestFactory().post("/sign-in/")
    for _ in range(60):
        ratelimit.consume(asked, action="login")
    me.visitor.forgive(429)
    me.page.locator("[name=login]").fill(people.priya.email)
    me.page.locator("[name=password]").fill("not this")
    me.visitor.press("Sign in")
    assert me.visitor.heading() == "Wait a minute, then try again"


def test_a_fault_of_ours(inspector: Callable[..., Inspector], people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    me = inspector(people.priya)
    me.visitor.open(walk.address("about"))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE decisions_draft RENAME TO mislaid")
    me.visitor.forgive(500)
    me.visitor.write("case_reference", "Words that were typed")
    assert me.visitor.press_and_stay(CONTINUE) == 500
    me.page.get_by_role("alert").wait_for()
    assert me.visitor.written("case_reference") == "Words that were typed"
    me.visitor.open(walk.address("about"))
    assert me.visitor.heading() == "Something went wrong in InfoShare"


def test_a_database_that_is_down(chromium: Browser, server: Site, people: Cast) -> None:
    down = Site(server.data)
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    down.start(nowhere, health=503)
    try:
        me = Inspector(Visitor(chromium, down, bypass_csp=True))
        me.visitor.context.add_cookies([session_of(people.priya, down)])
        me.visitor.forgive(503)
        me.visitor.open("/")
        assert me.visitor.heading() == "InfoShare cannot reach its records just now"
        assert not me.found
        assert not me.visitor.unforgiven()
        me.visitor.context.close()
    finally:
        down.stop()


def test_a_visitor_notices_what_goes_wrong(visitor: Callable[..., Visitor]) -> None:
    me = visitor()
    me.open("/sign-in/")
    for trouble, words in TROUBLE.items():
        me.page.evaluate(trouble)
        for _ in range(100):
            if any(words in one for one in me.complaints):
                break
            me.page.wait_for_timeout(50)
        else:
            pytest.fail(f"{trouble} went unnoticed: {me.complaints}")
    me.forgive("")


TROUBLE = {
    "new Image().src = 'http://127.0.0.1:9/pixel.png'; 0": "asks another site",
    "document.body.setAttribute('style', 'color: red')": "Content Security Policy",
    "console.error('a fault in a script')": "a fault in a script",
    "setTimeout(() => { throw new Error('nobody caught this') }); 0": "nobody caught this",
    "fetch('/no-such-page/').then(() => 0)": "404",
}
