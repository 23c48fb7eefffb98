"""Each step of the document fails by itself, in words that name it and what is wrong."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import rfc8785

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.ledger import Ledger, Signer, b64, consistency, path

Proof = dict[str, Any]
OTHER = Signer(bytes(32))


def check(proof: Proof, trust: verifier.Trust) -> verifier.Report:
    return verifier.check_bytes(rfc8785.dumps(proof), "proof.json", trust)


def first(ledger: Ledger) -> Proof:
    return ledger.proof(next(iter(ledger.sealed)), earlier=5, without=["people"])


def changed_leaf(entry: Proof, old: str, new: str) -> None:
    assert old in entry["leaf"]
    entry["leaf"] = entry["leaf"].replace(old, new)


def other_root(note: str) -> str:
    lines = note.split("\n")
    lines[2] = b64(bytes(32))
    return "\n".join(lines)


MUTATIONS: list[tuple[str, Callable[[Proof], Any], str]] = [
    ("Step 1", lambda p: p.update(more=1), "key that the format does not know: “more”"),
    ("Step 1", lambda p: p.pop("leaf"), "has no “leaf”"),
    ("Step 1", lambda p: p.update(index=True), "not a whole number"),
    ("Step 1", lambda p: p.update(inclusion=["x"]), "not a list of hashes"),
    ("Step 1", lambda p: p["events"][0].update(salt="00"), "not 64 lower-case hex digits"),
    ("Step 1", lambda p: p["record"]["sections"]["people"].update(salt="x"), "does not know"),
    ("Step 3", lambda p: p["record"]["sections"]["decision"]["content"].update(decision="no"),
     "the record is not the one that was sealed"),
    ("Step 3", lambda p: p["record"]["sections"].pop("people"), "not the one that was sealed"),
    ("Step 3", lambda p: changed_leaf(p, '"sealed"', '"reviewed"'), "not “sealed”"),
    ("Step 3", lambda p: changed_leaf(p, '"v":1', '"v": 1'), "not canonical JSON of the form"),
    ("Step 3", lambda p: p.update(index=2), "another place than the file says"),
    ("Step 4", lambda p: p["inclusion"].reverse(), "does not lead from the leaf"),
    ("Step 4", lambda p: p["inclusion"].pop(), "does not lead from the leaf"),
    ("Step 4", lambda p: changed_leaf(p, "T09:00:01", "T09:00:00"), "does not lead from the leaf"),
    ("Step 4", lambda p: p.update(checkpoint="nothing"), "not a signed note"),
    ("Step 4", lambda p: p.update(checkpoint=other_root(p["checkpoint"])), "does not lead"),
    ("Step 4", lambda p: p.update(checkpoint=p["earlier"]["checkpoint"]), "does not lead"),
    ("Step 5", lambda p: p.update(checkpoint=p["checkpoint"].replace("\n\n", "\nmore\n\n")),
     "does not hold"),
    ("Step 6", lambda p: p["earlier"]["consistency"].reverse(), "changed between the two"),
    ("Step 6", lambda p: p["earlier"].update(checkpoint=other_root(p["earlier"]["checkpoint"])),
     "does not hold"),
    ("Step 7", lambda p: p["events"][0]["content"]["details"].update(to="somebody else"),
     "not the one that was entered"),
    ("Step 7", lambda p: p["events"][1]["content"].update(at="2026-11-22T08:00:00.000000Z"),
     "not in the batch"),
    ("Step 7", lambda p: p["events"][1]["batch"].update(index=0), "not in the batch"),
    ("Step 7", lambda p: p["events"][1].pop("batch"), "in a batch where it may not be, or not"),
    ("Step 7", lambda p: p["events"][2]["inclusion"].reverse(), "does not lead from the leaf"),
    ("Step 7", lambda p: p["events"][2].update(index=1), "another place than the file says"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "mutate", "said"), MUTATIONS)
def test_a_change_is_found_where_it_is(
    ledger: Ledger, trust: verifier.Trust, step: str, mutate: Callable[[Proof], Any], said: str
) -> None:
    proof = first(ledger)
    assert check(proof, trust).result == "proven"
    mutate(proof)
    report = check(proof, trust)
    assert report.result == "wrong"
    assert report.wrong[0].startswith(step) and said in report.wrong[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format":"infoshare-proof/1","a":1, "b":2}', "written anew or changed"),
        ('{"format":"infoshare-proof/1","a":1.0}', "not a whole one"),
        ('{"format":"infoshare-proof/1","a":NaN}', "not a whole one"),
        ('{"a":-0,"format":"infoshare-proof/1"}', "written anew or changed"),
        ('{"a":9007199254740992,"format":"infoshare-proof/1"}', "too large"),
        ('{"a":1,"a":1,"format":"infoshare-proof/1"}', "a key stands in it twice"),
        ('{"a":"\\u0041","format":"infoshare-proof/1"}', "written anew or changed"),
        ('{"a":"\\ud800","format":"infoshare-proof/1"}', "not UTF-8 text"),
        ('{"\ufb33":1,"\U0001f600":2,"format":"infoshare-proof/1"}', "written anew or changed"),
        ('{"a":' + "[" * 100_000 + ',"infoshare-proof/1"', "too deeply"),
        ('{"format":"infoshare-proof/1"', "cut off"),
        ('{"format":"infoshare-proof/1"}', "has no “record”"),
    ],
)
def test_json_in_another_form_is_refused(trust: verifier.Trust, text: str, said: str) -> None:
    report = verifier.check_bytes(text.encode(), "proof.json", trust)
    assert report.result == "wrong"
    assert report.wrong[0].startswith("Step 1, the form of the file") and said in report.wrong[0]


@pytest.mark.parametrize(
    "text",
    ["", "x", "{}", '{"format":"infoshare-proof/2"}', '{"a":[],"format":"infoshare-record/7"}'],
)
def test_what_is_not_known_is_called_so_and_not_wrong(trust: verifier.Trust, text: str) -> None:
    assert verifier.check_bytes(text.encode(), "x", trust).result == "unclear"


def test_a_leaf_or_record_of_a_later_version_is_not_understood(
    ledger: Ledger, trust: verifier.Trust
) -> None:
    proof = first(ledger)
    changed_leaf(proof, '"v":1', '"v":2')
    assert "version 2" in check(proof, trust).unclear[0]
    proof["record"]["format"] = "infoshare-record/2"
    assert "infoshare-record/2" in check(proof, trust).unclear[0]


def test_who_signed_matters(ledger: Ledger, trust: verifier.Trust) -> None:
    proof = first(ledger)
    stranger = verifier.Trust([verifier.read_key(OTHER.verifier_key)])
    assert "none of the verifier keys" in check(proof, stranger).wrong[0]
    report = check(proof, verifier.Trust())
    assert report.result == "unclear" and "No verifier key was given" in report.unclear[0]
    assert not any("not changed since" in line for line in report.shows)
    ledger.signers = (OTHER,)
    proof["earlier"]["checkpoint"] = ledger.note(5)
    assert check(proof, trust).wrong[0].startswith("Step 6")


def test_two_keys_are_both_valid_while_one_is_replaced(trust: verifier.Trust) -> None:
    ledger = Ledger(Signer(), OTHER)
    proof = ledger.proof(ledger.seal())
    both = verifier.Trust([verifier.read_key(one.verifier_key) for one in (Signer(), OTHER)])
    assert check(proof, both).result == check(proof, trust).result == "proven"
    text, lines = proof["checkpoint"].split("\n\n")
    good, bad = lines.split("\n")[:2]
    raw = bytearray(base64.b64decode(bad.split(" ")[2]))
    raw[-40] ^= 1
    proof["checkpoint"] = f"{text}\n\n{good}\n\u2014 {OTHER.name} {b64(bytes(raw))}\n"
    assert check(proof, trust).result == "proven"  # the other key is nobody's here
    assert "does not hold" in check(proof, both).wrong[0]


def test_a_key_for_another_ledger_signs_nothing_here(trust: verifier.Trust) -> None:
    ledger = Ledger(origin="elsewhere.example/ledger")
    assert "of another ledger" in check(ledger.proof(ledger.seal()), trust).wrong[0]


def test_a_record_of_another_context_and_an_event_about_another(trust: verifier.Trust) -> None:
    ledger = Ledger()
    other, record = "9" * 8 + "-9999-4999-8999-" + "9" * 12, ledger.seal()
    ledger.seal_as(other, {"context": {"record": record}})
    assert "about another record" in check(ledger.proof(other), trust).wrong[0]
    ledger = Ledger()
    one, two = ledger.seal(), ledger.seal()
    ledger.event(two, "shared")
    ledger.events[one] = ledger.events[two]
    assert "about another record" in check(ledger.proof(one), trust).wrong[0]


def test_an_event_that_happened_after_it_was_entered(trust: verifier.Trust) -> None:
    ledger = Ledger()
    record = ledger.seal()
    ledger.time = lambda: "2026-11-22T10:00:00.000000Z"  # type: ignore[method-assign]
    content = ledger._content(record, "shared", {}) | {"at": "2026-11-22T10:00:00.000001Z"}
    ledger._content = lambda *_: content  # type: ignore[method-assign]
    ledger.event(record, "shared")
    assert "one after it was entered" in check(ledger.proof(record), trust).wrong[0]


def test_entries_that_the_file_does_not_tell_are_named(
    ledger: Ledger, trust: verifier.Trust
) -> None:
    proof = first(ledger)
    assert not any("does not tell" in line for line in check(proof, trust).shows)
    assert any("not-known-yet" in line for line in check(proof, trust).shows)
    del proof["events"][0]
    assert any("does not tell: number 2." in line for line in check(proof, trust).shows)


@pytest.mark.parametrize("key", ["", "x", "a+b+c", Signer().verifier_key.replace("0872", "0873")])
def test_a_damaged_key_is_refused(key: str) -> None:
    with pytest.raises(verifier.Unclear, match="verifier key"):
        verifier.read_key(key)


def test_every_leaf_is_found_and_every_pair_of_sizes_is_consistent() -> None:
    ledger = Ledger()
    for _ in range(12):
        ledger.enter("role-changed", bytes(32))
    notes = [verifier.read_checkpoint(ledger.note(size)) for size in range(13)]
    for size in range(1, 13):
        leaves = ledger.leaves[:size]
        for index in range(size):
            found = verifier.leaf_hash(leaves[index])
            shown = path(index, leaves)
            assert verifier.is_included(found, index, size, shown, notes[size].root)
            assert not verifier.is_included(found, index, size, [*shown, found], notes[size].root)
        for smaller in range(size + 1):
            shown = consistency(smaller, leaves) if smaller else []
            assert verifier.is_consistent(notes[smaller], notes[size], shown)
            assert not verifier.is_consistent(notes[smaller], notes[size], [*shown, bytes(32)])
            if smaller:
                other = replace(notes[smaller], root=bytes(32))
                assert not verifier.is_consistent(other, notes[size], shown)


def test_a_path_that_ends_below_the_root_leads_nowhere() -> None:
    ledger = Ledger()
    for _ in range(4):
        ledger.enter("role-changed", bytes(32))
    found, shown = verifier.leaf_hash(ledger.leaves[0]), path(0, ledger.leaves)
    root = verifier.read_checkpoint(ledger.note()).root
    assert verifier.is_included(found, 0, 4, shown, root)
    assert not verifier.is_included(found, 0, 8, shown, root)
    two, four = (verifier.read_checkpoint(ledger.note(size)) for size in (2, 4))
    assert not verifier.is_consistent(two, replace(four, size=8), consistency(2, ledger.leaves))


def test_base64_has_one_spelling_only() -> None:
    assert verifier.base64_of("AAA=") == b"\0\0"
    for other in ("AAB=", "AAA", "AA A=", "AAA=\n", "AAA=AAA=", "ÄAA="):
        assert verifier.base64_of(other) is None


def test_a_checkpoint_from_before_the_record_says_nothing_of_it(trust: verifier.Trust) -> None:
    ledger = Ledger()
    ledger.enter("role-changed", bytes(32))
    proof = ledger.proof(ledger.seal())
    proof["checkpoint"] = ledger.note(1)
    assert "newer than the checkpoint" in check(proof, trust).wrong[0]


def test_an_earlier_checkpoint_of_another_ledger_is_refused(trust: verifier.Trust) -> None:
    other = Signer(name="other.example/ledger")
    both = verifier.Trust([verifier.read_key(one.verifier_key) for one in (Signer(), other)])
    ledger = Ledger()
    proof = ledger.proof(ledger.seal(), earlier=1)
    ledger.origin, ledger.signers = other.name, (other,)
    proof["earlier"]["checkpoint"] = ledger.note(1)
    assert "is of another ledger" in check(proof, both).wrong[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"record": "22222222-2222-4222-8222-222222222222"}, "about another record"),
        ({"actor": "Priya"}, "who did it"),
        ({"kind": 1}, "no kind"),
        ({"details": []}, "no kind or no details"),
        ({"at": "2026-02-30T09:00:00.000000Z"}, "no time"),
    ],
)
def test_an_event_has_to_say_what_events_say(
    trust: verifier.Trust, content: Proof, said: str
) -> None:
    ledger = Ledger()
    record, plain = ledger.seal(), ledger._content
    ledger._content = lambda *given: plain(*given) | content  # type: ignore[method-assign]
    ledger.event(record, "shared")
    assert said in check(ledger.proof(record), trust).wrong[0]


def test_a_batch_holds_views_only_and_a_named_file_has_a_hash(trust: verifier.Trust) -> None:
    ledger = Ledger()
    record, plain = ledger.seal(), ledger._content
    ledger._content = lambda *given: plain(*given) | {"kind": "shared"}  # type: ignore[method-assign]
    ledger.viewed([record])
    assert "of another kind than its batch" in check(ledger.proof(record), trust).wrong[0]
    ledger = Ledger()
    ledger.event(record := ledger.seal(), "exported", "exported", sha256="AB" * 32)
    assert "the hash of the file" in check(ledger.proof(record), trust).wrong[0]


def test_entries_about_a_record_stand_in_their_order(trust: verifier.Trust) -> None:
    ledger = Ledger()
    record = ledger.seal()
    ledger.revisions[record] = 5
    ledger.event(record, "shared")
    ledger.revisions[record] = 2
    ledger.event(record, "shared")
    assert "not in the order of their numbers" in check(ledger.proof(record), trust).wrong[0]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "sealed", "revision": 2},
        {"type": "shared", "revision": 0},
        {"type": "reviewed", "record": None, "revision": 0},
        {"type": "viewed"},
        {"type": "Sealed"},
        {"time": "2026-11-31T09:00:00.000000Z"},
        {"time": "2026-11-22T24:00:00.000000Z"},
        {"actor": "Priya"},
        {"more": 1},
        {"seq": -1},
    ],
)
def test_a_leaf_that_cannot_be_is_refused(change: Proof) -> None:
    ledger = Ledger()
    ledger.enter("sealed", bytes(32), "1" * 8 + "-1111-4111-8111-" + "1" * 12)
    leaf = json.loads(ledger.leaves[0])
    verifier.read_leaf(rfc8785.dumps(leaf).decode())
    with pytest.raises(verifier.Wrong):
        verifier.read_leaf(rfc8785.dumps({**leaf, **change}).decode())


def test_the_report_is_plain_data(ledger: Ledger, trust: verifier.Trust) -> None:
    table = check(first(ledger), trust).as_table()
    assert json.loads(json.dumps(table))["result"] == "proven"
