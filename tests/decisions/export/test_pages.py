"""Exports on their pages: chosen, planned, begun with the password, taken away; what is refused."""

import json
import re
import shutil
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from decisions.export.models import Export, ExportRecord, State
from decisions.export.working import begin_export
from decisions.register.models import Entry
from infoshare import clock
from infoshare.ledger.models import Statement
from infoshare.people.models import Membership, Organisation, Role, User
from tests.cast import PASSWORD, Cast

NEW, LIST = reverse("decisions:export-new"), reverse("decisions:exports")
GO = {"go": "plan", "take": "all", "kind": "whole", "purpose": "The yearly audit"}
SAMPLE = {**GO, "take": "sample", "size": "2"}
SignIn = Callable[[User], Client]


@pytest.fixture
def ada(cast: Cast, entries: list[Entry], signed_in: SignIn) -> Client:
    """The auditor of Northmoor, where there are seven decisions."""
    return signed_in(cast.ada)


def planned(client: Client, **otherwise: str) -> Export:
    reply = client.post(NEW, {**GO, **otherwise})
    assert reply.status_code == 303, re.findall("error-message.*", reply.content.decode())
    return Export.objects.get(pk=uuid.UUID(reply["Location"].split("/")[-2]))


def page(client: Client, export: Export, part: str = "") -> str:
    reply = client.get(address(export, part))
    return " ".join(reply.content.decode().split())


def address(export: Export, part: str = "") -> str:
    return reverse(f"decisions:export{part and '-'}{part}", args=[export.pk])


def made(export: Export, **otherwise: Any) -> Export:
    """The export as it stands once a worker has made it."""
    now = clock.now()
    (site.EXPORTS_FOLDER / "made.zip").write_bytes(b"PK" + b"z" * 100_000)
    values = {"confirmed_at": now, "ready_at": now, "expires_at": now + timedelta(days=7)}
    done = {"stored_as": "made.zip", "size": 100_002, "sha256": "a1" * 32, "written": export.total}
    Export.objects.filter(pk=export.pk).update(**{**values, **done, **otherwise})
    return Export.objects.get(pk=export.pk)


def taken(export: Export) -> int:
    """How often the ledger says that the file was downloaded."""
    said = [json.loads(bytes(one.content)) for one in Statement.objects.all()]
    return sum(one["kind"] == "export-taken" and one["export"] == str(export.pk) for one in said)


def test_from_the_register_to_a_plan(ada: Client, cast: Cast, signed_in: SignIn) -> None:
    assert "Export these decisions" not in signed_in(cast.maya).get("/register/").content.decode()
    register = ada.post("/register/", {"words": "mould"}).content.decode()
    assert "Export these decisions" in register
    held = {"words": "mould", "team": str(cast.early_help.pk)}
    opened = ada.post(NEW, held).content.decode()
    assert "4 sealed decisions" in opened
    assert "Search: mould" in opened and "Team: Early Help" in opened
    assert "govuk-error" not in opened
    assert not re.search(r'(href|action)="[^"]*mould', opened)
    assert "only kept that you searched for words" in " ".join(opened.split())
    export = planned(ada, **held)
    assert export.total == 4 and export.asked_by == cast.ada
    assert "that fit (4): Search: mould; Team: Early Help." in export.chosen
    shown = page(ada, export)
    assert "4 records, about" in shown and "The yearly audit" in shown
    assert "For 4 of them a PDF has to be made first" in shown
    assert "Make the export" in shown
    by_address = ada.get(NEW, {"decision": "do-not-share"}).content.decode()
    assert "1 sealed decision<" in by_address


def test_a_pseudonymised_export_keeps_no_searched_words_and_no_name(
    ada: Client, cast: Cast
) -> None:
    held = {"words": "mould", "practitioner": str(cast.priya.pk), "kind": "pseudonymised"}
    words = planned(ada, **held).chosen
    assert "mould" not in words and "Priya" not in words
    assert "Search: words, which are not told here; Practitioner: one" in words


def test_a_sample_has_a_seed_that_is_shown(ada: Client) -> None:
    drawn = planned(ada, **{**SAMPLE, "strata": "team"})
    assert len(drawn.seed) == 16 and drawn.seed in page(ada, drawn)
    first = set(drawn.chosen_records.values_list("record", flat=True))
    again = planned(ada, **{**SAMPLE, "strata": "team", "seed": drawn.seed})
    assert set(again.chosen_records.values_list("record", flat=True)) == first
    assert planned(ada, **{**SAMPLE, "seed": " My own "}).seed == " My own "


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"purpose": " \n"}, "purpose", "Say what this export is for"),
        ({"purpose": "x" * 1_001}, "purpose", "shorten it by 1"),
        ({"marked": "urgent"}, "take", "No decision fits this choice"),
        ({"words": "the of"}, "take", "No decision fits this choice"),
        ({"take": "sample", "size": "many"}, "size", "as a whole number from 1"),
        ({"take": "sample", "size": "0"}, "size", "as a whole number from 1"),
        ({"take": "sample", "size": "9" * 20}, "size", "No export has more than 100,000"),
        ({"take": "sample", "size": "8"}, "size", "Only 7 decisions fit"),
        ({"take": "sample", "size": "2", "strata": "moon"}, "strata", "Choose one of the answers"),
        ({"kind": "both"}, "kind", "Choose one of the answers shown here"),
        ({"take": ""}, "take", "Choose all decisions that fit"),
        ({"team": "'; DROP TABLE x"}, "team", "Choose one of the answers in the list"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    ada: Client, sent: dict[str, str], field: str, said: str
) -> None:
    kept = {"purpose": "What I typed <b>", "seed": "my seed", **sent}
    reply = ada.post(NEW, {**GO, **kept})
    html = reply.content.decode()
    assert reply.status_code == 200
    assert said in html and "There is a problem" in html
    if field != "team":
        assert f'id="id_{field}-error"' in html
        assert "my seed" in html
        assert "What I typed &lt;b&gt;" in html or "purpose" in sent
    assert not Export.objects.exists()


def test_too_many_and_no_key_are_said(ada: Client, cast: Cast, settings: Any) -> None:
    Organisation.objects.update(export_most=6)
    html = ada.post(NEW, GO).content.decode()
    assert "7 decisions fit. One export may have 6 at most. Narrow the list" in html
    settings.LEDGER_FOLDER = settings.LEDGER_FOLDER / "none"
    assert "no signing key" in ada.get(NEW).content.decode()
    refused = ada.post(NEW, SAMPLE).content.decode()
    assert "There is a problem" in refused and "The yearly audit" in refused
    assert not Export.objects.exists()


def test_an_auditor_of_two_chooses_one(ada: Client, cast: Cast) -> None:
    Membership.objects.create(user=cast.ada, organisation=cast.southfield, role=Role.AUDITOR)
    html = ada.get(NEW).content.decode()
    assert "Southfield Trust (1 decision)" in html and "8 sealed decisions" in html
    assert "Choose one organisation" in ada.post(NEW, GO).content.decode()
    export = planned(ada, organisation=str(cast.southfield.pk))
    assert (export.organisation, export.total) == (cast.southfield, 1)
    Membership.objects.filter(organisation=cast.southfield, role=Role.AUDITOR).update(
        ended_at=clock.now()
    )
    assert ada.get(address(export)).status_code == 404


def test_the_password_comes_first_and_then_it_goes_on_by_itself(ada: Client) -> None:
    export = planned(ada)
    asked = ada.post(address(export, "begin"))
    assert asked.status_code == 302 and asked["Location"].startswith("/sign-in/again/")
    assert Export.objects.get().state is State.PLANNED
    form = ada.get(asked["Location"]).content.decode()
    assert "Say that it is you" in form and address(export, "begin") in form
    sent = {"next": address(export, "begin")}
    wrong = ada.post("/sign-in/again/", {**sent, "password": "no"}).content.decode()
    assert "This is not your password" in wrong and 'value="no"' not in wrong
    assert "Enter your password" in ada.post("/sign-in/again/", sent).content.decode()
    right = ada.post("/sign-in/again/", {**sent, "password": PASSWORD})
    assert (right.status_code, right["Location"]) == (303, address(export))
    assert Export.objects.get().state is State.WORKING
    assert "Your export is being made" in page(ada, export)
    # Within five minutes nobody is asked again; what has begun does not begin twice.
    assert ada.post(address(export, "begin"))["Location"] == address(export)
    assert ada.post(address(export, "cancel")).status_code == 303
    assert "You stopped this export" in page(ada, export)
    assert ada.post(address(export, "again"))["Location"] == address(export)
    assert Export.objects.get().state is State.WORKING
    # An export that has begun stays when another is planned.
    assert planned(ada).pk != export.pk and Export.objects.count() == 2


def test_an_organisation_has_three_at_once(ada: Client) -> None:
    for _ in range(3):
        begin_export(export=planned(ada))
    fourth = planned(ada)
    ada.post(address(fourth, "begin"))
    ada.post("/sign-in/again/", {"next": address(fourth, "begin"), "password": PASSWORD})
    assert "3 exports of your organisation are being made already" in page(ada, fourth)
    assert Export.objects.get(pk=fourth.pk).state is State.PLANNED
    first = Export.objects.exclude(pk=fourth.pk).order_by("planned_at")[0]
    ada.post(address(first, "cancel"))
    ada.post(address(fourth, "begin"))
    assert Export.objects.get(pk=fourth.pk).state is State.WORKING
    ada.post(address(first, "again"))
    assert Export.objects.get(pk=first.pk).state is State.CANCELLED


def test_tries_of_the_password_are_limited(ada: Client) -> None:
    tries = [ada.post("/sign-in/again/", {"password": "no"}) for _ in range(7)]
    assert "too many tries" in tries[-1].content.decode()
    right = ada.post("/sign-in/again/", {"password": PASSWORD})
    assert right.status_code in {200, 429}


def test_a_file_goes_out_as_it_is(ada: Client, cast: Cast, signed_in: SignIn) -> None:
    export = planned(ada)
    assert ada.get(address(export, "file"))["Location"] == address(export)
    export = made(export)
    shown = page(ada, export)
    assert "a1" * 32 in shown and "Download the export" in shown
    reply = ada.get(address(export, "file"), headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200 and reply.streaming
    day = f"{export.ready_at:%Y-%m-%d}"
    assert reply["Content-Disposition"] == (
        f'attachment; filename="infoshare-export-{day}-{str(export.pk)[:8]}.zip"'
    )
    assert (reply["Content-Length"], reply["Cache-Control"]) == ("100002", "no-store")
    assert "Content-Encoding" not in reply.headers
    assert taken(export) == 1  # before the first byte
    assert b"".join(reply).startswith(b"PKzz")
    for other in (cast.abel, cast.maya):
        for part in ("", "file", "begin", "again"):
            assert signed_in(other).get(address(export, part)).status_code == 404


@pytest.mark.parametrize(
    "over", [{"expires_at": clock.now()}, {"removed_at": clock.now()}, {"stored_as": "lost.zip"}]
)
def test_a_file_that_is_gone_says_so(ada: Client, over: dict[str, Any]) -> None:
    export = made(planned(ada), **over)
    gone = ada.get(address(export, "file"))
    assert gone.status_code == 410
    assert "This export is not there any more" in gone.content.decode()
    assert taken(export) == 0
    if "stored_as" in over:
        return
    assert "Make it again" in page(ada, export)
    Organisation.objects.update(export_most=6)
    refused = ada.post(address(export, "again"), follow=True).content.decode()
    assert "one export may have 6 records by now" in refused
    Organisation.objects.update(export_most=7)
    again = ada.post(address(export, "again"))
    new = Export.objects.get(pk=uuid.UUID(again["Location"].split("/")[-2]))
    assert new.state is State.PLANNED and new.chosen == export.chosen
    same = [
        list(ExportRecord.objects.filter(export=one).order_by("place").values_list("record"))
        for one in (export, new)
    ]
    assert same[0] == same[1]


def test_no_room_and_failure_are_said(ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    export = planned(ada)
    usage = shutil._ntuple_diskusage(10**9, 10**9 - 5, 5)  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    shown = page(ada, export)
    assert "There is not enough room" in shown and "Make the export" not in shown
    begin_export(export=export)
    Export.objects.update(failed_at=clock.now(), failure="The disk was full.")
    assert "The disk was full." in page(ada, export) and "Make it again" in page(ada, export)


def test_the_list_has_ones_own_and_counts_others(
    ada: Client, cast: Cast, signed_in: SignIn
) -> None:
    Membership.objects.create(user=cast.sam, organisation=cast.northmoor, role=Role.AUDITOR)
    export = made(planned(ada))
    assert signed_in(cast.sam).get(address(export, "file")).status_code == 404
    assert "7 records" in ada.get(LIST).content.decode()
    other = signed_in(cast.sam).get(LIST).content.decode()
    assert "You have made none yet" in other and "made 1 export." in other
