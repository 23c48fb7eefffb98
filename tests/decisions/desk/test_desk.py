"""The auditor's desk says what changed and what was taken away, here and nowhere else."""

from collections.abc import Callable

from django.test import Client
from django.utils.timezone import localdate

from decisions.desk import taken
from decisions.records.events import note_exported
from decisions.records.models import Record
from decisions.review.needs import Before, Why
from decisions.review.rules import set_rules
from guidance.adoption.writers import adopt_edition
from guidance.rulebook import catalogue
from infoshare import clock
from infoshare.people import writers
from infoshare.people.covering import name_cover
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.walk import Walk

SignIn = Callable[[User], Client]


def text(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def test_it_leads_to_everything(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.ada)
    page = text(client, "/audit/")
    beyond = ("/register/", "/findings/", "/exports/", "/replay/", "/check/")
    own = ("taken", "reads", "exports", "lists", "roles", "settings", "editions")
    for address in (*beyond, *(f"/audit/{name}/" for name in own)):
        assert f'href="{address}"' in page
        text(client, address)


def test_changes_are_told_with_who_and_when(cast: Cast, signed_in: SignIn) -> None:
    given = {"user": cast.tom, "role": Role.MANAGER, "organisation": cast.northmoor}
    held = writers.give_role(**given, team=cast.adults)
    writers.end_role(membership=held)
    writers.change_settings(
        organisation_id=cast.northmoor.pk, person=cast.lena, to={"review_days": 7},
        seen={"review_days": 10},
    )  # fmt: skip
    days = {"starts_on": clock.today(), "ends_on": clock.today()}
    name_cover(team=cast.early_help, manager=cast.maya, person=cast.omar, **days)
    rules = {"which": [Why.DEPARTURE], "before": Before.NONE, "percent": 5, "seen": 0}
    set_rules(organisation_id=cast.northmoor.pk, person=cast.lena, **rules)
    adopt_edition(
        organisation=cast.northmoor,
        person=cast.lena,
        edition=catalogue.shipped()["england-2026"],
        begins_on=localdate(),
    )
    ada, abel = signed_in(cast.ada), signed_in(cast.abel)
    roles = text(ada, "/audit/roles/")
    given_at = roles.index(f"{cast.tom.name} was given the role “Manager” in {cast.adults.name}")
    assert roles.index(f"{cast.tom.name} no longer has the role “Manager”") < given_at
    cover = f"{cast.omar.name} was named to cover in the role “Manager” in {cast.early_help.name}"
    assert cover in roles and f", by {cast.maya.name}" in roles
    settings = text(ada, "/audit/settings/")
    assert "Needs a review: Decided otherwise than suggested." in settings
    assert f"10 became 7, by {cast.lena.name}" in settings
    editions = text(ada, "/audit/editions/")
    assert "england-2026" in editions and "no legal review" in editions
    for kind, here in (("roles", cast.tom.name), ("settings", "became"), ("editions", "england")):
        page = text(abel, f"/audit/{kind}/")
        assert here not in page.split("<main")[1]


def test_what_was_taken_away_page_by_page(
    walk: Walk, cast: Cast, signed_in: SignIn, monkeypatch: object
) -> None:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    for number in range(3):
        note_exported(record=record, person=cast.maya, file_hash=str(number) * 64)
    monkeypatch.setattr(taken, "A_PAGE", 2)  # type: ignore[attr-defined]
    first = text(signed_in(cast.ada), "/audit/taken/")
    assert first.index("2" * 64) < first.index("1" * 64)
    assert "0" * 64 not in first
    (older,) = [part.split('"')[0] for part in first.split('href="?before=')[1:]]
    second = text(signed_in(cast.ada), f"/audit/taken/?before={older}")
    assert "0" * 64 in second and "1" * 64 not in second
    for wrong in ("x", "-1", "9" * 30, ""):
        assert "2" * 64 in text(signed_in(cast.ada), f"/audit/taken/?before={wrong}")
    assert "1" * 64 not in text(signed_in(cast.abel), "/audit/taken/")
