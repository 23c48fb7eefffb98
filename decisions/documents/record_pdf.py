"""The decision record as a PDF that a manager and a court can read, and anyone can check."""

from jinja2 import UndefinedError

from decisions.documents import sheet
from decisions.documents.renderer import Attached, draw
from decisions.documents.templates import template
from guidance.adoption.words import short

ATTACHMENT = "record.json"


def record_html(snapshot: bytes) -> str:
    """The page that `record_pdf` prints, without style; raises `UnreadableRecordError`."""
    return _html(sheet.read(snapshot))


def record_pdf(snapshot: bytes) -> bytes:
    """PDF/A-3a of a sealed record, with the snapshot attached as `record.json`.

    Everything it says stands in the snapshot, and the same snapshot gives the same bytes in any
    process. Raises `UnreadableRecordError` for bytes that are no sealed record, and
    `FontMissingError` when the bundled fonts are not installed.
    """
    shown = sheet.read(snapshot)
    attached = Attached(
        name=ATTACHMENT,
        description=f"The sealed record {shown.reference}, as it was sealed",
        content=snapshot,
        moment=shown.sealed_at,
    )
    return draw(_html(shown), attached, shown.fingerprint[:32].encode("ascii"))


def _html(shown: sheet.Sheet) -> str:
    try:
        return template("record.html", short_digest=short).render(
            record=shown, attachment=ATTACHMENT
        )
    except UndefinedError as error:
        raise sheet.UnreadableRecordError(f"This record is incomplete: {error}") from error
