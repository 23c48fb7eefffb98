"""The PDF of a sealed record as it was made. The table only grows (see the migration)."""

from django.db import models

from decisions.records.models import Record
from infoshare import clock


class RecordPdf(models.Model):
    """The one PDF of a record: its bytes, held equal to their SHA-256 and size by the database."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="pdf")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="in bytes")
    made_at = models.DateTimeField(default=clock.now)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"PDF of {self.record_id}"
