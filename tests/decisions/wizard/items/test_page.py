"""The page of items: listed, changed, removed, chosen, sealed; nothing typed is lost."""

import dataclasses
import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.items.listed import MOST, listed
from decisions.wizard.models import Draft
from guidance import stored
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk
from tests.decisions.wizard.urgent.acting import acted, follow_up


@pytest.fixture
def sharing(walk: Walk) -> Walk:
    """The plain case, with how to share filled in."""
    walk.to_decision()
    return walk


def address(walk: Walk) -> str:
    return reverse("decisions:items", kwargs={"draft_id": walk.draft.pk})


def send(walk: Walk, go: str = "continue", based_on: int | None = None, **texts: Any) -> Any:
    data = {"go": go, "based_on": str(walk.revision() if based_on is None else based_on)}
    data |= {f"items-{name}": text for name, text in texts.items()}
    return walk.client.post(address(walk), data)


def texts_of(walk: Walk) -> dict[str, str]:
    return {item.id: item.said["what"] for item in listed(walk.held().get("items", {}))}


def three(walk: Walk) -> None:
    texts = {"1-what": "one", "2-what": "two", "3-what": "three", "2-reveals": "on"}
    assert send(walk, **texts).status_code == 303


def sealed() -> Any:
    return snapshot.read(bytes(Record.objects.get().snapshot.body))


def test_it_works_from_how_to_share_to_the_record(walk: Walk) -> None:
    walk.walk(PLAIN)
    reply = walk.post("right-way", RIGHT_WAY, go="items")
    assert reply["Location"] == address(walk)
    assert walk.held()["right-way"]["what"] == RIGHT_WAY["what"]
    assert 'name="items-1-what"' in walk.client.get(address(walk)).content.decode()
    reply = send(walk, go="add", **{"1-what": "one", "not-known": "Much"})
    assert reply["Location"].startswith(f"{address(walk)}?add=")
    page = walk.client.get(reply["Location"]).content.decode()
    assert 'name="items-2-what"' in page
    assert "Much" in page
    reply = send(walk, **{"1-what": "one", "2-what": "two", "2-reveals": "on", "not-known": "Much"})
    assert reply["Location"] == walk.address("decide")
    given = {"decision": "share-in-part", "items": "1", "reason": "The second is not needed"}
    page = walk.client.get(walk.post("decide", given, go="seal")["Location"]).content.decode()
    assert [(one["what"], one["shared"]) for one in sealed()["sharing"]["items"]] == [
        ("one", True),
        ("", False),
    ]
    (protected,) = sealed()["protected-whereabouts"]["items"]
    assert (protected["number"], protected["what"]) == (2, "two")
    for words in ("Held back.", "This could show where somebody is or who they are", "Much"):
        assert words in page


def test_what_is_missing_about_how_is_asked_next(walk: Walk) -> None:
    walk.walk(PLAIN)
    assert send(walk, **{"1-what": "one"})["Location"] == walk.address("right-way")
    assert send(walk, go="leave", **{"1-what": "one"})["Location"] == "/"


def test_a_removed_item_takes_no_other_with_it(sharing: Walk) -> None:
    three(sharing)
    reply = send(sharing, go="remove-2", **{"1-what": "one", "2-what": "two", "3-what": "changed"})
    assert reply["Location"] == address(sharing)
    assert texts_of(sharing) == {"1": "one", "3": "changed"}
    send(sharing, **{"1-what": "one", "3-what": "changed", "4-what": "new"})
    assert texts_of(sharing) == {"1": "one", "3": "changed", "4": "new"}


def test_a_choice_of_a_removed_item_is_told(sharing: Walk) -> None:
    three(sharing)
    given = {"decision": "share-in-part", "items": "1 2", "reason": "why"}
    sharing.save("decide", given)
    send(sharing, go="remove-2", **{"1-what": "one", "2-what": "two", "3-what": "three"})
    reply = sharing.post("decide", given, go="seal")
    assert reply.status_code == 200
    assert "An item that you chose is not in the list any more" in reply.content.decode()
    assert not Record.objects.exists()


def test_ticked_boxes_are_one_answer(sharing: Walk) -> None:
    three(sharing)
    data = {
        f"{sharing.draft.pk}-current_step": "decide",
        "based_on": str(sharing.revision()),
        "decide-decision": "share-in-part",
        "decide-reason": "why",
        "decide-items": ["1", "3"],
        "go": "leave",
    }
    sharing.client.post(sharing.address("decide"), data)
    assert sharing.held()["decide"]["items"] == "1 3"
    page = sharing.open("decide").content.decode()
    assert page.count(" checked") == 3  # the decision and two items
    assert sharing.client.post(sharing.address("decide"), {**data, "go": "seal"}).status_code == 303
    assert [one["shared"] for one in sealed()["sharing"]["items"]] == [True, False, True]


def test_all_items_go_with_a_plain_decision_to_share(sharing: Walk) -> None:
    three(sharing)
    sharing.seal()
    assert all(one["shared"] for one in sealed()["sharing"]["items"])


def test_nothing_of_the_items_is_sealed_when_nothing_is_shared(sharing: Walk) -> None:
    send(sharing, **{"1-what": "canary", "not-known": "canary"})
    given = {
        "decision": "do-not-share",
        "reason": "They asked us to wait",
        "tell": "That we wait",
        "again": "In May",
        "items": "1",
    }
    page = sharing.client.get(sharing.post("decide", given, go="seal")["Location"])
    assert b"canary" not in bytes(Record.objects.get().snapshot.body)
    for words in ("Not shared: what follows", "That we wait", "In May"):
        assert words in page.content.decode()


def test_what_follows_from_not_sharing_is_not_sealed_when_something_is(sharing: Walk) -> None:
    given = {"decision": "share", "tell": "canary", "again": "canary", "items": "1 2"}
    assert sharing.post("decide", given, go="seal").status_code == 303
    assert b"canary" not in bytes(Record.objects.get().snapshot.body)


# --- Two tabs ---------------------------------------------------------------------------------


def test_two_tabs_get_both_lists(sharing: Walk) -> None:
    three(sharing)
    old = sharing.revision()
    send(sharing, **{"1-what": "said here", "2-what": "two", "3-what": "three"})
    reply = send(sharing, based_on=old, **{"1-what": "said there", "2-what": "two", "4-what": "x"})
    page = reply.content.decode()
    assert reply.status_code == 409
    for words in ("said here", "said there", "three", "x"):
        assert words in page
    assert texts_of(sharing) == {"1": "said here", "2": "two", "3": "three"}
    assert Draft.objects.get().revisions.filter(step="items", applied=False).count() == 1
    both = posts(page, "Use both texts")
    assert sharing.client.post(address(sharing), both).status_code == 303
    assert list(texts_of(sharing).values()) == ["said here", "two", "three", "said there", "x"]


def posts(page: str, button: str) -> dict[str, str]:
    """The hidden fields of the form with this button."""
    (form,) = [one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in one]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))


def test_the_same_page_sent_twice_is_one_list(sharing: Walk) -> None:
    old = sharing.revision()
    texts = {"1-what": "one", "2-what": "two"}
    assert send(sharing, based_on=old, **texts).status_code == 303
    assert send(sharing, based_on=old, **texts).status_code == 303
    assert texts_of(sharing) == {"1": "one", "2": "two"}


def test_a_page_sent_after_the_seal_is_handed_back(sharing: Walk) -> None:
    sharing.seal()
    reply = send(sharing, **{"1-what": "too late", "not-known": "this too"})
    assert reply.status_code == 409
    assert "too late" in reply.content.decode()
    assert "this too" in reply.content.decode()
    record = Record.objects.get()
    assert send(sharing)["Location"] == f"/records/{record.pk}/"
    assert sharing.client.get(address(sharing))["Location"] == f"/records/{record.pk}/"


def test_the_page_saves_itself_and_is_no_stranger_to_its_own_saves(sharing: Walk) -> None:
    old, page = sharing.revision(), str(uuid.uuid4())
    own = {"page": page, "based_on": str(old)}
    typed = {"items-1-whose": "A neighbour", "items-1-date": "44"}  # not ready yet
    reply = sharing.client.post(address(sharing), {**typed, **own, "turn": "1", "go": "autosave"})
    assert reply.json()["revision"] == old + 1
    assert sharing.held()["items"]["1-whose"] == "A neighbour"
    typed = {"items-1-what": "one", "items-2-what": "two"}
    reply = sharing.client.post(address(sharing), {**typed, **own, "turn": "2", "go": "continue"})
    assert reply.status_code == 303
    assert texts_of(sharing) == {"1": "one", "2": "two"}
    reply = send(sharing, go="autosave", based_on=old, **{"1-what": "from another tab"})
    assert (reply.status_code, "another tab" in reply.json()["reason"]) == (409, True)
    assert texts_of(sharing) == {"1": "one", "2": "two"}
    reply = send(sharing, go="autosave", **{"1-what": "\0"})
    assert (reply.status_code, "cannot be kept" in reply.json()["reason"]) == (422, True)


def test_an_urgent_record_takes_no_items_but_its_follow_up_does(sharing: Walk) -> None:
    three(sharing)
    record = acted(sharing)
    said = snapshot.read(bytes(record.snapshot.body))["sharing"]
    assert (said["items"], said["not_known"]) == ([], "")
    assert texts_of(follow_up(sharing, record)) == {"1": "one", "2": "two", "3": "three"}


def test_the_way_to_act_first_saves_the_list(sharing: Walk) -> None:
    reply = send(sharing, go="urgent", **{"1-whose": "A neighbour"})
    assert reply["Location"] == f"/drafts/{sharing.draft.pk}/act-first/"
    assert sharing.held()["items"]["1-whose"] == "A neighbour"


# --- Where it cannot be opened ------------------------------------------------------------------


def test_it_opens_only_where_something_may_be_shared(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "no"})
    assert walk.client.get(address(walk)).status_code == 303
    reply = send(walk, **{"1-what": "kept all the same"})
    assert reply["Location"] == f"/drafts/{walk.draft.pk}/"
    assert texts_of(walk) == {"1": "kept all the same"}


def test_a_draft_of_an_older_edition_is_offered_none(
    sharing: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(sharing)
    older = dataclasses.replace(sharing.edition(), items=None)
    monkeypatch.setattr(stored, "edition", lambda digest: older)
    assert sharing.client.get(address(sharing)).status_code == 404
    assert "List the items" not in sharing.open("right-way").content.decode()
    assert "Which items" not in sharing.open("decide").content.decode()
    given = {"decision": "share-in-part", "reason": "why"}
    assert sharing.post("decide", given, go="seal").status_code == 303
    assert sealed()["sharing"]["items"] == []


# --- Bad input -----------------------------------------------------------------------------------

BAD = [
    ({"1-what": "before\0after"}, "cannot be kept", "before\ufffdafter"),
    ({"1-what": "x" * 10_001}, "shorten it by 1", "x" * 10_001),
    ({"1-what": "one", "1-whose": "a\r\nb"}, "on one line", "a b"),
    ({"1-what": "one", "1-date": "\0"}, "cannot be kept", "\ufffd"),
    ({f"{n}-what": f"text {n}." for n in range(1, MOST + 2)}, "at most 20 items", "text 21."),
]


@pytest.mark.parametrize("go", ["continue", "leave"])
@pytest.mark.parametrize(("texts", "says", "shown"), BAD)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    sharing: Walk, texts: dict[str, str], says: str, shown: str, go: str
) -> None:
    reply = send(sharing, go=go, **texts)
    page = reply.content.decode()
    assert reply.status_code == 200
    assert says in page
    assert shown in page
    assert "items" not in sharing.held()


def test_a_need_holds_up_going_on_but_not_leaving(sharing: Walk) -> None:
    texts = {"1-whose": "A neighbour", "1-date": "44"}
    reply = send(sharing, **texts)
    assert reply.status_code == 200
    assert "Item 1: write what it says, or remove the item" in reply.content.decode()
    assert 'href="#id_items-1-date"' in reply.content.decode()
    assert send(sharing, go="back", **texts)["Location"] == sharing.address("right-way")
    page = sharing.client.get(address(sharing)).content.decode()
    assert 'value="44"' in page
    reply = sharing.seal()
    assert "The list of items is not ready. Item 1: write what it says" in reply.content.decode()
    assert not Record.objects.exists()


def test_a_full_list_takes_no_more(sharing: Walk) -> None:
    full = {f"{number}-what": str(number) for number in range(1, MOST + 1)}
    reply = send(sharing, go="add", **full)
    assert reply.status_code == 200
    assert "You can list at most 20 items" in reply.content.decode()
    assert send(sharing, **full).status_code == 303
    page = sharing.client.get(address(sharing)).content.decode()
    assert "Add another item" not in page
    assert len(texts_of(sharing)) == MOST


@pytest.mark.parametrize("go", ["remove-", "remove-99", "remove-not", "nonsense"])
def test_a_forged_button_loses_nothing(sharing: Walk, go: str) -> None:
    send(sharing, go=go, **{"1-what": "one", "not-known": "much"})
    assert texts_of(sharing) == {"1": "one"}
    assert sharing.held()["items"]["not-known"] == "much"
