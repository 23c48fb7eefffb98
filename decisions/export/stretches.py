"""Make what the records of a stretch lack: their PDFs, then their addenda.

Any worker takes any stretch. Both makers do nothing where a document is there, and hold a lock
while they make one, so a stretch that is done twice, or by two at once, makes each once.
"""

import threading
import uuid
from collections.abc import Callable

from django.db import connection

from decisions.export.lacking import Lack, lacking
from decisions.export.standing import NotWantedError, wanted
from decisions.kept_pdf.afterwards import make_afterwards
from decisions.kept_pdf.keeping import PdfNotMadeError
from decisions.kept_pdf.making import make_pdf

# Drawing keeps a process of Python busy. Two threads of one would only take turns, at a tenth
# more work for each PDF: measured.
ONE_AT_A_TIME = threading.Lock()
# Within one statement, so that of two stretches at once neither loses what the other noted.
NOTE = """
UPDATE decisions_export SET without_pdf = without_pdf || to_jsonb(%(reference)s::text)
WHERE id = %(export)s AND NOT without_pdf @> to_jsonb(%(reference)s::text)
"""


def make_stretch(
    *, export_id: uuid.UUID, attempt: int, first: int, last: int, give_way: Callable[[], bool]
) -> bool:
    """Make what the records in these places lack, and note those whose PDF cannot be made.

    False when it gave way to what cannot wait, after at least one, and some may lack yet. Raises
    `NotWantedError` as soon as the export is cancelled, has failed or began again.
    """
    lacks = lacking(export_id, first=first, last=last)
    # All PDFs in front: then one checkpoint covers them for all the addenda.
    steps: list[tuple[Callable[[uuid.UUID], object], Lack]] = [
        *((make_pdf, one) for one in lacks if one.pdf),
        *((make_afterwards, one) for one in lacks if one.addendum),
    ]
    for number, (make, one) in enumerate(steps):
        if number and give_way():
            return False
        with ONE_AT_A_TIME:
            if not wanted(export_id, attempt).exists():
                raise NotWantedError
            try:
                make(one.record_id)
            except PdfNotMadeError:
                _note(export_id, one.reference)
    return True


def _note(export_id: uuid.UUID, reference: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE, {"export": export_id, "reference": reference})
