"""The snapshot: canonical, salted, and read back only when it is what was written."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import snapshot

SALT = bytes(range(32))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
CONTENTS = st.dictionaries(TEXTS, TEXTS | st.booleans() | st.none() | st.lists(TEXTS), max_size=5)
SECTIONS = st.dictionaries(TEXTS, CONTENTS, max_size=5)
NAMES = st.from_regex(r"[a-z][a-z:-]{0,20}", fullmatch=True)


def made(contents: dict[str, dict[str, object]]) -> snapshot.Snapshot:
    return snapshot.write(contents, dict.fromkeys(contents, SALT))


@given(contents=SECTIONS)
def test_what_is_written_is_read_back(contents: dict[str, dict[str, object]]) -> None:
    assert snapshot.read(made(contents).body) == contents


@given(contents=SECTIONS)
def test_the_commitment_is_told_by_the_bytes(contents: dict[str, dict[str, object]]) -> None:
    assert snapshot.commitment(made(contents).body) == made(contents).commitment


def test_the_commitment_is_what_the_docstring_says() -> None:
    content = {"decision": "share"}
    inner = json.dumps({"content": content, "name": "decision"}, separators=(",", ":")).encode()
    section = hashlib.sha256(b"infoshare-section/1\0" + SALT + inner).hexdigest()
    outer = json.dumps({"decision": section}, separators=(",", ":")).encode()
    expected = hashlib.sha256(b"infoshare-record/1\0" + outer).hexdigest()
    assert made({"decision": content}).commitment == expected


@given(contents=st.dictionaries(NAMES, CONTENTS, min_size=1, max_size=5))
def test_the_stored_bytes_give_the_same_commitment(contents: dict[str, dict[str, object]]) -> None:
    assert snapshot.stored_commitment(made(contents).body) == made(contents).commitment


@given(contents=st.dictionaries(NAMES, CONTENTS, min_size=1, max_size=5), data=st.data())
def test_no_byte_can_be_changed_and_give_the_same(
    contents: dict[str, dict[str, object]], data: st.DataObject
) -> None:
    body = bytearray(made(contents).body)
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = snapshot.stored_commitment(bytes(body))
    except snapshot.SnapshotError:
        return
    assert found != made(contents).commitment


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        (b'"b":{"content"', b'"a":{"content"'),  # the same name twice
        (b"}}}", b"}} }"),
        (b"}}}", b"}},}"),
        (b'{"x":1}', b"7"),
        (b"/1", b"/2"),
    ],
)
def test_what_is_not_of_the_form_has_no_commitment(part: bytes, instead: bytes) -> None:
    body = made({"a": {"x": 1}, "b": {"x": 1}}).body
    assert part in body
    with pytest.raises(snapshot.SnapshotError):
        snapshot.stored_commitment(body.replace(part, instead))


def test_another_salt_gives_another_commitment() -> None:
    other = snapshot.write({"a": {}}, {"a": bytes(32)})
    assert other.commitment != made({"a": {}}).commitment


@given(contents=SECTIONS.filter(bool), data=st.data())
def test_any_change_of_a_text_changes_the_commitment(
    contents: dict[str, dict[str, object]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(contents)))
    changed = {**contents, name: {**contents[name], "added": "x" * 40}}
    assert made(changed).commitment != made(contents).commitment


@pytest.mark.parametrize("salts", [{}, {"a": b""}, {"a": bytes(31)}, {"a": bytes(33)}])
def test_a_missing_or_short_salt_is_refused(salts: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="salt"):
        snapshot.write({"a": {}}, salts)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"format":"infoshare-record/2","sections":{}}',
        b'{"format":"infoshare-record/1","sections":[]}',
        b'{"format":"infoshare-record/1","sections":{"a":{"content":{}}}}',
        b'{"format":"infoshare-record/1","sections":{"a":{"content":{},"salt":"00"}}}',
        b'{"sections":{},"format":"infoshare-record/1"}',
        b'{"format":"infoshare-record/1","sections":{} }',
        b'{"format":"infoshare-record/1","sections":{},"more":1}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_other_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(snapshot.SnapshotError):
        snapshot.read(body)
