"""The demo's protocols, read strictly from `protocols.toml`, entered by the real writers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from decisions.demo.people import DemoCast, cast
from guidance.protocols.documents import KINDS as DOCUMENT_KINDS
from guidance.protocols.forms import setting_words
from guidance.protocols.models import ProtocolVersion
from guidance.protocols.terms import KINDS, STATUSES, TERMS
from guidance.protocols.writers import attach_document, enter_protocol
from guidance.rulebook.tables import Table, read_table
from infoshare.people.models import Organisation, Role, User

FILE = Path(__file__).resolve().parent / "protocols.toml"


@dataclass(frozen=True, slots=True)
class DemoProtocol:
    """An invented protocol: what it says, who entered it, and its days."""

    words: Mapping[str, Any]
    by: str
    owner: str
    began: int  # days before the load; 0 when it has not begun
    reviewed_after: int  # days after that
    document: str


@cache
def shipped() -> tuple[DemoProtocol, ...]:
    """The demo's protocols; raises `EditionError` that names the file and key."""
    return read(FILE.name, FILE.read_bytes(), cast())


def read(file: str, content: bytes, people: DemoCast) -> tuple[DemoProtocol, ...]:
    """The protocols in a file's bytes; raises `EditionError` that names the file and key."""
    table = read_table(file, content)
    leads = [one.id for one in people.people.values() if one.role is Role.LEAD]
    found = tuple(_protocol(one, leads, people) for one in table.tables("protocol"))
    table.close()
    return found


def missing() -> list[DemoProtocol]:
    """Those that are not in the register, whatever was made of the others since."""
    titles = [one.words["title"] for one in shipped()]
    first = ProtocolVersion.objects.filter(number=1, title__in=titles)
    there = set(first.values_list("title", flat=True))
    return [one for one in shipped() if one.words["title"] not in there]


def enter(one: DemoProtocol, users: Mapping[str, User], today: date) -> None:
    """Enter a protocol as its lead would, with its document."""
    person = users[one.by]
    organisation = Organisation.objects.get(memberships__user=person)
    began = today - timedelta(days=one.began)
    protocol = enter_protocol(
        organisation=organisation,
        person=person,
        page=uuid.uuid4(),
        words={
            **one.words,
            "owner_id": users[one.owner].pk,
            "starts_on": began if one.began else None,
            "review_on": began + timedelta(days=one.reviewed_after),
            "expires_on": None,
            "supersedes_id": None,
            "may_publish": False,
        },
    )
    if one.document:
        attach_document(
            protocol=protocol,
            person=person,
            seen=1,
            kind=DOCUMENT_KINDS["txt"],
            content=one.document.encode(),
        )


def _protocol(table: Table, leads: list[str], people: DemoCast) -> DemoProtocol:
    by = table.word("by", leads)
    place = people.people[by].organisation
    near = [one.id for one in people.people.values() if one.organisation == place]
    protocol = DemoProtocol(
        words={
            "title": table.text("title"),
            "reference": table.text("reference", empty=True),
            "kind": table.word("kind", KINDS),
            "status": table.word("status", STATUSES),
            "parties": table.text("parties"),
            "purposes": table.text("purposes"),
            "about": list(table.words("about", setting_words())),
            "terms": _terms(table.table("terms")),
        },
        by=by,
        owner=table.word("owner", near),
        began=table.number("began") if table.has("began") else 0,
        reviewed_after=table.number("reviewed_after"),
        document=table.text("document") if table.has("document") else "",
    )
    table.close()
    return protocol


def _terms(table: Table) -> dict[str, str]:
    terms = {name: table.text(name) for name in TERMS if table.has(name)}
    table.close()
    return terms
