"""Lists and exports that were taken away, as the ledger states them."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from decisions.desk import stated
from decisions.desk.stated import lists_taken
from infoshare.ledger import append as ledger
from infoshare.ledger.commitments import new_salt
from infoshare.ledger.leaf import Type
from infoshare.ledger.models import Statement
from infoshare.people import writers
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.desk.stating import state, state_export
from tests.decisions.desk.test_desk import text
from tests.decisions.walk import Walk

SignIn = Callable[[User], Client]


def take_list(client: Client, **more: str) -> None:
    reply = client.post("/register/file/", {"file": "csv", **more})
    assert b"".join(reply.streaming_content)  # type: ignore[attr-defined]


def test_lists_taken_away(walk: Walk, cast: Cast, signed_in: SignIn) -> None:
    walk.to_decision()
    walk.seal()
    take_list(signed_in(cast.maya))
    take_list(signed_in(cast.maya), with_cases="on")
    page = text(signed_in(cast.ada), "/audit/lists/")
    assert page.count(f", by {cast.maya.name}.") == 2
    assert page.index("1 decision as CSV, with case") < page.index("1 decision as CSV. SHA")
    assert cast.maya.name not in text(signed_in(cast.abel), "/audit/lists/")


def test_a_list_is_stated_for_each_organisation_with_its_own_number(
    walk: Walk, cast: Cast, signed_in: SignIn
) -> None:
    walk.to_decision()
    walk.seal()
    take_list(signed_in(cast.mina))  # holds nothing, and is of her organisation
    writers.give_role(
        user=cast.mina, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    take_list(signed_in(cast.mina))
    for membership in cast.mina.memberships.all():
        writers.end_role(membership=membership)
    said = [json.loads(bytes(one.content)) for one in Statement.objects.order_by("leaf_id")]
    taken = [one for one in said if one["kind"] == "register-exported"]
    assert [(one["organisation"], one["decisions"]) for one in taken] == [
        (str(cast.southfield.pk), 0), (str(cast.northmoor.pk), 1)
    ]  # fmt: skip
    assert f"1 decision as CSV. SHA-256 {taken[1]['sha256']}, by {cast.mina.name}" in text(
        signed_in(cast.ada), "/audit/lists/"
    )
    assert taken[1]["sha256"] not in text(signed_in(cast.abel), "/audit/lists/")


def test_lists_that_name_no_organisation_stand_with_their_people_page_by_page(
    cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(stated, "A_PAGE", 2)
    old = {"file": "csv", "columns": [], "sha256": "", "decisions": 1}
    where = {"organisation": str(cast.northmoor.pk)}
    for membership in cast.tom.memberships.all():
        writers.end_role(membership=membership)
    leaves = [
        state(Type.REGISTER_EXPORTED, person, **old, **more)
        for person, more in ((cast.tom, {}), (cast.mina, where), (cast.tom, {}), (cast.ada, where))
    ]
    state(Type.REGISTER_EXPORTED, cast.mina, **old)  # of the other organisation
    seen, before = [], None
    for _ in range(4):
        page = lists_taken([cast.northmoor.pk], before)
        seen += [one.leaf for one in page.changes]
        before = page.older_than
        if before is None:
            break
    assert seen == leaves[::-1]


def test_a_statement_that_its_leaf_does_not_commit_to_says_nothing(
    cast: Cast, signed_in: SignIn
) -> None:
    kind = b'"kind":"role-given","organisation":"%s"' % str(cast.northmoor.pk).encode()
    for content in (b"\xff\x00 no text " + kind, b"{" + kind + b"}"):
        leaf = ledger.append(type=Type.ROLE_CHANGED, commitment="0" * 64, actor=None)
        Statement.objects.create(leaf_id=leaf.seq, salt=new_salt(), content=content)
    assert "There are none" in text(signed_in(cast.ada), "/audit/roles/")


def test_exports_made_and_downloaded(cast: Cast, signed_in: SignIn) -> None:
    leaf = state_export(person=cast.ada, organisation=cast.northmoor)
    other = writers.create_person(email="new@northmoor.example", name="New Auditor")
    writers.give_role(user=other, role=Role.AUDITOR, organisation=cast.northmoor)
    page = text(signed_in(other), "/audit/exports/")
    assert page.index(">Downloaded<") < page.index("Put together: 1,200 records")
    for words in (
        cast.ada.name,
        "With the PDFs",
        "a" * 64,
        "b" * 64,
        "oak 7",
        "without their PDF",
        f"Leaf {leaf}",
    ):
        assert words in page
    assert "For the &lt;b&gt;inspectorate" in page
    assert "Sealed in May" not in text(signed_in(cast.abel), "/audit/exports/")
