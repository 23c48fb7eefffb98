"""Where a protocol may help: what is counted, what is shown of it, and what is put aside."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client

from decisions.protocols.models import SuggestionPutAside
from decisions.protocols.shares import suggestions
from decisions.records.sealing import seal
from infoshare import clock
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.decisions.wizard.urgent.acting import acted
from tests.guidance.protocols.entries import enter

SignIn = Callable[[User], Client]
LIST = "/protocols/suggestions/"


def share(cast: Cast, recipient: str, *, decision: str = "share", **about: str) -> None:
    """A sealed decision of Priya's, about early help."""
    walk = begin(Client(), cast.priya, cast.early_help)
    walk.put({
        "about": {"case_reference": "CASE-77", **about},
        **{gate: walk.given(gate, answer, "Words of the case") for gate, answer in PLAIN.items()},
        "right-way": {**RIGHT_WAY, "recipient": recipient},
        "decide": {"decision": decision, "reason": "Words of the case"},
    })  # fmt: skip
    seal(draft_id=walk.draft.pk, person=cast.priya, seen_revision=walk.revision())


def said(reply: Any) -> str:
    main = reply.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def found(person: User) -> list[tuple[str, str, int]]:
    return [(one.name, one.setting, one.count) for one in suggestions(person)]


def test_shares_without_a_protocol_are_counted_by_body_and_setting(cast: Cast) -> None:
    share(cast, "Housing officer, Northmoor Homes")
    share(cast, "Duty desk", organisation="northmoor  HOMES")
    share(cast, "Northmoor Homes", agreement="yes")  # a protocol covered it
    share(cast, "Northmoor Homes", decision="do-not-share")  # nobody got it
    share(cast, "His aunt")
    assert not found(cast.lena)
    share(cast, "Manager, Northmoor Homes")
    assert found(cast.lena) == [("Northmoor Homes", "early-help", 3)]
    with clock.set_to(clock.now() + timedelta(days=366)):
        assert not found(cast.lena)
    enter(cast, about=["crime"])
    assert len(found(cast.lena)) == 1
    enter(cast, parties="Northmoor Homes Ltd")
    assert not found(cast.lena)  # covered now


def test_acting_first_is_no_pattern(walk: Walk, cast: Cast) -> None:
    acted(walk, recipient="Northmoor Homes")
    for _ in range(2):
        share(cast, "Northmoor Homes")
    assert not found(cast.lena)


def test_the_lead_sees_counts_and_nothing_of_a_case_and_goes_on_from_there(
    cast: Cast, signed_in: SignIn
) -> None:
    for _ in range(3):
        share(cast, "Housing officer, Northmoor Homes")
    client = signed_in(cast.lena)
    page = client.get(LIST)
    shown = said(page)
    assert "Northmoor Homes" in shown and "Decisions to share 3" in shown
    for words in ("CASE-77", "Words of the case", "Housing officer", RIGHT_WAY["what"], "Priya"):
        assert words not in page.content.decode()
    start = {"go": "fill", "parties": "Northmoor Homes", "about": "early-help"}
    filled = client.post(f"/protocols/new/{cast.northmoor.pk}/", start).content.decode()
    assert "Northmoor Homes</textarea>" in filled and 'value="early-help" checked' in filled
    assert "govuk-error-message" not in filled
    (one,) = suggestions(cast.lena)
    aside = f"{LIST}{one.key}/"
    for reason in ("", " \n", "a\0b", "x" * 2_001):
        assert 'id="id_reason-error"' in client.post(aside, {"reason": reason}).content.decode()
    assert client.post(aside, {"reason": "They leave the area"}).status_code == 303
    assert "Nothing stands out" in said(client.get(LIST))
    assert client.get(aside).status_code == 404
    assert SuggestionPutAside.objects.get().reason == "They leave the area"
    # Once it happens three times more, it is said again.
    for _ in range(3):
        share(cast, "Northmoor Homes")
    assert found(cast.lena) == [("Northmoor Homes", "early-help", 3)]


def test_another_lead_sees_nothing_of_it(cast: Cast, signed_in: SignIn) -> None:
    for _ in range(3):
        share(cast, "Northmoor Homes")
    (one,) = suggestions(cast.lena)
    elsewhere = User.objects.create(email="elia@lead.example", name="Elia")
    Membership.objects.create(user=elsewhere, organisation=cast.southfield, role=Role.LEAD)
    assert not suggestions(elsewhere)
    client = signed_in(elsewhere)
    assert client.post(f"{LIST}{one.key}/", {"reason": "Mine"}).status_code == 404
    assert not SuggestionPutAside.objects.exists()
