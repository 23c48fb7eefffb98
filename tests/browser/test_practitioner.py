"""Journeys of a practitioner: from the first question to the sealed record and its PDF."""

import json
from collections.abc import Callable

from pypdf import PdfReader

from decisions.records.models import Record
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY

Come = Callable[..., Visitor]


def test_a_plain_case_from_sign_in_to_the_pdf(visitor: Come, people: Cast) -> None:
    me = visitor()
    me.sign_in(people.priya)
    assert me.heading() == "My decisions"
    me.press("Start a decision")
    me.press("Start")
    me.write("case_reference", "EH-2044")
    me.press(CONTINUE)
    for gate, value in PLAIN.items():
        me.answer(gate, value)
    me.fill_right_way(RIGHT_WAY)
    assert "EH-2044" in me.text()
    me.choose("share", "decision")
    me.press("Seal this decision")

    record = Record.objects.get()
    assert me.heading() == record.reference
    with me.page.expect_download() as taken:
        me.thing("Download the PDF").click()
    assert taken.value.suggested_filename == f"{record.reference}.pdf"
    document = PdfReader(taken.value.path())
    words = " ".join(page.extract_text() for page in document.pages)
    assert record.reference in words
    assert RIGHT_WAY["recipient"] in words
    (attached,) = document.attachments.values()
    assert json.loads(attached[0]) == json.loads(bytes(record.snapshot.body))
    me.open("/")
    assert record.reference in me.text()
