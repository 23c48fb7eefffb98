"""The first reader waits for a PDF: the page says so, and goes on by itself when it is made."""

from collections.abc import Callable

from django.db import connection, transaction
from playwright.sync_api import expect

from decisions.kept_pdf.making import PDFS, make_pdf
from decisions.records.models import Record
from tests.browser.axe import findings
from tests.browser.conftest import client_of
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.walk import begin


def test_a_reader_waits_for_the_worker_and_gets_the_pdf(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    me, plain = visitor(people.priya), visitor(people.priya, java_script_enabled=False)
    with me.page.expect_download(timeout=60_000) as taken, transaction.atomic():
        busy_with(record)
        for one in (me, plain):
            one.open(f"/records/{record.pk}/")
            one.press("Download the PDF")
            assert "The PDF is being made" in one.text()
        assert not findings(me.page)
        make_pdf(record.pk)
    assert taken.value.suggested_filename == f"{record.reference}.pdf"
    expect(me.page.get_by_role("status")).to_have_text("The PDF is ready.")
    plain.press("See if it is ready")
    with plain.page.expect_download() as taken:
        plain.thing("Download the PDF").click()
    assert taken.value.suggested_filename == f"{record.reference}.pdf"


def busy_with(record: Record) -> None:
    """Be the process that makes this PDF, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [PDFS, str(record.pk)])
