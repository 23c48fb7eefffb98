"""Journeys of a manager and of an auditor: what they find, read and take with them."""

from collections.abc import Callable

import pytest
from pypdf import PdfReader

from decisions.records.models import Record
from infoshare.people.models import User
from tests.browser.conftest import client_of
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.walk import begin

Come = Callable[..., Visitor]


@pytest.fixture
def record(people: Cast) -> Record:
    """A decision that Priya of Early Help has sealed."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.to_decision()
    walk.seal()
    return Record.objects.select_related("snapshot").get()


def test_a_manager_reads_and_the_practitioner_sees_it(
    visitor: Come, people: Cast, record: Record
) -> None:
    manager = visitor()
    manager.sign_in(people.maya)
    assert manager.heading() == "Needs you"
    manager.press("Team decisions")
    assert manager.heading() == "Decisions of your teams"
    manager.press(record.reference)
    assert manager.heading() == record.reference
    assert "Housing officer, Northmoor Homes" in manager.text()
    practitioner = visitor(people.priya)
    practitioner.open("/")
    practitioner.press(record.reference)
    assert "Maya Okafor read it" in practitioner.text()


@pytest.mark.parametrize("who", ["omar", "mina"])
def test_another_teams_manager_finds_nothing(
    visitor: Come, people: Cast, record: Record, who: str
) -> None:
    manager = visitor(getattr(people, who))
    manager.open("/register/")
    assert record.reference not in manager.text()
    manager.forgive(404)
    manager.open(f"/records/{record.pk}/")
    assert manager.heading() == "Page not found"
    manager.open(f"/records/{record.pk}/record.pdf")
    assert manager.heading() == "Page not found"
    assert not record.events.filter(actor=getattr(people, who)).exists()


def test_an_auditor_takes_the_pdf_with_the_sealed_bytes_in_it(
    visitor: Come, people: Cast, record: Record
) -> None:
    auditor = visitor()
    auditor.sign_in(people.ada)
    assert auditor.heading() == "Decisions of your organisation"
    assert attached_to(auditor, record) == bytes(record.snapshot.body)
    assert record.events.filter(kind="exported", actor=people.ada).count() == 1
    assert "Ada Lindqvist took the PDF" in readers(visitor, people.priya, record)
    stranger = visitor(people.abel)
    stranger.open("/register/")
    assert record.reference not in stranger.text()


def attached_to(auditor: Visitor, record: Record) -> bytes:
    """The attachment of the PDF that the list's link brings."""
    with auditor.page.expect_download() as taken:
        auditor.thing(f"Download PDF of {record.reference}").click()
    ((attached,),) = PdfReader(taken.value.path()).attachments.values()
    return attached


def readers(visitor: Come, person: User, record: Record) -> str:
    """What the record's page tells this person about its readers."""
    reader = visitor(person)
    reader.open(f"/records/{record.pk}/")
    return reader.page.get_by_role("complementary").inner_text()
