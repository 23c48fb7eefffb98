"""What happened afterwards as a PDF: all of it, beside a record's PDF that never changes."""

import hashlib
import io
import json
from collections.abc import Callable

import pypdf
from django.test import Client
from django.urls import reverse

from decisions.records.models import Event
from infoshare import clock
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.afterwards.conftest import CONSENT, Added, Seal, ago

WHY = "She changed her mind \U0001f600 and said so.\nTwice."


def pdf(added: Added, name: str = "afterwards-pdf") -> bytes:
    address = reverse(f"decisions:{name}", kwargs={"record_id": added.record.pk})
    return bytes(added.client.get(address).content)


def test_it_says_all_and_the_record_stays(
    sealed: Seal, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    added = sealed(CONSENT)
    link = reverse("decisions:afterwards-pdf", kwargs={"record_id": added.record.pk})
    page = reverse("decisions:record", kwargs={"record_id": added.record.pk})
    before = pdf(added, "record-pdf")
    assert link not in added.client.get(page).content.decode()
    added.add("consent-withdrawn", on=ago(1), words=WHY, tell="Housing officer\nSchool nurse")
    assert link in added.client.get(page).content.decode()
    document = pdf(added)
    taken = added.record.events.filter(kind=Event.EXPORTED).latest("id")
    what = {"sha256": hashlib.sha256(document).hexdigest(), "what": "afterwards"}
    assert taken.details == what
    assert "took what happened afterwards as a PDF" in added.page()
    reader = pypdf.PdfReader(io.BytesIO(document))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    record = added.record
    for words in (
        record.reference,
        "CASE-1",
        "The decision was sealed.",
        "[U+1F600] and said so.",
        "School nurse: not told yet",
        "This page made",
    ):
        assert words in text
    (held,) = reader.attachments["afterwards.json"]
    assert WHY in dict(json.loads(held)["entries"][1]["facts"]).values()
    assert pdf(added, "record-pdf") == before
    assert signed_in(cast.tom).get(link).status_code == 404


def test_the_same_moment_gives_the_same_bytes(sealed: Seal) -> None:
    added = sealed()
    with clock.set_to(clock.now()):
        assert pdf(added) == pdf(added)
