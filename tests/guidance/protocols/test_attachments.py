"""The document of a protocol: taken whole or not at all, kept with its hash, always a download."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guidance.protocols.documents import MEGABYTE, MOST_BYTES
from guidance.protocols.models import DocumentBytes, Protocol, ProtocolDocument
from infoshare.people.models import User
from tests.cast import Cast
from tests.guidance.protocols.entries import PDF, enter, zipped

SignIn = Callable[[User], Client]
HTML = b"<script>alert(1)</script>\n"


@pytest.fixture
def protocol(cast: Cast) -> Protocol:
    return enter(cast)


def send(
    client: Client, protocol: Protocol, name: str, content: bytes, seen: int = 1, **more: Any
) -> Any:
    """The attach page's form, its fields in the page's order."""
    given = {"seen": seen, "document": SimpleUploadedFile(name, content), "whole": "yes", **more}
    return client.post(f"/protocols/{protocol.pk}/document/", given)


def test_it_is_kept_with_its_hash_and_downloaded_by_the_organisation(
    protocol: Protocol, cast: Cast, signed_in: SignIn
) -> None:
    lead = signed_in(cast.lena)
    assert send(lead, protocol, "C:\\Users\\lena\\..\\..\\zebra.pdf", PDF).status_code == 303
    digest = hashlib.sha256(PDF).hexdigest()
    reader = signed_in(cast.priya)
    page = reader.get(f"/protocols/{protocol.pk}/").content.decode()
    assert digest in page and "zebra" not in page
    address = f"/protocols/{protocol.pk}/documents/{digest}/"
    reply = reader.get(address)
    assert reply.content == PDF
    assert reply["Content-Type"] == "application/pdf"
    assert reply["X-Content-Type-Options"] == "nosniff"
    name = f"protocol-sharing-with-northmoor-homes-{digest[:8]}.pdf"
    assert reply["Content-Disposition"] == f'attachment; filename="{name}"'
    assert signed_in(cast.olu).get(address).status_code == 404
    assert reader.get(address.replace(digest, "0" * 64)).status_code == 404
    # The same bytes again change nothing; taken off, they stay with the version that had them.
    assert send(lead, protocol, "again.pdf", PDF, seen=2).status_code == 303
    assert send(lead, protocol, "again.pdf", PDF, seen=2, go="remove").status_code == 303
    assert digest not in reader.get(f"/protocols/{protocol.pk}/").content.decode()
    assert digest in reader.get(f"/protocols/{protocol.pk}/versions/2/").content.decode()
    assert protocol.versions.count() == 3


def test_markup_in_a_text_is_never_shown_as_a_page(
    protocol: Protocol, cast: Cast, signed_in: SignIn
) -> None:
    lead = signed_in(cast.lena)
    assert send(lead, protocol, "notes.txt", HTML).status_code == 303
    reply = lead.get(f"/protocols/{protocol.pk}/documents/{hashlib.sha256(HTML).hexdigest()}/")
    assert reply["Content-Type"] == "text/plain; charset=utf-8"
    assert reply["Content-Disposition"].startswith("attachment;")


def test_what_is_not_taken_is_said_beside_the_field_and_nothing_is_kept(
    protocol: Protocol, cast: Cast, signed_in: SignIn
) -> None:
    lead = signed_in(cast.lena)
    for name, content, words in (
        ("a.pdf", b"MZ" + b"\0" * 300, "inside it is not a PDF"),
        ("a.docx", zipped(a=b"words"), "inside it is not a Word document"),
        ("a.exe", b"MZ", "Choose a PDF"),
        ("a.pdf", b"", "This file is empty"),
        ("a.pdf", PDF + b"0" * MOST_BYTES, "This file has 10.0 MB. The most is 10 MB"),
        ("a.pdf", PDF + b"0" * (50 * MEGABYTE), "This file has 50.0 MB. The most is 10 MB"),
    ):
        reply = send(lead, protocol, name, content)
        page = reply.content.decode()
        assert reply.status_code == 200, name
        assert 'id="id_document-error"' in page and words in page, name
        assert "does not keep a chosen file" in page, name
    assert "Choose the file" in lead.post(f"/protocols/{protocol.pk}/document/").content.decode()
    assert not DocumentBytes.objects.exists() and protocol.versions.count() == 1


def test_half_a_request_is_not_taken(protocol: Protocol, cast: Cast, signed_in: SignIn) -> None:
    lead, address = signed_in(cast.lena), f"/protocols/{protocol.pk}/document/"
    given = {"seen": 1, "document": SimpleUploadedFile("a.txt", b"x" * 900), "whole": ""}
    assert "did not arrive whole" in lead.post(address, given).content.decode()
    part = (
        b'--b\r\nContent-Disposition: form-data; name="document"; filename="a.txt"\r\n\r\n'
        + b"words " * 99
    )
    kinds = {"content_type": "multipart/form-data; boundary=b"}
    assert 'id="id_document-error"' in lead.post(address, part, **kinds).content.decode()
    assert lead.post(address, b"--", content_type="multipart/form-data").status_code == 400
    assert not DocumentBytes.objects.exists()


def test_a_giant_is_refused_by_its_length_and_a_second_file_is_not_read(
    protocol: Protocol, cast: Cast, signed_in: SignIn
) -> None:
    lead, address = signed_in(cast.lena), f"/protocols/{protocol.pk}/document/"
    length = {"CONTENT_LENGTH": str(70 * MEGABYTE), "wsgi.input": io.BytesIO(b"x")}
    kind = "multipart/form-data; boundary=b"
    reply = lead.generic("POST", address, b"x", kind, **length)
    assert reply.status_code == 413
    assert "This file has 70.0 MB" in reply.content.decode()
    two = [SimpleUploadedFile("a.txt", b"first"), SimpleUploadedFile("b.txt", b"second")]
    lead.post(address, {"seen": 1, "document": two, "whole": "yes"})
    assert bytes(DocumentBytes.objects.get().content) == b"first"


def test_only_the_lead_and_only_with_a_token(
    protocol: Protocol, cast: Cast, signed_in: SignIn
) -> None:
    for who in (cast.priya, cast.maya, cast.olu):
        assert send(signed_in(who), protocol, "a.pdf", PDF).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.lena)
    assert send(strict, protocol, "a.pdf", PDF).status_code == 403
    visitor = send(Client(), protocol, "a.pdf", PDF)
    assert visitor.status_code == 401
    assert not ProtocolDocument.objects.exists()


def test_a_document_of_a_page_that_is_old_is_not_attached(
    protocol: Protocol, cast: Cast, signed_in: SignIn
) -> None:
    lead = signed_in(cast.lena)
    send(lead, protocol, "a.pdf", PDF)
    late = send(lead, protocol, "b.txt", b"other words", seen=1)
    assert late.status_code == 409
    assert "Somebody changed this protocol" in late.content.decode()
    assert protocol.versions.count() == 2
    assert DocumentBytes.objects.count() == 1
