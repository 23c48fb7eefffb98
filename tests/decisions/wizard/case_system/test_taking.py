"""What a case system hands in is taken whole, or refused with what is wrong with it."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from decisions.wizard.case_system.models import CaseSystemKey, HandIn
from decisions.wizard.case_system.reading import Unreadable, read_context
from decisions.wizard.case_system.writers import MOST_A_MINUTE, end_key, hash_of
from guidance.rulebook import catalogue
from tests.decisions.wizard.case_system.conftest import CASE, Send

ADDRESS = "/decisions/start/hand-in/"
EDITION = catalogue.shipped()[catalogue.DEFAULT]


def test_the_documented_request_is_taken(send: Send) -> None:
    reply = send(CASE)
    assert reply.status_code == 201
    kept = HandIn.objects.get()
    token = reply.json()["address"].removeprefix("http://testserver/decisions/start/from/")[:-1]
    assert (kept.token_hash, kept.context) == (hash_of(token), CASE)
    assert len(token) >= 43
    assert "CASE-8" not in reply.json()["address"]


@pytest.mark.parametrize(
    ("case", "named", "says"),
    [
        ({**CASE, "nhs_number": "1"}, "nhs_number", "does not know this key"),
        ({**CASE, "consent": "given"}, "consent", "does not know this key"),
        ({**CASE, "who": "giant"}, "who", "child, young-person, adult"),
        ({**CASE, "deadline": "soon"}, "deadline", "real date"),
        ({**CASE, "deadline": "1850-01-01"}, "deadline", "1900"),
        ({**CASE, "information": "a\0b"}, "information", "cannot be kept"),
        ({**CASE, "information": "\ud800"}, "information", "cannot be kept"),
        ({**CASE, "information": "two\nlines"}, "information", "one line"),
        ({**CASE, "role": "r" * 501}, "role", "501 characters"),
        ({**CASE, "case_reference": "c" * 101}, "case_reference", "101 characters"),
        ({**CASE, "case_reference": " "}, "case_reference", "case reference"),
        ({"who": "child"}, "case_reference", "case reference"),
        ({**CASE, "case_reference": 7}, "case_reference", "text in quotation marks"),
        ({**CASE, "who": None}, "who", "text in quotation marks"),
        ({**CASE, "who": ["child"]}, "who", "text in quotation marks"),
        (b'{"who": "child", "who": "adult"}', "who", "twice"),
    ],
)
def test_what_cannot_be_taken_is_named(case: Any, named: str, says: str) -> None:
    body = case if isinstance(case, bytes) else json.dumps(case).encode()
    with pytest.raises(Unreadable) as refused:
        read_context(body, EDITION)
    assert list(refused.value.keys) == [named]
    assert says in refused.value.keys[named]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"text"',
        b"{",
        b"\xff{}",
        b"[" * 19_000,
        b'{"who": NaN}',
        b'{"\xed\xa0\x80": 1}',
    ],
)
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_context(body, EDITION)


def test_a_refusal_says_what_is_wrong(send: Send) -> None:
    reply = send({**CASE, "\ud800": "a", "who": "giant"})
    assert reply.status_code == 400
    assert set(reply.json()["keys"]) == {"\ud800"}
    assert not HandIn.objects.exists()


def test_only_so_much(send: Send) -> None:
    assert send(b"x" * 20_001).status_code == 413


@pytest.mark.parametrize(
    "header",
    [
        {"InfoShare_Signature": "0" * 64},
        {"InfoShare_Signature": "é" * 64},
        {"InfoShare_Key": "6f0a3f0e-4c1c-4a86-9a51-0f4f5f3a7a10"},
        {"InfoShare_Key": "CareBase"},
        {"InfoShare_Time": str(int(time.time()) + 1)},
        {"InfoShare_Time": "９" * 10},
        {"InfoShare_Nonce": "another-nonce-than-signed"},
        {"InfoShare_Nonce": ""},
    ],
)
def test_only_what_is_signed(header: dict[str, str], send: Send) -> None:
    assert send(CASE, **header).status_code == 401
    assert not HandIn.objects.exists()


def test_not_the_same_twice_not_late_not_with_an_ended_key(
    send: Send, key: CaseSystemKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}
    plain = Client.post

    def post(self: Client, *args: Any, **given: Any) -> Any:
        seen.update(args=args, given=given)
        return plain(self, *args, **given)

    monkeypatch.setattr(Client, "post", post)
    assert send(CASE).status_code == 201
    assert Client().post(*seen["args"], **seen["given"]).status_code == 409
    now = time.time()
    for off in (-301, 302):
        monkeypatch.setattr(time, "time", lambda off=off: now + off)
        late = send(CASE)
        assert (late.status_code, "minutes from ours" in late.json()["error"]) == (401, True)
    monkeypatch.undo()
    end_key(key=key)
    assert send(CASE).status_code == 401
    assert HandIn.objects.get().context == {}


def test_not_too_many_a_minute(send: Send, key: CaseSystemKey) -> None:
    HandIn.objects.bulk_create(
        HandIn(
            key=key,
            organisation=key.organisation,
            nonce=str(number),
            token_hash=str(number),
            expires_at=key.made_at,
        )
        for number in range(MOST_A_MINUTE)
    )
    assert send(CASE).status_code == 429


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_post(method: str, db: None) -> None:
    reply = getattr(Client(), method)(ADDRESS)
    assert (reply.status_code, json.loads(reply.content)["error"]) == (405, "Send this with POST.")
