"""What a page costs to fetch, as it went over the wire."""

from collections.abc import Callable
from typing import Any

from tests.browser.conftest import client_of
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.walk import PLAIN, begin

FIRST = 150_000
LATER = 20_000


class Meter:
    """Counts the bytes of every reply that a visitor's page gets, headers included."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.replies: list[tuple[str, int]] = []
        self.addresses: dict[str, str] = {}
        network = visitor.context.new_cdp_session(visitor.page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", self._sent)
        network.on("Network.loadingFinished", self._finished)

    def _sent(self, event: Any) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: Any) -> None:
        self.replies.append((self.addresses[event["requestId"]], int(event["encodedDataLength"])))

    def take(self) -> dict[str, int]:
        """Bytes by address since last asked, once the page is at rest."""
        self.visitor.page.wait_for_load_state("networkidle")
        taken, self.replies = dict(self.replies), []
        return taken


def test_a_question_page_is_small(visitor: Callable[..., Visitor], people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.about()
    me = visitor(people.priya)
    meter = Meter(me)
    me.open(walk.address("urgent"))
    first = meter.take()
    assert any(address.endswith(".css") for address in first), first
    assert any(address.endswith(".js") for address in first), first
    assert sum(first.values()) <= FIRST, first
    for gate, value in PLAIN.items():
        me.answer(gate, value)
        later = meter.take()
        assert me.page.url in later, later
        assert sum(later.values()) <= LATER, later
