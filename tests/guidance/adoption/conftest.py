"""What tests of adoptions share."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from guidance import stored
from guidance.adoption.models import Adoption
from guidance.adoption.writers import adopt_edition
from guidance.rulebook import catalogue
from infoshare import clock
from tests.cast import Cast

Adopt = Callable[..., Adoption]


@pytest.fixture(autouse=True)
def fresh() -> None:
    stored.edition.cache_clear()


@pytest.fixture
def adopt(cast: Cast) -> Adopt:
    """`adopt(3, 9)` is Northmoor's adoption from in three days to in nine."""

    def made(first: int = 0, last: int | None = None, **more: Any) -> Adoption:
        given = {
            "organisation": cast.northmoor,
            "person": cast.lena,
            "edition": catalogue.shipped()[catalogue.DEFAULT],
        }
        ends_on = None if last is None else in_days(last)
        return adopt_edition(**{**given, "begins_on": in_days(first), "ends_on": ends_on, **more})

    return made


def in_days(number: int) -> date:
    return clock.today() + timedelta(days=number)
