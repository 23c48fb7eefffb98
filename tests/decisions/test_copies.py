"""A copy with sections left out gives the record's commitment, and says nothing of them."""

import hashlib
import json

import pytest
import rfc8785

from decisions import snapshot
from decisions.copies import copy_of
from tests.decisions.documents import samples

LEGAL = {"entries": [{"advised": "Privileged words"}]}


def from_a_copy(body: bytes) -> str:
    """The commitment as docs/ledger-format.md says, by whoever has only the copy."""
    hashes = {
        name: section.get("withheld")
        or snapshot.section_hash(name, bytes.fromhex(section["salt"]), section["content"])
        for name, section in json.loads(body)["sections"].items()
    }
    return hashlib.sha256(b"infoshare-record/1\0" + rfc8785.dumps(hashes)).hexdigest()


def test_legal_advice_is_left_out_and_the_rest_verifies() -> None:
    body = samples.seal({**samples.typical(), "legal-advice": LEGAL})
    copy = copy_of(body)
    assert copy.withheld == ("legal-advice",)
    assert b"Privileged" not in copy.body
    salt = json.loads(body)["sections"]["legal-advice"]["salt"]
    assert salt.encode() not in copy.body
    assert copy.commitment == snapshot.commitment(body) == from_a_copy(copy.body)
    assert "legal-advice" not in copy.contents


def test_a_copy_with_nothing_to_leave_out_is_the_record_itself() -> None:
    body = samples.seal(samples.typical())
    assert copy_of(body).body is body
    with pytest.raises(snapshot.SnapshotError):
        copy_of(body + b" ")


@pytest.mark.parametrize(
    "names", [set(), {"legal-advice"}, {"people"}, {"context", "sharing", "people", "nothing"}]
)
def test_sections_cut_from_the_stored_bytes_give_the_same_copy(names: set[str]) -> None:
    quoted = {"entries": [{"advised": 'Said "people":{"content":{} and \\ é'}]}
    body = samples.seal({**samples.typical(), "legal-advice": quoted})
    assert snapshot.without(body, names) == copy_of(body, without=names).body
    with pytest.raises(snapshot.SnapshotError):
        snapshot.without(body[:-1], {"people"})
