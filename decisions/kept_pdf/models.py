"""Documents of sealed records as they were made. The tables only grow (see the migrations)."""

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


class KeptDocument(models.Model):
    """Another PDF of a record: one for each state in which the record has been printed."""

    AFTERWARDS = "afterwards"  # the addendum: what happened since the seal
    TOGETHER = "together"  # an urgent record bound with its follow-up, kept with the latter

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="kept_documents")
    what = models.CharField(max_length=20)
    state = models.CharField(max_length=64, help_text="What it says was so; see the maker")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="in bytes")
    made_at = models.DateTimeField(default=clock.now)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "what", "state"], name="one_document_for_a_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.record_id}"
