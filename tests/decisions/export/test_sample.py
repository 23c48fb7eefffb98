"""The sample of an export: shares that add up, and the same seed the same draw."""

import uuid
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.export.sample import draw, shares

NAMES = st.text("abcdef", min_size=1, max_size=2)
SIZES = st.dictionaries(NAMES, st.integers(1, 60), min_size=1, max_size=8)


@given(SIZES, st.data())
def test_shares_add_up_and_leave_no_stratum_out(
    sizes: Mapping[str, int], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, sum(sizes.values())))
    given = shares(sizes, size)
    assert sum(given.values()) == size
    assert all(0 <= given[name] <= sizes[name] for name in sizes)
    if size >= len(sizes):
        assert min(given.values()) >= 1
    # A stratum as large as another gives as much, but for the one that rounding may cost.
    by_size = sorted(sizes, key=lambda name: sizes[name])
    for small, large in pairwise(by_size):
        assert given[small] <= given[large] + (sizes[small] == sizes[large])


@given(SIZES, st.text(max_size=20), st.data())
def test_the_same_seed_draws_the_same_whatever_the_order(
    sizes: Mapping[str, int], seed: str, data: st.DataObject
) -> None:
    strata = {
        name: [uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {one}") for one in range(number)]
        for name, number in sizes.items()
    }
    size = data.draw(st.integers(1, sum(sizes.values())))
    drawn = draw(strata, size, seed)
    turned = {name: strata[name][::-1] for name in reversed(strata)}
    assert draw(turned, size, seed) == drawn
    assert len(set(drawn)) == size
    assert set(drawn) <= {one for ids in strata.values() for one in ids}


def test_another_seed_draws_others() -> None:
    strata = {"": [uuid.UUID(int=one) for one in range(100)]}
    assert draw(strata, 5, "a") != draw(strata, 5, "b")


def test_known_shares() -> None:
    assert shares({"a": 900, "b": 90, "c": 9, "d": 1}, 10) == {"a": 7, "b": 1, "c": 1, "d": 1}
    assert shares({"a": 50, "b": 30, "c": 20}, 7) == {"a": 4, "b": 2, "c": 1}
    assert shares({"a": 50, "b": 30, "c": 20}, 2) == {"a": 1, "b": 1, "c": 0}


@pytest.mark.parametrize("size", [0, -1, 4])
def test_a_size_that_cannot_be_had_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="a sample of"):
        draw({"": [uuid.UUID(int=one) for one in range(3)]}, size, "seed")
