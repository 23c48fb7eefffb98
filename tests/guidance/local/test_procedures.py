"""Procedures: versions by date, written by the lead alone, nothing lost when two save at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from guidance.local import places
from guidance.local.models import LONGEST_PROCEDURE, Procedure
from guidance.local.procedures import held_at, in_force, save_procedure
from guidance.rulebook import catalogue
from infoshare import clock
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.roles import as_owner

LIST = reverse("local:procedures")
DAY = timedelta(days=1)


@pytest.fixture
def lead(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.lena)


def at(cast: Cast, *place: str) -> str:
    name = "local:procedure" if len(place) == 1 else "local:procedure-in"
    return reverse(name, args=[cast.northmoor.pk, *place])


def sent(text: str, day: date | None = None, seen: int = 0) -> dict[str, str]:
    day = day or clock.today()
    parts = {"day": day.day, "month": day.month, "year": day.year}
    dated = {f"in_force_from_{name}": str(part) for name, part in parts.items()}
    return {"text": text, "seen": str(seen), **dated}


def held(cast: Cast, on: date, question: str = "consent", setting: str = "") -> list[str]:
    return [one.text for one in in_force(cast.northmoor.pk, question, setting, on)]


def test_versions_only_grow_and_each_holds_from_its_date(cast: Cast, lead: Client) -> None:
    today = clock.today()
    for seen, (text, day) in enumerate(
        [("First", today), ("Later", today + 9 * DAY), ("Second", today + 3 * DAY)]
    ):
        reply = lead.post(at(cast, "consent"), sent(text, day, seen))
        assert (reply.status_code, reply["Location"]) == (303, LIST)
    again = lead.post(at(cast, "consent"), sent("Second", today + 3 * DAY, 2))
    assert again.status_code == 303
    assert list(Procedure.objects.order_by("id").values_list("number", "by__name")) == [
        (number, "Lena Novak") for number in (1, 2, 3)
    ]
    found = [held(cast, today + days * DAY) for days in (-1, 0, 2, 3, 8, 9, 99)]
    assert found == [[], *[["First"]] * 2, *[["Second"]] * 2, *[["Later"]] * 2]
    ended = lead.post(at(cast, "consent"), sent(" \n", today + 9 * DAY, 3))
    assert ended.status_code == 303
    assert held(cast, today + 9 * DAY) == []
    text = lead.get(at(cast, "consent")).content.decode()
    for words in ("Version 4, none from", "Version 1, in force from", "there is none", "Later"):
        assert words in text
    assert "Every setting: in force since" in lead.get(LIST).content.decode()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), as_owner():
        Procedure.objects.update(text="rewritten")


def test_two_leads_at_once_both_see_both_texts(cast: Cast, lead: Client) -> None:
    assert lead.post(at(cast, "consent"), sent("Theirs <b>")).status_code == 303
    reply = lead.post(at(cast, "consent"), sent("Mine <i>"))
    text = reply.content.decode()
    assert reply.status_code == 409
    for words in ("Lena Novak saved another version", "Theirs &lt;b&gt;", "Mine &lt;i&gt;"):
        assert words in text
    assert 'name="seen" value="1"' in text
    assert lead.post(at(cast, "consent"), sent("Mine <i>", seen=1)).status_code == 303
    assert held(cast, clock.today()) == ["Mine <i>"]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"text": "  "}, "text", "there is none yet that could end"),
        ({"text": "x" * (LONGEST_PROCEDURE + 1)}, "text", "shorten it by 1"),
        ({"in_force_from_year": "2020"}, "in_force_from_day", "This date has passed. Enter today"),
        ({"in_force_from_year": "2999"}, "in_force_from_day", "more than two years ahead"),
        ({"in_force_from_month": "13"}, "in_force_from_day", "Enter a real date"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    cast: Cast, lead: Client, given: dict[str, str], field: str, said: str
) -> None:
    reply = lead.post(at(cast, "consent"), {**sent("Ask <b>twice"), **given})
    text = reply.content.decode()
    assert reply.status_code == 200
    assert f'href="#id_{field}"' in text
    assert said in text
    assert ("Ask &lt;b&gt;twice" in text) is ("text" not in given)
    assert not Procedure.objects.exists()


def test_a_forged_question_or_setting_is_not_there(cast: Cast, lead: Client) -> None:
    forged = [("nonsense",), ("consent", "nonsense"), ("urgent", "crime"), ("about", "crime")]
    for place in forged:
        assert lead.get(at(cast, *place)).status_code == 404
        assert lead.post(at(cast, *place), sent("Forged")).status_code == 404
    assert not Procedure.objects.exists()


def test_a_question_that_no_edition_asks_any_more_can_still_be_ended(
    cast: Cast, lead: Client
) -> None:
    place = {"organisation": cast.northmoor, "person": cast.lena, "setting": "", "seen": 0}
    save_procedure(**place, question="bygone", text="Still shown", in_force_from=clock.today())
    assert "bygone</a>" in lead.get(LIST).content.decode()
    assert "Still shown" in lead.get(at(cast, "bygone")).content.decode()
    assert lead.post(at(cast, "bygone"), sent("", seen=1)).status_code == 303
    assert held(cast, clock.today(), "bygone") == []


def test_nobody_else_can_and_another_organisation_never_sees_it(
    cast: Cast, lead: Client, signed_in: Callable[[User], Client]
) -> None:
    assert lead.post(at(cast, "consent", "crime"), sent("Our own")).status_code == 303
    version = reverse("local:version", args=[Procedure.objects.get().pk])
    Membership.objects.create(user=cast.abel, organisation=cast.southfield, role=Role.LEAD)
    for person in (cast.priya, cast.maya, cast.ada, cast.sam, cast.abel, cast.olu):
        client = signed_in(person)
        assert client.post(at(cast, "consent", "crime"), sent("Not mine")).status_code == 404
        assert "in force since" not in client.get(LIST).content.decode()
        is_ours = person not in (cast.abel, cast.olu)
        assert client.get(version).status_code == (200 if is_ours else 404)
    assert Procedure.objects.count() == 1


def test_a_setting_has_its_own_beside_the_one_for_every_setting(cast: Cast) -> None:
    given: dict[str, Any] = {"organisation": cast.northmoor, "person": cast.lena, "seen": 0}
    given |= {"question": "consent", "in_force_from": clock.today()}
    save_procedure(**given, setting="crime", text="For crime")
    save_procedure(**given, setting="", text="For all")
    assert held(cast, clock.today(), setting="crime") == ["For all", "For crime"]
    assert held(cast, clock.today(), setting="other") == ["For all"]
    assert held(cast, clock.today(), question="purpose") == []
    assert in_force(cast.southfield.pk, "consent", "crime", clock.today()) == []


def test_what_held_at_a_moment_is_what_was_saved_by_then() -> None:
    def version(number: int, text: str, day: int, hour: int) -> Procedure:
        saved = datetime(2026, 5, day, hour, tzinfo=UTC)
        return Procedure(number=number, text=text, at=saved, in_force_from=date(2026, 5, day))

    found = [version(1, "Before", 1, 9), version(2, "Noon", 3, 12), version(3, "", 5, 12)]
    moments = [datetime(2026, 5, day, hour, tzinfo=UTC) for day, hour in ((3, 11), (3, 13), (6, 9))]
    assert [[one.text for one in held_at(found, at)] for at in moments] == [
        ["Before"],
        ["Noon"],
        [],
    ]


def test_places_are_the_questions_and_settings_of_the_editions() -> None:
    questions = list(places.questions())
    assert questions[0] == "about"
    assert questions[-2:] == ["right-way", "record"]
    edition = catalogue.shipped()[catalogue.DEFAULT]
    assert {one.id for one in edition.questions} < set(questions)
    for before in ("about", "urgent", "setting"):
        assert places.settings_of(before) == {}
    labels = {option.id: option.label for option in edition.question("setting").options}
    assert places.settings_of("consent") == places.settings_of("record") == labels
    assert not places.knows_setting(catalogue.shipped()["hmg-2008"], "consent")
