"""While a manager is away another person does their work: for given days, and it ends by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from infoshare import clock
from infoshare.ledger.models import Statement
from infoshare.people import writers
from infoshare.people.covering import Refused, end_cover, name_cover, reviewers_of, wrong_days
from infoshare.people.models import Cover, User
from infoshare.people.policy import Action, Place, can, visible
from infoshare.people.stated import altered_covers
from tests.cast import Cast
from tests.roles import as_owner

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


def cover(cast: Cast, **more: Any) -> Cover:
    today = clock.today()
    given = {"team": cast.early_help, "manager": cast.maya, "person": cast.omar}
    return name_cover(**{**given, "starts_on": today, "ends_on": today + 2 * DAY, **more})


def reads(person: User, cast: Cast) -> bool:
    fresh = User.objects.get(pk=person.pk)
    return can(fresh, Action.READ_RECORD, Place(cast.priya, cast.early_help))


def on(day: date) -> Any:
    return clock.set_to(clock.now() + (day - clock.today()))


def test_the_cover_reaches_the_team_within_the_days_and_not_after(cast: Cast) -> None:
    today = clock.today()
    assert not reads(cast.omar, cast)
    named = cover(cast, starts_on=today + DAY)
    for ahead, may in ((0, False), (1, True), (2, True), (3, False)):
        with on(today + ahead * DAY):
            assert reads(cast.omar, cast) == may, ahead
            omar = User.objects.get(pk=cast.omar.pk)
            assert can(omar, Action.REVIEW_RECORD, Place(cast.priya, cast.early_help)) == may
            assert (str(cast.early_help.pk) in str(visible(omar, Action.REVIEW_RECORD))) == may
            # Nobody is named in turn by whoever covers.
            assert not can(omar, Action.NAME_COVER, Place(cast.priya, cast.early_help))
            assert (cast.omar in reviewers_of(cast.early_help.pk)) == may
    assert cover(cast, starts_on=today + DAY) == named  # a second click


def test_it_ends_early_and_with_the_roles_that_it_rests_on(cast: Cast) -> None:
    end_cover(cover=cover(cast), person=cast.maya)
    assert not reads(cast.omar, cast)
    cover(cast)
    assert reads(cast.omar, cast)
    said = [bytes(one.content) for one in Statement.objects.order_by("leaf_id")]
    assert [b"cover-named" in one for one in said] == [True, False, True]
    assert b"cover-ended" in said[1] and str(cast.omar.pk).encode() in said[0]
    writers.end_role(membership=cast.omar.memberships.get())
    assert not reads(cast.omar, cast)
    cover(cast, person=cast.tom)
    assert reads(cast.tom, cast)
    writers.end_role(membership=cast.maya.memberships.get())
    assert not reads(cast.tom, cast)


def test_a_cover_that_nobody_named_is_found(cast: Cast) -> None:
    end_cover(cover=cover(cast, person=cast.tom), person=cast.maya)
    named = cover(cast)
    assert list(altered_covers()) == []
    with as_owner():
        Cover.objects.filter(pk=named.pk).update(ends_on=named.ends_on + DAY)
        other = Cover.objects.get(pk=named.pk)
        other.pk = None
        other.save(force_insert=True)
    found = sorted(one.what for one in altered_covers())
    assert [words.split()[-1] for words in found] == ["leaf", "until"]


def test_who_cannot_cover(cast: Cast) -> None:
    for who in (cast.maya, cast.ada, cast.lena, cast.sam, cast.olu):
        with pytest.raises(Refused, match="cannot cover"):
            cover(cast, person=who)


def test_days_that_cannot_be() -> None:
    today = date(2026, 11, 23)
    last = date.max
    for starts, ends, field in (
        (today - DAY, today, "starts_on"),
        (today + 400 * DAY, last, "starts_on"),
        (date(1, 1, 1), last, "starts_on"),
        (today + DAY, today, "ends_on"),
        (today, today + 92 * DAY, "ends_on"),
    ):
        assert list(wrong_days(starts, ends, today)) == [field]
    assert wrong_days(today, today + 91 * DAY, today) == {}


def test_the_page_names_one_and_ends_it(cast: Cast, signed_in: SignIn) -> None:
    maya, today = signed_in(cast.maya), clock.today()
    key = cast.early_help.pk

    def form(person: object, starts: date, ends: str) -> dict[str, str]:
        parts = zip(("day", "month", "year"), (starts.day, starts.month, starts.year), strict=True)
        boxes = zip(("day", "month", "year"), ends.split("/"), strict=True)
        return {
            "team": str(key),
            f"{key}-person": str(person),
            **{f"{key}-starts_on_{name}": str(one) for name, one in parts},
            **{f"{key}-ends_on_{name}": one for name, one in boxes},
        }

    good = f"{today.day}/{today.month}/{today.year}"
    for person, ends, message in (
        ("", good, "Choose who covers"),
        (cast.olu.pk, good, "Choose who covers"),
        (cast.tom.pk, "31/2/2026", "Enter a real date"),
        (cast.tom.pk, "1/1/9999", "92 days at most"),
        (cast.tom.pk, "1/1/1999", "not before the first day"),
    ):
        reply = maya.post("/team/cover/", form(person, today, ends))
        page = reply.content.decode()
        assert reply.status_code == 200 and message in page, message
        assert f'value="{ends.split("/")[2]}"' in page
    foreign = form(cast.tom.pk, today, good) | {"team": str(cast.adults.pk)}
    assert maya.post("/team/cover/", foreign).status_code == 404
    assert maya.post("/team/cover/", form(cast.tom.pk, today, good)).status_code == 303
    assert "Tom Bailey" in maya.get("/team/cover/").content.decode()
    end = f"/team/cover/{Cover.objects.get().pk}/end/"
    assert signed_in(cast.omar).post(end).status_code == 404
    assert signed_in(cast.tom).post(end).status_code == 404
    assert maya.post(end).status_code == maya.post(end).status_code == 303
    assert Cover.objects.get().ended_at is not None
