"""What an export will have, how large it gets and how long it takes, before it is begun."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Avg, Count, QuerySet
from django.template.defaultfilters import filesizeformat

from decisions.export.lacking import count_lacking
from decisions.export.models import Export, ExportRecord
from decisions.export.size import room_needed
from decisions.kept_pdf.models import RecordPdf
from decisions.records.models import Record
from decisions.register import terms
from infoshare.people.models import Team

# Of one worker on a computer of two cores, on the careful side (docs/performance.md).
SECONDS_A_PDF = 0.4
RECORDS_A_SECOND = 600
# Where not one PDF is kept to go by: the PDF of a plain case has about 45,000 bytes.
USUAL_PDF = 45_000
# The program that checks it, and what else stands in each export.
IN_EACH = 100_000
# Room that an export leaves to others.
SPARE = 200_000_000


@dataclass(frozen=True, slots=True)
class Foretold:
    """What an export will have."""

    by_decision: Mapping[str, int]
    by_team: Mapping[str, int]
    missing: int  # records for which a PDF is to be made first
    size: int
    seconds: float
    room: int  # bytes that are free for it; less than nothing when too few

    @property
    def has_room(self) -> bool:
        """Whether the file will go where it is to go."""
        return self.size <= self.room

    @property
    def size_in_words(self) -> str:
        """About how large the file gets."""
        return filesizeformat(self.size)

    @property
    def time(self) -> str:
        """About how long it takes, in words."""
        return duration(self.seconds)


def foretell(export: Export) -> Foretold:
    """What the export would have if it were begun now."""
    chosen = ExportRecord.objects.filter(export=export).values("record")
    records = Record.objects.filter(pk__in=chosen)
    missing = count_lacking(export.pk) if export.needs_pdfs else 0
    size = IN_EACH + room_needed(export)
    if missing:
        kept = RecordPdf.objects.filter(record__in=chosen).aggregate(mean=Avg("size"))
        size += int(missing * (kept["mean"] or USUAL_PDF))
    return Foretold(
        by_decision=_by_decision(records),
        by_team=_by_team(records),
        missing=missing,
        size=size,
        seconds=missing * SECONDS_A_PDF + export.total / RECORDS_A_SECOND,
        room=free_room() - SPARE,
    )


def free_room() -> int:
    """How many bytes are free where exports are kept."""
    place: Path = settings.EXPORTS_FOLDER
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def duration(seconds: float) -> str:
    """So many seconds in words, roughly."""
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return "about a minute" if minutes == 1 else f"about {minutes} minutes"
    return f"about {round(minutes / 60)} hours"


def _by_decision(records: QuerySet[Record]) -> dict[str, int]:
    found = dict(records.order_by().values_list("decision").annotate(Count("pk")))
    return {label: found[one] for one, label in terms.decisions().items() if one in found}


def _by_team(records: QuerySet[Record]) -> dict[str, int]:
    found = dict(records.order_by().values_list("team").annotate(Count("pk")))
    names = Team.objects.filter(pk__in=found).order_by("name").values_list("pk", "name")
    return {name: found[pk] for pk, name in names}
