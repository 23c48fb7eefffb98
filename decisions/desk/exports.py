"""Exports that were made and downloaded, as the ledger states them: whoever did it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from decisions.desk.stated import A_PAGE, names_of
from decisions.export.models import Form
from infoshare.ledger.leaf import Type
from infoshare.ledger.statements import newest

WHAT = {Type.EXPORT_MADE.value: "Put together", Type.EXPORT_TAKEN.value: "Downloaded"}
FORMS = dict(Form.choices)
TEXTS = ("chosen", "seed", "purpose", "sha256", "manifest_sha256")


@dataclass(frozen=True, slots=True)
class Export:
    """That an export was made, or that its file was downloaded."""

    leaf: int
    at: datetime
    what: str
    who: str
    number: str  # the export's own, the same when it was made and each time it was taken
    records: int | None  # of a download only the file is stated
    without_pdf: int  # how many of them
    form: str
    chosen: str
    seed: str
    purpose: str
    sha256: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class Page:
    """Exports, and the leaf before which the next page begins; None on the last one."""

    exports: Sequence[Export]
    older_than: int | None


def exports(organisations: Collection[UUID], before: int | None = None) -> Page:
    """The newest exports of records of these organisations, and downloads of them."""
    found = newest(kinds=list(WHAT), organisations=organisations, most=A_PAGE, before=before)
    names = names_of(row["person"] for _, row in found.stated)
    return Page([_export(leaf, row, names) for leaf, row in found.stated], found.older_than)


def _export(leaf: int, row: dict[str, Any], names: dict[str, str]) -> Export:
    return Export(
        leaf=leaf,
        at=datetime.fromisoformat(row["at"]),
        what=WHAT[row["kind"]],
        who=names.get(row["person"], "Somebody"),
        number=row["export"],
        form=FORMS.get(row.get("form", ""), ""),
        records=row.get("records"),
        without_pdf=len(row.get("without_pdf", ())),
        **{name: row.get(name) or "" for name in TEXTS},
    )
