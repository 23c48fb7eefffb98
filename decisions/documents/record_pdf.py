"""The decision record as a PDF that a manager and a court can read, and anyone can check."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from jinja2 import UndefinedError

from decisions.copies import LEFT_OUT
from decisions.documents import sheet
from decisions.documents.check_code import check_code
from decisions.documents.renderer import Attached, draw
from decisions.documents.templates import template
from guidance.adoption.words import short

ATTACHMENT, FULL, PROOF = "record.json", "full-record.json", "proof.json"


def record_html(snapshot: bytes) -> str:
    """The page that `record_pdf` prints, without style; raises `UnreadableRecordError`."""
    return _filled("record.html", record=sheet.read(snapshot), attachment=ATTACHMENT, check_page="")


def record_pdf(
    snapshot: bytes,
    proof: bytes | None = None,
    check_page: str = "",
    without: Collection[str] = LEFT_OUT,
) -> bytes:
    """PDF/A-3a of a sealed record, with its copy attached as `record.json`.

    The copy leaves the sections `without` out; it is the snapshot itself where there are none of
    them. A full copy, `without` nothing, is attached as `full-record.json`: by that name nobody
    takes it for the one PDF of the record that is kept. Everything the document says stands in the
    copy, and the same copy gives the same bytes in any process. `proof` is the record's proof file,
    attached as `proof.json`. `check_page` is the address of the page "Check a record", to which a
    code on the first page leads. Raises `UnreadableRecordError` for bytes that are no sealed
    record, and `FontMissingError` when the bundled fonts are not installed.
    """
    shown = sheet.read(snapshot, without)
    name = ATTACHMENT if without else FULL
    html = _filled("record.html", record=shown, attachment=name, check_page=check_page)
    attached = [_attached(shown, name)]
    if proof is not None:
        attached.append(Attached(PROOF, "What proves that copy", proof, shown.sealed_at))
    return draw(html, attached, shown.fingerprint[:32].encode("ascii"))


def bound_pdf(
    snapshots: Sequence[bytes], proofs: Sequence[bytes] = (), check_page: str = ""
) -> bytes:
    """Several records in one PDF/A-3a, each as in its own, with a copy of each attached.

    For an urgent record and its follow-up, in this order. `proofs` are their proof files, in the
    same order, or none. Raises as `record_pdf` does.
    """
    shown = [sheet.read(one) for one in snapshots]
    names = [f"{one.reference}.json" for one in shown]
    html = _filled("together.html", records=shown, names=names, check_page=check_page)
    attached = [_attached(one, name) for one, name in zip(shown, names, strict=True)]
    for one, proof in zip(shown, proofs, strict=False):
        name = f"{one.reference}-{PROOF}"
        attached.append(Attached(name, f"What proves {one.reference}", proof, one.sealed_at))
    identifier = sha256("".join(one.fingerprint for one in shown).encode()).hexdigest()[:32]
    return draw(html, attached, identifier.encode("ascii"))


def _attached(shown: sheet.Sheet, name: str) -> Attached:
    left = {"legal advice": shown.withholds_advice, "whereabouts": shown.withholds_whereabouts}
    without = " and ".join(name for name, is_left_out in left.items() if is_left_out)
    extent = f"without {without}" if without else "as it was sealed"
    return Attached(
        name=name,
        description=f"The sealed record {shown.reference}, {extent}",
        content=shown.attached,
        moment=shown.sealed_at,
    )


def _filled(name: str, **known: Any) -> str:
    try:
        return template(name, short_digest=short, check_code=check_code).render(**known)
    except UndefinedError as error:
        raise sheet.UnreadableRecordError(f"This record is incomplete: {error}") from error
