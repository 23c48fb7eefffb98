"""Whatever is changed in a proof: it is never called proven, unless it still means the same."""

from collections.abc import Iterator
from typing import Any

import rfc8785

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Ledger

# Left out, these say less, and nothing that is not so.
MAY_BE_LEFT_OUT = {("earlier",), ("events",)}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a JSON value."""
    if way:
        yield way
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*way, key))


def others(value: Any) -> Iterator[Any]:
    """Other values that could stand in its place."""
    if isinstance(value, str):
        yield from ("", value + " ", value[1:], value[::-1], value.swapcase(), None)
    elif isinstance(value, bool) or not isinstance(value, int):
        yield from (0, "", [], {}, None, {**value, "more": 1} if isinstance(value, dict) else [0])
    else:
        yield from (value + 1, value - 1, -value - 1, str(value), bool(value))


def inside(proof: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        proof = proof[key]
    return proof


def mutants(proof: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Change the proof in one place, say which, and change it back."""
    for way in list(places(proof)):
        around, key = inside(proof, way[:-1]), way[-1]
        old = around[key]
        for new in others(old):
            if type(new) is not type(old) or new != old:
                around[key] = new
                yield way
        del around[key]
        yield (*way, "left out")
        around.insert(key, old) if isinstance(around, list) else around.update({key: old})


def says_less(way: tuple[Any, ...]) -> bool:
    if way[-1] != "left out":
        return way == ("events",)  # an empty list is none
    return way[:-1] in MAY_BE_LEFT_OUT or (way[0] == "events" and len(way) == 3)


def test_any_other_value_anywhere_is_not_proven(ledger: Ledger, trust: verifier.Trust) -> None:
    proof = ledger.proof(next(iter(ledger.sealed)), earlier=5, without=["people"])
    assert result(proof, trust) == "proven"
    tried = 0
    for way in mutants(proof):
        # The size of a batch is not committed to: another may lead to the same root.
        if way[2:4] == ("batch", "size"):
            continue
        tried += 1
        assert (result(proof, trust) != "proven") or says_less(way), way
    assert tried > 500


def result(proof: dict[str, Any], trust: verifier.Trust) -> str:
    try:
        data = rfc8785.dumps(proof)
    except rfc8785.CanonicalizationError:
        return "no JSON"
    return verifier.check_bytes(data, "proof.json", trust).result


def test_any_flipped_bit_and_any_cut_is_not_proven(trust: verifier.Trust) -> None:
    data = (FIXTURES / "proof.json").read_bytes()
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 1 << place % 8
        found = verifier.check_bytes(bytes(flipped), "proof.json", trust)
        assert found.result != "proven", place
    for end in range(0, len(data), 97):
        assert verifier.check_bytes(data[:end], "proof.json", trust).result != "proven"
