"""Sealed records of Priya's, and a way to say what happened to them."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from decisions.records.models import Record
from decisions.records.sealing import seal as seal_draft
from infoshare import clock
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk

CONSENT = {**PLAIN, "confidential": "yes", "consent": "given"}
CONSENT.pop("lawful-basis")
CONSENT["lawful-basis"] = "consent"
REFUSED = {
    "urgent": "no",
    "setting": "early-help",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "yes",
    "consent": "refused",
    "public-interest": "insufficient",
}


@dataclass
class Added:
    """A sealed record and the client of whoever adds to it."""

    client: Client
    record: Record

    def address(self, kind: str) -> str:
        if kind == "letter":
            return reverse("decisions:letter", kwargs={"record_id": self.record.pk})
        return reverse("decisions:add", kwargs={"record_id": self.record.pk, "kind": kind})

    def add(self, kind: str, page: str = "", **given: Any) -> Any:
        """Send one kind's page; a date is typed into its three boxes."""
        data: dict[str, Any] = {"page": page or str(uuid.uuid4())}
        for name, value in given.items():
            data.update(boxes(name, value) if isinstance(value, date) else {name: value})
        return self.client.post(self.address(kind), data)

    def page(self) -> str:
        """The record's page as text."""
        address = reverse("decisions:record", kwargs={"record_id": self.record.pk})
        return words(self.client.get(address))


def boxes(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def words(reply: Any) -> str:
    """What a reader sees of a page, in one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", reply.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def today() -> date:
    return localdate(clock.now())


def ago(days: int) -> date:
    return today() - timedelta(days=days)


Seal = Callable[..., Added]


@pytest.fixture
def sealed(walk: Walk) -> Seal:
    """`sealed(gates, decision)` seals Priya's draft with these answers, some days ago."""

    def seal(gates: dict[str, str] = PLAIN, decision: str = "share", days_ago: int = 10) -> Added:
        with clock.set_to(clock.now() - timedelta(days=days_ago)):
            walk.walk(gates, dict.fromkeys(gates, "Because of what she told us"))
            if decision != "do-not-share":
                walk.save("right-way", RIGHT_WAY)
            walk.save("decide", {"decision": decision, "reason": "My reasons"})
            record = seal_draft(
                draft_id=walk.draft.pk, person=walk.draft.owner, seen_revision=walk.revision()
            )
        return Added(walk.client, record)

    return seal
