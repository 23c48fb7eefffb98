"""The lead's rules, what follows from them at the next seal, and the monthly sample."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from decisions.records.models import Record
from decisions.register.models import Entry
from decisions.review.models import ReviewCall, Sample
from decisions.review.needs import Before, Why
from decisions.review.results import Result
from decisions.review.rules import set_rules
from decisions.review.sample import draw
from decisions.review.sampling import draw_due, sealed_in
from decisions.review.standing import reviews_due
from decisions.review.writers import Refused
from decisions.working_days import after
from infoshare import clock
from infoshare.people import writers as people
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.review.conftest import say, seal_departure
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.roles import as_owner

SignIn = Callable[[User], Client]
PAGE = "/organisation/reviews/"
WAITS = "Your manager must agree before you share"


def form(cast: Cast, seen: int, **given: object) -> dict[str, object]:
    key = cast.northmoor.pk
    return {
        "organisation": str(key),
        "seen": str(seen),
        **{f"{key}-{name}": value for name, value in given.items()},
    }


def rule(cast: Cast, which: list[Why], before: Before = Before.NONE, percent: int = 0) -> None:
    given = {"which": which, "before": before, "percent": percent}
    set_rules(organisation_id=cast.northmoor.pk, person=cast.lena, seen=0, **given)


def seal(walk: Walk, **gates: str) -> Record:
    walk.walk({**PLAIN, **gates})
    walk.save("right-way", RIGHT_WAY)
    assert walk.seal().status_code == 303
    return Record.objects.get(draft=walk.draft)


def test_the_lead_sets_the_rules_in_versions(cast: Cast, signed_in: SignIn) -> None:
    lena = signed_in(cast.lena)
    assert "Nothing was set yet" in lena.get(PAGE).content.decode()
    given = {"which": ["all"], "before": "every", "percent": "12"}
    assert lena.post(PAGE, form(cast, 0, **given)).status_code == 303
    assert lena.post(PAGE, form(cast, 0, **given)).status_code == 303  # a second click
    page = lena.get(PAGE).content.decode()
    assert "Lena Novak" in page and cast.northmoor.review_rules.count() == 1
    stale = lena.post(PAGE, form(cast, 0, **{**given, "percent": "13"}))
    assert stale.status_code == 409 and 'value="13"' in stale.content.decode()
    for name, value, message in (
        ("percent", "51", "whole number from 0 to 50"),
        ("percent", "²", "whole number from 0 to 50"),
        ("before", "sometimes", "Choose one of the answers shown here"),
        ("which", ["everything"], "Choose among the decisions shown here"),
    ):
        reply = lena.post(PAGE, form(cast, 1, **{**given, name: value}))
        assert message in reply.content.decode()
    assert lena.post(PAGE, form(cast, 1, **given) | {"organisation": "x"}).status_code == 404
    assert cast.northmoor.review_rules.count() == 1


def test_sharing_waits_for_a_manager_and_sealing_does_not(
    walk: Walk, cast: Cast, signed_in: SignIn
) -> None:
    rule(cast, [], Before.EVERY)
    record = seal(walk)
    own = f"/records/{record.pk}/"
    page = walk.client.get(own).content.decode()
    assert WAITS in page and "Maya Okafor can do that" in page
    entry = Entry.objects.get(pk=record.pk)
    today = record.sealed_at.astimezone(clock.UK).date()
    assert (entry.review_state, entry.review_due) == ("waiting", after(today, 10))
    say(record, cast.maya, Result.DISAGREED)
    assert WAITS in walk.client.get(own).content.decode()


def test_in_safeguarding_nobody_waits_and_the_manager_is_told(walk: Walk, cast: Cast) -> None:
    rule(cast, [], Before.EVERY)
    record = seal(walk, setting="safeguarding-child")
    assert WAITS not in walk.client.get(f"/records/{record.pk}/").content.decode()
    assert ReviewCall.objects.get().reasons == [Why.TOLD]
    assert list(reviews_due(cast.maya).values_list("pk", flat=True)) == [record.pk]


def test_agreement_ends_the_wait(walk: Walk, cast: Cast) -> None:
    rule(cast, [], Before.EVERY)
    record = seal(walk)
    say(record, cast.maya, Result.AGREED, "")
    page = walk.client.get(f"/records/{record.pk}/").content.decode()
    assert WAITS not in page and "Your organisation supports this decision" in page


def test_a_plain_record_is_not_called_for_review(walk: Walk, cast: Cast) -> None:
    record = seal(walk)
    assert Entry.objects.get(pk=record.pk).review_state == ""
    assert list(reviews_due(cast.maya)) == []
    # And can be reviewed all the same, once.
    say(record, cast.maya, Result.AGREED, "")
    assert Entry.objects.get(pk=record.pk).review_state == "agreed"


def test_a_sample_is_drawn_once_a_month_and_wants_other_eyes(
    walk: Walk, cast: Cast, signed_in: SignIn
) -> None:
    rule(cast, [], percent=50)
    month_ago = clock.now().replace(day=1) - timedelta(days=3)
    with clock.set_to(month_ago):
        first = seal(walk)
        second = seal_departure(begin(walk.client, cast.priya, cast.early_help))
        for one in (first, second):
            say(one, cast.maya, Result.AGREED, "")
    maya = signed_in(cast.maya)
    assert "Draw them now" in maya.get("/reviews/").content.decode()
    path = f"/reviews/sample/{cast.early_help.pk}/"
    assert signed_in(cast.omar).post(path).status_code == 404
    assert maya.post(path).status_code == maya.post(path).status_code == 303
    assert draw_due() == 0
    drawn = Sample.objects.get()
    pool = sealed_in(cast.early_help, drawn.month).values_list("pk", flat=True)
    assert [one.record_id for one in drawn.calls.all()] == draw(pool, drawn.seed, 50)
    (due,) = reviews_due(cast.maya)
    assert "drawn by chance for a second look" in maya.get("/reviews/").content.decode()
    # With one manager there is nobody else; with two it is the other's to look.
    people.give_role(
        user=cast.tom, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    with pytest.raises(Refused, match="Tom Bailey"):
        say(due.record, cast.maya, Result.AGREED, "")
    assert say(due.record, cast.tom, Result.LEARNING).call.kind == "sample"
    assert list(reviews_due(cast.maya)) == []


def test_what_was_said_and_drawn_only_grows(record: Record, cast: Cast) -> None:
    said = say(record, cast.maya, Result.AGREED, "")
    for change in (said.delete, lambda: ReviewCall.objects.update(reasons=[])):
        with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
            change()
