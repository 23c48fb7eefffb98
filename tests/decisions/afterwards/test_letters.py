"""Letters to a requester: only what was chosen, and nothing at all when neither is said."""

import hashlib
import re
import subprocess
import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from decisions import snapshot
from decisions.afterwards import kinds
from decisions.afterwards.letters import GENERAL_REASONS, NEITHER_TEXT
from tests.decisions.afterwards.conftest import REFUSED, Added, Seal, ago, words
from tests.decisions.walk import PLAIN

TO = {"to": "The housing office, Northmoor Homes", "their_reference": "NH/77"}


def choose(added: Added, style: str, reasons: list[str]) -> Any:
    return added.add("letter", go="read", style=style, reasons=reasons, **TO)


def keep(added: Added, style: str, **more: str) -> Any:
    return added.add("letter", go="keep", style=style, **TO, **more)


def document(added: Added) -> bytes:
    event = added.record.events.get(kind=kinds.ANSWERED)
    reply = added.client.get(f"/records/{added.record.pk}/letters/{event.pk}/letter.pdf")
    assert reply.status_code == 200
    assert reply["Content-Type"] == "application/pdf"
    assert added.record.reference not in reply["Content-Disposition"]
    return bytes(reply.content)


def printed(pdf: bytes, folder: Path) -> str:
    """What pdftotext reads, in one line."""
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True)
    return " ".join(run.stdout.split())


def everything(pdf: bytes) -> str:
    """Every string anywhere in the file: streams, attachments, metadata, the raw bytes."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    found = [pdf.decode("latin-1"), str(reader.metadata), repr(reader.attachments)]
    found += [page.extract_text() for page in reader.pages]
    for number in range(1, reader.trailer["/Size"]):
        thing = reader.get_object(number)
        data = getattr(thing, "get_data", None)
        found.append(data().decode("latin-1") if data else repr(thing))
    return "\n".join(found)


@pytest.fixture
def refused(sealed: Seal) -> Added:
    return sealed(REFUSED, "do-not-share")


def test_the_letter_gives_the_chosen_reasons_and_no_other(refused: Added, tmp_path: Path) -> None:
    page = choose(refused, "reasons", ["general-need", "record-public-interest"])
    text = page.context_data["form"].initial["text"]
    outcome = snapshot.read(bytes(refused.record.snapshot.body))["outcome"]
    own = {one["question"]: one["text"] for one in outcome["reasons"]}
    assert keep(refused, "reasons", text=text).status_code == 303
    paper = printed(document(refused), tmp_path)
    assert GENERAL_REASONS["general-need"] in paper
    assert own["public-interest"] in paper
    assert "To: The housing office, Northmoor Homes" in paper
    assert "Your reference: NH/77" in paper
    assert "Priya Shah" in paper
    others = [one for key, one in GENERAL_REASONS.items() if key != "general-need"]
    others += [one for key, one in own.items() if key != "public-interest"]
    assert len(others) > 5
    for secret in (*others, "CASE-1", refused.record.reference, "Early Help", "My reasons"):
        assert secret not in paper


def test_the_person_changes_the_words(refused: Added, tmp_path: Path) -> None:
    keep(refused, "reasons", text="Only these words.\r\n\r\nAnd these.")
    paper = printed(document(refused), tmp_path)
    assert "Only these words. And these." in paper
    assert "We will not share" not in paper


def test_neither_confirmed_nor_denied_reveals_nothing(refused: Added, tmp_path: Path) -> None:
    page = words(choose(refused, "neither", ["general-need"]))
    assert "neither confirm nor deny" in page
    assert keep(refused, "neither", text="We hold much about him").status_code == 303
    assert refused.record.events.get(kind=kinds.ANSWERED).details["text"] == NEITHER_TEXT
    pdf = document(refused)
    paper = printed(pdf, tmp_path)
    assert " ".join(NEITHER_TEXT.split()) in paper
    record = refused.record
    secrets = [record.reference, str(record.pk), str(record.draft_id), record.commitment]
    secrets += ["CASE-1", "Priya", "Shah", "Early Help", "My reasons", "We hold much"]
    secrets += ["Because of what she told us", *GENERAL_REASONS.values()]
    whole = everything(pdf)
    assert "NH/77" in whole  # so the search does find what is there
    assert [secret for secret in secrets if secret in whole or secret in paper] == []


def test_both_kinds_look_alike_on_every_record(sealed: Seal, refused: Added) -> None:
    """The paper of one that neither confirms nor denies is the same whatever the record says."""
    keep(refused, "neither")
    event = refused.record.events.get(kind=kinds.ANSWERED)
    assert event.details == {
        "style": "neither",
        **TO,
        "text": NEITHER_TEXT,
        "organisation": "Northmoor Council",
        "signed": "",
    }


def test_the_paper_is_tagged_and_always_the_same(refused: Added) -> None:
    keep(refused, "reasons", text="No.")
    pdf = document(refused)
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part[=>\"]+3", metadata)
    assert document(refused) == pdf
    taken = refused.record.events.filter(kind="exported").latest("id")
    assert taken.details == {"sha256": hashlib.sha256(pdf).hexdigest(), "what": "letter"}


def test_a_letter_without_words_is_not_kept(refused: Added) -> None:
    reply = keep(refused, "reasons", text="  ")
    assert reply.status_code == 200
    assert "There is a problem" in words(reply)
    assert 'value="NH/77"' in reply.content.decode()
    assert not refused.record.events.filter(kind=kinds.ANSWERED).exists()


def test_choosing_keeps_nothing(refused: Added) -> None:
    before = refused.record.events.count()
    assert choose(refused, "reasons", []).status_code == 200
    assert refused.record.events.count() == before
    wrong = refused.add("letter", go="read", style="", to="", their_reference="NH/77")
    assert "There is a problem" in words(wrong)
    assert 'value="NH/77"' in wrong.content.decode()


def test_a_reason_nobody_offered_is_refused(refused: Added) -> None:
    assert "There is a problem" in words(choose(refused, "reasons", ["record-nothing"]))


def test_the_letter_is_written_once(refused: Added) -> None:
    page = str(uuid.uuid4())
    for _ in range(2):
        reply = refused.add("letter", page=page, go="keep", style="neither", **TO)
        assert reply.status_code == 303
    assert refused.record.events.filter(kind=kinds.ANSWERED).count() == 1


def test_who_shares_writes_no_refusal(sealed: Seal) -> None:
    added = sealed(PLAIN)
    assert "The decision in this record was to share" in words(
        added.client.get(added.address("letter"))
    )
    assert "The decision in this record was to share" in words(keep(added, "reasons", text="No."))
    added.add(kinds.NOT_SHARED, why="They have closed", on=ago(1))
    assert keep(added, "reasons", text="No.").status_code == 303


def test_only_readers_of_the_record_get_the_paper(
    refused: Added, cast: Any, signed_in: Any
) -> None:
    keep(refused, "neither")
    event = refused.record.events.get(kind=kinds.ANSWERED)
    address = f"/records/{refused.record.pk}/letters/{event.pk}/letter.pdf"
    other = refused.record.events.get(kind="sealed")
    assert signed_in(cast.maya).get(address).status_code == 200
    for person in (cast.tom, cast.omar, cast.olu, cast.lena):
        assert signed_in(person).get(address).status_code == 404
    assert refused.client.get(address.replace(f"/{event.pk}/", f"/{other.pk}/")).status_code == 404
    assert refused.client.get(address.replace(f"/{event.pk}/", f"/{'9' * 40}/")).status_code == 404
