"""The tree against the published vectors, against another implementation, and against change."""

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from infoshare.ledger import merkle

# The reference tree of Certificate Transparency: its leaves, the root after each, and proofs.
# github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc; the same stand in
# github.com/transparency-dev/merkle, testonly/constants.go.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {  # (leaf, size), counted from 0
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
# Given by the property tests, which must try odd shapes: one leaf, perfect trees, one more.
SIZES = st.one_of(st.integers(1, 200), st.sampled_from([1, 2, 3, 4, 7, 8, 9, 127, 128, 129]))


def tree(leaves: list[bytes]) -> merkle.Node:
    """Every node of the tree over these leaves."""
    growing, nodes = merkle.Growing(), {}
    for seq, leaf in enumerate(leaves):
        for level, node in enumerate(growing.add(leaf)):
            nodes[level, seq >> level] = node
    return lambda level, index: nodes[level, index]


def numbered(size: int) -> list[bytes]:
    return [b"leaf %d" % number for number in range(size)]


def test_the_published_roots() -> None:
    assert merkle.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    node = tree(LEAVES)
    assert [merkle.root(size, node).hex() for size in range(1, 9)] == ROOTS
    assert [merkle.root_of(LEAVES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert merkle.root(0, node) == merkle.root_of([]) == merkle.EMPTY


@pytest.mark.parametrize(("asked", "proof"), INCLUSION.items())
def test_the_published_inclusion_proofs(asked: tuple[int, int], proof: list[str]) -> None:
    index, size = asked
    found = merkle.inclusion_proof(index, size, tree(LEAVES))
    assert [one.hex() for one in found] == proof
    root = bytes.fromhex(ROOTS[size - 1])
    assert merkle.includes(index, size, merkle.leaf_hash(LEAVES[index]), found, root)


@pytest.mark.parametrize(("asked", "proof"), CONSISTENCY.items())
def test_the_published_consistency_proofs(asked: tuple[int, int], proof: list[str]) -> None:
    first, second = asked
    found = merkle.consistency_proof(first, second, tree(LEAVES))
    assert [one.hex() for one in found] == proof
    before, after = (bytes.fromhex(ROOTS[size - 1]) for size in asked)
    assert merkle.consistent(first, second, before, after, found)


@given(size=SIZES, data=st.data())
def test_another_implementation_makes_the_same(size: int, data: Any) -> None:
    leaves = numbered(size)
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    other = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        other.append_entry(leaf)
    node = tree(leaves)
    assert other.get_root() == merkle.root(size, node)
    # pymerkle puts the leaf's own hash first, or the earlier tree's parts.
    path = other.prove_inclusion(index + 1).path
    assert path[1:] == merkle.inclusion_proof(index, size, node)
    assert other.get_root(first) == merkle.root(first, node)


@given(size=SIZES, data=st.data())
def test_a_proof_holds_and_any_change_breaks_it(size: int, data: Any) -> None:
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    node = tree(leaves)
    proof, root = merkle.inclusion_proof(index, size, node), merkle.root(size, node)
    leaf = merkle.leaf_hash(leaves[index])
    assert merkle.includes(index, size, leaf, proof, root)
    assert not merkle.includes(index, size, merkle.leaf_hash(b"other"), proof, root)
    assert not merkle.includes(index, size, leaf, proof, merkle.leaf_hash(b"other"))
    assert not merkle.includes(index, size, leaf, [*proof, root], root)
    assert not merkle.includes(size, size, leaf, proof, root)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = [*proof[:place], sha256(proof[place]).digest(), *proof[place + 1 :]]
        assert not merkle.includes(index, size, leaf, changed, root)
        assert not merkle.includes(index, size, leaf, proof[:-1], root)
        assert not merkle.includes((index + 1) % size, size, leaf, proof, root)


@given(size=SIZES, data=st.data())
def test_only_a_tree_that_grew_is_consistent(size: int, data: Any) -> None:
    leaves = numbered(size)
    first = data.draw(st.integers(1, size))
    node = tree(leaves)
    proof = merkle.consistency_proof(first, size, node)
    before, after = merkle.root(first, node), merkle.root(size, node)
    assert merkle.consistent(first, size, before, after, proof)
    forged = [b"forged", *leaves[1:]]
    assert not merkle.consistent(first, size, before, merkle.root_of(forged), proof)
    assert not merkle.consistent(first, size, merkle.root_of(forged[:first]), after, proof)
    assert not merkle.consistent(first, size, before, after, [*proof, after])
    assert not merkle.consistent(size + 1, size, before, after, proof)
    if proof:
        assert not merkle.consistent(first, size, before, after, proof[1:])


@given(sizes=st.lists(st.integers(0, 40), max_size=5))
def test_many_entries_at_once_make_the_same(sizes: list[int]) -> None:
    one, many = merkle.Growing(), merkle.Growing()
    for size in sizes:
        leaves = numbered(size)
        assert many.extend(leaves) == b"".join(b"".join(one.add(leaf)) for leaf in leaves)
        assert (many.size, many.root()) == (one.size, one.root())


def test_from_nothing_everything_grows() -> None:
    node = tree(LEAVES)
    assert merkle.consistency_proof(0, 8, node) == []
    assert merkle.consistent(0, 8, merkle.EMPTY, merkle.root(8, node), [])
    assert not merkle.consistent(0, 8, merkle.root(1, node), merkle.root(8, node), [])


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, size, tree(LEAVES))


def test_no_proof_of_a_tree_that_shrank() -> None:
    with pytest.raises(ValueError, match="cannot grow"):
        merkle.consistency_proof(5, 4, tree(LEAVES))
