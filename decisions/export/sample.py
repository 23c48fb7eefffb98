"""A sample of decisions, spread over strata: the same seed always draws the same. Pure."""

from collections.abc import Collection, Mapping
from uuid import UUID

from decisions.review.sample import in_order


def draw(strata: Mapping[str, Collection[UUID]], size: int, seed: str) -> list[UUID]:
    """The ids that the seed draws, `size` of them, whatever their order was.

    Each stratum gives its share (see `shares`), the first in the seed's order. Raises
    `ValueError` for a size that is not from 1 to how many ids there are.
    """
    taken = shares({name: len(set(ids)) for name, ids in strata.items()}, size)
    return [
        one for name in sorted(strata) for one in in_order(strata[name], seed)[: taken.get(name, 0)]
    ]


def shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many each stratum gives to a sample of this size.

    In proportion, by largest remainder, so that they add up to the size; at least one of each
    where the size allows. Raises `ValueError` for a size that cannot be had.
    """
    left = {name: number for name, number in sizes.items() if number}
    if not 0 < size <= sum(left.values()):
        raise ValueError(f"a sample of {size} from {sum(left.values())}")
    given: dict[str, int] = {}
    if size >= len(left):
        # Whoever would get less than one gets one; the others share what is left.
        while small := [name for name in left if left[name] * size < sum(left.values())]:
            given |= dict.fromkeys(small, 1)
            size -= len(small)
            left = {name: number for name, number in left.items() if name not in given}
    return given | _in_proportion(left, size)


def _in_proportion(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    whole = sum(sizes.values())
    given = {name: number * size // whole for name, number in sizes.items()}
    by_remainder = sorted(sizes, key=lambda name: (-(sizes[name] * size % whole), name))
    for name in by_remainder[: size - sum(given.values())]:
        given[name] += 1
    return given
