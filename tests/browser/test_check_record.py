"""Somebody without an account, who holds a PDF, has it checked."""

from collections.abc import Callable, Iterator

import pytest

from infoshare.ledger.keys import PUBLIC
from tests.browser.axe import findings
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Signer


@pytest.fixture
def published(site: Site) -> Iterator[None]:
    """The site says that its ledger has the key of the kept files."""
    keys = site.data / "ledger" / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    (keys / PUBLIC).write_text(f"{Signer().verifier_key}\n", encoding="utf-8")
    yield
    (keys / PUBLIC).unlink()


def test_a_visitor_checks_what_happened_afterwards(
    visitor: Callable[..., Visitor], published: None
) -> None:
    me = visitor(viewport={"width": 320, "height": 900}, java_script_enabled=False)
    me.open("/check/")
    me.page.get_by_label("The PDF or proof file").set_input_files(FIXTURES / "afterwards.pdf")
    me.press("Check this file")
    text = me.text()
    assert "Proven: what is in this PDF is what was entered in the ledger." in text
    assert "Reference of the record in the file: K7MX-3RQ2-9WTD" in text
    assert "She rang and said: no more." in text
    wide = visitor()
    wide.open("/check/")
    wide.page.get_by_label("The PDF or proof file").set_input_files(FIXTURES / "together.pdf")
    wide.press("Check this file")
    assert "References of the records in the file: K7MX-3RQ2-9WTC and" in wide.text()
    assert not findings(wide.page)
