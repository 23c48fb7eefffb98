"""The pages of a review: said, asked, answered, agreed; and what cannot be is said plainly."""

import re
from collections.abc import Callable

from django.test import Client

from decisions.afterwards.timeline import timeline
from decisions.evidence.checking import check_everything
from decisions.records.models import Event, LedgerEntry, Record
from decisions.register.models import Entry
from decisions.review.models import Review
from decisions.review.results import Result
from decisions.review.standing import questions_for, reviewed, reviews_due
from decisions.review.words import SUPPORTED
from infoshare.ledger.models import Leaf
from infoshare.people import writers as people
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.review.conftest import say, sent
from tests.decisions.walk import Walk

SignIn = Callable[[User], Client]


def address(record: Record) -> str:
    return f"/records/{record.pk}/review/"


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def state(record: Record) -> str:
    return str(Entry.objects.values_list("review_state", flat=True).get(pk=record.pk))


def test_a_question_its_answer_and_the_agreement(
    walk: Walk, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    maya = signed_in(cast.maya)
    assert [one.pk for one in reviews_due(cast.maya)] == [record.pk]
    assert "decided otherwise than suggested" in text(maya, "/reviews/")
    page = text(maya, address(record))
    assert "They asked me to wait" in page and "Keep my review" in page
    assert "The seven questions are" not in page  # of the record's page nothing is overwritten
    asked = sent(record, "asked", "Why <b>wait</b>?", question="purpose")
    assert maya.post(address(record), asked)["Location"] == f"/records/{record.pk}/"
    # The same page sent twice is one review.
    assert maya.post(address(record), asked).status_code == 303
    assert (state(record), Review.objects.count()) == ("asked", 1)

    own = f"/records/{record.pk}/"
    assert list(questions_for(cast.priya).values_list("pk", flat=True)) == [record.pk]
    assert f"/records/{record.pk}/answer/" in text(walk.client, "/")
    assert "In review: " in text(walk.client, own)  # at the question that it is about
    page = text(walk.client, f"{own}answer/")
    assert "Why &lt;b&gt;wait&lt;/b&gt;?" in page and "legitimate" in page
    empty = walk.client.post(f"{own}answer/", {"page": asked["page"], "words": " "})
    assert "Write your answer" in empty.content.decode()
    answer = {"page": asked["page"], "words": "Until the house is safe"}
    assert walk.client.post(f"{own}answer/", answer).status_code == 303
    assert walk.client.post(f"{own}answer/", answer).status_code == 303
    assert (state(record), list(questions_for(cast.priya))) == ("waiting", [])

    assert maya.post(address(record), sent(record, "agreed", "")).status_code == 303
    assert state(record) == "agreed"
    assert SUPPORTED in text(walk.client, own)
    # What the PDF of what happened afterwards is made from.
    assert any(SUPPORTED in one.sentence for one in timeline(record))
    assert list(reviews_due(cast.maya)) == []
    assert Event.objects.filter(kind="question-answered").count() == 1


def test_each_review_has_its_leaf(record: Record, cast: Cast) -> None:
    first = say(record, cast.maya, Result.COMMENT)
    leaf = Leaf.objects.get(seq=LedgerEntry.objects.get(event=first.event).leaf_id)
    assert b'"type":"reviewed"' in bytes(leaf.leaf)
    # The cast was given its roles behind the ledger's back.
    assert not [one for one in check_everything().findings if "the role" not in one.what]


def test_who_gets_what(record: Record, cast: Cast, signed_in: SignIn) -> None:
    people.give_role(
        user=cast.tom, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    wanted = {"maya": 200, "tom": 200, "priya": 403, "omar": 404, "ada": 404, "lena": 404}
    for who, status in {**wanted, "mina": 404, "sam": 404}.items():
        client = signed_in(getattr(cast, who))
        assert client.get(address(record)).status_code == status, who
        if status != 200:
            reply = client.post(address(record), sent(record, "agreed", "Typed by hand"))
            assert reply.status_code == status, who
    # A manager who decided it reviews it no more than any other practitioner.
    people.give_role(
        user=cast.priya, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    own = signed_in(cast.priya).post(address(record), sent(record, "agreed", "Typed by hand"))
    assert own.status_code == 403
    for words in ("nobody reviews their own", "Maya Okafor, Tom Bailey", "Typed by hand"):
        assert words in own.content.decode()
    assert list(reviews_due(cast.priya)) == []
    assert not Review.objects.exists()


def test_the_second_of_two_is_told_who_was_first_and_keeps_their_words(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    late = sent(record, "disagreed", "I would have shared it")
    say(record, cast.maya, Result.LEARNING, "Ask sooner")
    people.give_role(
        user=cast.tom, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    reply = signed_in(cast.tom).post(address(record), late)
    assert reply.status_code == 409
    for words in ("Somebody was before you", "Maya Okafor", "I would have shared it"):
        assert words in reply.content.decode()
    assert Review.objects.count() == 1
    assert "nothing more to review" in text(signed_in(cast.tom), address(record))


def test_what_was_added_meanwhile_is_shown_and_decided_on_again(
    walk: Walk, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    form = sent(record, "agreed", "Fine")
    page = {"page": form["page"], "wrong": "The street", "right": "Mill Lane"}
    add = f"/records/{record.pk}/add/correction/"
    assert walk.client.post(add, page).status_code == 303
    maya = signed_in(cast.maya)
    reply = maya.post(address(record), form)
    shown = reply.content.decode()
    assert reply.status_code == 409
    assert "Something was added" in shown and "Mill Lane" in shown and "Fine</textarea>" in shown
    assert not Review.objects.exists()
    seen = reviewed(record).seen
    assert re.search(rf'name="seen"[^>]*value="{seen}"|value="{seen}"[^>]*name="seen"', shown)
    assert maya.post(address(record), {**form, "seen": str(seen)}).status_code == 303
    assert Review.objects.get().seen_id == seen
    # Something new after the review: it can be reviewed again.
    assert reviewed(record).standing.is_closed
    again = {**page, "right": "Mill Road"}
    assert walk.client.post(add, again).status_code == 303
    assert not reviewed(record).standing.is_closed


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("", {}, "Choose what you say to this decision"),
    ("disagreed", {"words": " \n"}, "Say why you see it differently"),
    ("asked", {"question": "duties"}, "Choose a question of this record"),
    ("agreed", {"seen": "-1"}, "came back incomplete"),
    ("agreed", {"page": "x"}, "came back incomplete"),
    ("answered", {}, "Choose one of the answers shown here"),
    ("learning", {"words": "My <words>" + "x" * 3991}, "shorten it by 1"),
]


def test_what_cannot_be_kept_is_said_and_stays_typed(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    maya = signed_in(cast.maya)
    for result, more, message in WRONG:
        form = sent(record, result, **{"words": "My <words>", **more})
        reply = maya.post(address(record), form)
        page = reply.content.decode()
        assert reply.status_code == 200 and message in page, message
        assert "My &lt;words&gt;" in page or not form["words"].strip(), message
    assert not Review.objects.exists()


def test_the_lead_advises_without_the_case(record: Record, cast: Cast, signed_in: SignIn) -> None:
    lena, maya = signed_in(cast.lena), signed_in(cast.maya)
    path = f"/reviews/{record.pk}/advise/"
    assert lena.get(path).status_code == 404  # nobody asked
    say(record, cast.maya, Result.ESCALATED, "May we wait so long?")
    listed = text(lena, "/reviews/")
    assert record.reference in listed and "Reviews (1)" in listed
    page = text(lena, path)
    assert "May we wait so long?" in page
    for words in ("CASE-1", "They asked me to wait", cast.priya.name):
        assert words not in page + listed
    sent_twice = {"page": "6a0a6f0e-0000-4000-8000-000000000000", "words": "For a week"}
    assert lena.post(path, sent_twice).status_code == 303
    assert lena.post(path, sent_twice).status_code == 303
    late = lena.post(path, {**sent_twice, "words": "For two"})
    assert late.status_code == 409 and "For two" in late.content.decode()
    assert state(record) == "waiting"
    assert "For a week" in text(maya, address(record))
