"""What is a leaf and what is not, and the worked example of docs/ledger-format.md."""

import base64
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infoshare.ledger import commitments, leaf, lines, merkle

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "ledger-format.md"
SOME = "ab" * 32
RECORD = "6d1f0a3c-2f8e-4b57-9d0c-0a1b2c3d4e5f"
LINE = (
    f'{{"actor":null,"commitment":"{SOME}","record":"{RECORD}","revision":2,"seq":10,'
    '"time":"2026-11-22T10:00:00.000000Z","type":"added-to","v":1}'
).encode()


def test_a_leaf_says_what_it_says() -> None:
    assert leaf.read(LINE) == leaf.Leaf(
        actor=None,
        commitment="ab" * 32,
        record=UUID(RECORD),
        revision=2,
        seq=10,
        time=datetime(2026, 11, 22, 10, tzinfo=UTC),
        type="added-to",
    )


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        (b'"v":1', b'"v":2'),
        (b'"seq":10', b'"seq":010'),
        (b'"seq":10', b'"seq":"10"'),
        (b'"seq":10', b'"seq":10,"more":1'),
        (b'{"actor":null,', b'{"actor":null, '),
        (b"abab", b"ABab"),
        (b"added-to", b"added to"),
        (b"2026-11-22T", b"2026-11-22 "),
        (b"T10:", b"T25:"),
        (b"}", b"}\n"),
        (b"{", b"x{"),
        (b"null", b"nil"),
    ],
)
def test_what_differs_by_one_byte_is_no_leaf(part: bytes, instead: bytes) -> None:
    with pytest.raises(ValueError, match=r"leaf|hour|time|iso"):
        leaf.read(LINE.replace(part, instead, 1))


def test_many_leaves_are_read_at_once() -> None:
    other = LINE.replace(b"null", b'"%s"' % RECORD.encode()).replace(b":10,", b":9,")
    found = lines.read(b"\n".join([LINE, other]))
    assert found is not None
    assert found.leaves == [LINE, other]
    about = b'"record":"%s","revision":2,"seq":' % RECORD.encode()
    assert found.places == [about + b"10", about + b"9"]
    assert found.times == [b"2026-11-22T10:00:00.000000Z"] * 2
    assert found.types == [b"added-to"] * 2


@given(place=st.integers(0, len(LINE) - 1), letter=st.integers(0, 255))
@settings(max_examples=10 * settings().max_examples)
def test_what_is_a_leaf_alone_is_one_among_others(place: int, letter: int) -> None:
    """The other way round a shape tells less: one of the letters a to f is like another."""
    changed = LINE[:place] + bytes([letter]) + LINE[place + 1 :]
    among = lines.read(b"\n".join([LINE, changed, LINE]))
    try:
        leaf.read(changed)
    except ValueError:
        hexadecimal = b"0123456789abcdef"
        alike = letter in hexadecimal and LINE[place] in hexadecimal
        # A type may be anything to a shape; whoever asks compares it.
        assert among is None or alike or among.types[1] not in leaf.TYPES
    else:
        assert among is not None


def test_the_worked_example_holds() -> None:
    """The page is what other people's verifiers are made from: nothing in it may be wrong."""
    page = DOCUMENT.read_text(encoding="utf-8")
    examples = map(json.loads, re.findall(r"```json\n(\{.*\})\n```", page))
    (proof,) = (one for one in examples if "leaf" in one)
    leaves = re.findall(r'^\{"actor":.*"v":1\}$', page.split("## 9.")[1], re.MULTILINE)
    hashes = [merkle.leaf_hash(one.encode()).hex() for one in leaves]
    assert hashes == re.findall(r"leaf hash \d +([0-9a-f]{64})", page)
    roots = [merkle.root_of(one.encode() for one in leaves[:size]) for size in (2, 3)]
    assert [one.hex() for one in roots] == re.findall(r"root of \d leaves +([0-9a-f]{64})", page)
    assert leaves[1] == proof["leaf"]
    path = [base64.b64decode(one) for one in proof["inclusion"]]
    assert merkle.includes(1, 3, bytes.fromhex(hashes[1]), path, roots[1])
    earlier = [base64.b64decode(one) for one in proof["earlier"]["consistency"]]
    assert merkle.consistent(2, 3, *roots, earlier)
    (event,) = proof["events"]
    exact = commitments.canonical(event["content"])
    found = commitments.of_event(bytes.fromhex(event["salt"]), exact)
    assert found == leaf.read(event["leaf"].encode()).commitment
    assert proof["checkpoint"].split("\n")[2] == base64.b64encode(roots[1]).decode()


def test_an_event_can_be_proven_to_be_in_its_batch() -> None:
    batch = [commitments.of_event(bytes([n]) * 32, b"{}") for n in range(5)]
    growing, nodes = merkle.Growing(), {}
    for place, one in enumerate(batch):
        for level, node in enumerate(growing.add(bytes.fromhex(one))):
            nodes[level, place >> level] = node
    proof = merkle.inclusion_proof(3, 5, lambda level, index: nodes[level, index])
    root = bytes.fromhex(commitments.of_batch(batch))
    assert merkle.includes(3, 5, merkle.leaf_hash(bytes.fromhex(batch[3])), proof, root)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitments.of_event(b"short", b"{}")
