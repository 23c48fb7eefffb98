"""Whatever is changed as the database's owner is found, and the first wrong leaf is named.

Reproducible: the same seed gives the same places. 1,000 with `--hypothesis-profile=thorough`.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import settings

from decisions.evidence import checking
from decisions.evidence.editions import altered
from guidance import stated
from infoshare.ledger import proofs
from infoshare.ledger.verifying import Known
from infoshare.people import stated as roles
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.evidence import tampering
from tests.decisions.evidence.world import build

TIMES = 1_000 if settings().max_examples >= 1_000 else 4 * len(tampering.ALL)


@pytest.fixture
def kept(cast: Cast, signed_in: Callable[[User], Client]) -> list[Known]:
    """A ledger of every kind of leaf, without its guards, and roots that somebody kept."""
    build(cast, signed_in)
    assert proofs.tip().size == tampering.SIZE
    tampering.run("SET CONSTRAINTS ALL IMMEDIATE")
    tampering.guards_off()
    return [Known(n, proofs.root(n), f"the checkpoint of {n}") for n in tampering.KNOWN]


def test_every_tampering_is_found_where_it_was_done(
    kept: list[Known], monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = (altered, stated.altered, stated.unstated, roles.altered)
    monkeypatch.setattr(checking, "BESIDE", beside)  # that guards are off must not help
    assert checking.check_everything(known=kept).findings == ()
    missed = [wrong for turn in range(TIMES) if (wrong := tried(turn, kept))]
    assert missed == []
    assert checking.check_everything(known=kept).findings == ()


def tried(turn: int, kept: list[Known]) -> Any:
    """Nothing when this tampering was found where it was done; else what was said of it."""
    tamper = tampering.ALL[turn % len(tampering.ALL)]
    with transaction.atomic():
        place = tamper(Random(turn))
        found = checking.check_everything(known=kept).findings
        transaction.set_rollback(True)
    if found and found[0].seq == place:
        return None
    return turn, tamper.__name__, place, [str(one) for one in found]
