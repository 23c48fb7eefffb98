"""A record to be told of, and mails that are caught."""

import pytest
from django.core import mail

from decisions.records.models import Record
from tests.decisions.walk import Walk


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal()
    return Record.objects.select_related("owner").get()


@pytest.fixture(autouse=True)
def no_mail() -> None:
    mail.outbox = []
