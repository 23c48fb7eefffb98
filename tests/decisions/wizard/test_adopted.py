"""Which edition a draft begins on, keeps, and is sealed under, around an adoption."""

import html
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from decisions import snapshot
from decisions.afterwards.writers import reopen
from decisions.documents.record_pdf import record_html
from decisions.records.models import Record
from decisions.wizard.models import Draft
from guidance.adoption.writers import adopt_edition
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.decisions.walk import Walk
from tests.decisions.wizard.test_start import SENT, START
from tests.guidance.adoption.other import TODAY, ship_changed

NEWER = "A newer edition is in force for new decisions"


def adopt(cast: Cast, edition: Edition, **note: Any) -> None:
    adopt_edition(
        organisation=cast.northmoor,
        person=cast.lena,
        edition=edition,
        begins_on=clock.today(),
        **note,
    )


def said(text: Any) -> str:
    """The words of a page or document."""
    whole = text if isinstance(text, str) else text.content.decode()
    plain = re.sub(r"<[^>]*>", " ", re.sub(r"</?(bdi|span)[^>]*>", "", whole))
    return " ".join(html.unescape(plain).split())


def test_a_draft_keeps_its_edition_across_an_adoption_and_says_so(
    walk: Walk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.to_decision()
    assert NEWER not in said(walk.open("decide"))
    now = ship_changed(monkeypatch)
    adopt(cast, now)
    for step in ("duty", "decide"):
        page = said(walk.open(step))
        assert f"{NEWER}: {now.title}. Digest {now.digest[:12]}." in page
        other = f"your organisation uses another copy of it, digest {now.digest[:12]}."
        assert f"Not adopted: {other} Digest {TODAY.digest[:12]}." in page
    walk.seal()
    record = Record.objects.get()
    assert record.edition_id == TODAY.digest
    assert snapshot.read(bytes(record.snapshot.body))["context"]["edition"]["adopted"] is None
    again = reopen(
        record=record, person=cast.priya, page=uuid.uuid4(), team=cast.early_help, news="News"
    )
    assert again.edition_id == now.digest


def test_new_drafts_begin_on_the_adopted_copy_when_its_files_changed(
    cast: Cast, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt(cast, TODAY)
    now = ship_changed(monkeypatch)
    client = signed_in(cast.priya)
    page = client.get(START)
    assert "Adopted by your organisation from" in said(page)
    assert f"Digest {TODAY.digest[:12]}." in said(page)
    assert 'name="use" value="hmg-2008"' in page.content.decode()
    client.post(START, SENT)
    assert Draft.objects.get().edition_id == TODAY.digest
    # In another organisation, which adopted nothing, the same person begins on what ships.
    Membership.objects.create(
        user=cast.priya, organisation=cast.southfield, team=cast.pastoral, role=Role.PRACTITIONER
    )
    assert "Adopted by Northmoor Council from" in said(client.get(START))
    client.post(START, {**SENT, "team": str(cast.pastoral.pk)})
    assert Draft.objects.get(team=cast.pastoral).edition_id == now.digest


def test_a_record_says_what_the_organisations_legal_review_found(walk: Walk, cast: Cast) -> None:
    adopt(cast, TODAY, reviewed_by="Solicitor", reviewed_on=clock.today(), found="Fit\nfor use")
    walk.to_decision()
    assert "Its legal review, by Solicitor on" in said(walk.open("decide"))
    walk.seal()
    record = Record.objects.get()
    page = said(walk.client.get(f"/records/{record.pk}/"))
    printed = said(record_html(bytes(record.snapshot.body)))
    path = said(walk.client.get(f"/records/{record.pk}/map/"))
    for text in (page, printed, path):
        assert "Adopted by Northmoor Council from" in text
        assert "by Solicitor on" in text and "Fit for use." in text
        assert "edition’s own legal review: not yet reviewed" in text
        assert TODAY.digest[:12] in text
