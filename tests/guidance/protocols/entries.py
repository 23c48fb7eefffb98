"""Protocols of Northmoor as its lead enters them, and documents of every kind."""

import io
import uuid
import zipfile
from datetime import date
from typing import Any

from guidance.protocols.models import Protocol
from guidance.protocols.writers import enter_protocol
from infoshare.people.models import User
from tests.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def words(owner: User, **more: Any) -> dict[str, Any]:
    """What a version says; `more` replaces some of it."""
    return {
        "title": "Sharing with Northmoor Homes",
        "reference": "NC-7",
        "kind": "isp",
        "status": "in-force",
        "parties": "Northmoor Council; council\nNorthmoor Homes; landlord",
        "purposes": "Early help for families in social housing",
        "about": ["early-help"],
        "terms": {"retention": "Two years"},
        "owner_id": owner.pk,
        "starts_on": date(2026, 1, 1),
        "review_on": date(2099, 1, 1),
        "expires_on": None,
        "supersedes_id": None,
        "may_publish": False,
        **more,
    }


def enter(cast: Cast, **more: Any) -> Protocol:
    """A protocol of Northmoor, entered by Lena."""
    return enter_protocol(
        organisation=cast.northmoor,
        person=cast.lena,
        page=uuid.uuid4(),
        words=words(cast.lena, **more),
    )


def posted(person: User, **more: str) -> dict[str, str]:
    """The form of a protocol, filled in."""
    given = {
        "title": "Sharing with Northmoor Homes",
        "kind": "isp",
        "status": "in-force",
        "parties": "Northmoor Homes; landlord",
        "purposes": "Early help",
        "about": "early-help",
        "owner": str(person.pk),
        **dates("review_on", "1", "3", "2099"),
    }
    return given | more


def dates(name: str, *parts: str) -> dict[str, str]:
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), parts, strict=True))


def zipped(**parts: bytes) -> bytes:
    """A zip with these parts; `mimetype` comes first, and `x__y` stands for x/y."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def word(more: str = "", main: str = f"{WORD}.main+xml") -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    return zipped(**{"[Content_Types].xml": types.encode(), "word__document_xml": b"<w/>"})


def open_text(kind: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    return zipped(mimetype=kind, content_xml=b"<office/>")
