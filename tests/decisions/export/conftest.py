"""What tests of exports may ask for."""

from typing import Any

import pytest

from decisions.register.models import Entry
from infoshare.ledger import keys
from tests.cast import Cast
from tests.decisions.register.many import enter_many


@pytest.fixture
def signing(settings: Any, tmp_path: Any) -> None:
    """A signing key, and a folder for exports that is there."""
    settings.LEDGER_FOLDER = tmp_path / "ledger"
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    settings.EXPORTS_FOLDER.mkdir()
    keys.create(settings.LEDGER_FOLDER / "keys", "infoshare.example/ledger")


@pytest.fixture
def entries(cast: Cast, signing: None) -> list[Entry]:
    """Seven decisions of Northmoor, in two teams and by two people, and one of Southfield."""
    help_, adults = cast.early_help, cast.adults
    return enter_many(
        [
            *({"team": help_, "owner": cast.priya, "reason": "Mould in the flat"} for _ in "1234"),
            {"team": help_, "owner": cast.tom, "decision": "do-not-share"},
            *({"team": adults, "owner": cast.tom, "recipient": "Oaks School"} for _ in "12"),
            {"team": cast.pastoral, "owner": cast.olu},
        ]
    )


@pytest.fixture
def folders(settings: Any, tmp_path: Any) -> None:
    """A signing key; the folder for exports is not there yet."""
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    settings.LEDGER_FOLDER = tmp_path / "ledger"
    keys.create(tmp_path / "ledger" / "keys", "ledger.example")
