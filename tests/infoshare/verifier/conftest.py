"""What the tests of the verifier share."""

from pathlib import Path

import pytest

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.ledger import Ledger, Signer

FIXTURES = Path(__file__).parent / "fixtures" / "v1"


@pytest.fixture
def trust() -> verifier.Trust:
    """Trust in the key of the worked example, which the tests' own ledgers use too."""
    return verifier.Trust([verifier.read_key(Signer().verifier_key)])


@pytest.fixture
def ledger() -> Ledger:
    """Three records, events of every sort about the first, and leaves about none."""
    made = Ledger()
    made.enter("role-changed", b"\x11" * 32)
    first = made.seal({"decision": {"decision": "share", "reason": "Ärger 😀"}, "people": {}})
    second, third = made.seal(), made.seal()
    made.event(first, "shared", to="the health visitor", number=-12)
    made.viewed([second, first, third])
    made.event(first, "exported", "exported", sha256="ab" * 32, what="record")
    made.event(first, "something", "not-known-yet")
    made.enter("protocol-changed", b"\x22" * 32)
    made.viewed([first])
    made.enter("edition-adopted", b"\x33" * 32)
    return made
