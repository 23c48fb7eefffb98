"""Exports: who asked for which records and why, how far each is, what came of it."""

import uuid
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.records.models import Record
from infoshare import clock
from infoshare.people.models import Organisation

MOST_PURPOSE = 1_000
MOST_SEED = 100


class Form(models.TextChoices):
    """What of the records is taken away."""

    WHOLE = "whole", "With the PDFs"
    PSEUDONYMISED = "pseudonymised", "Without the PDFs, and without names of staff and recipients"


class State(StrEnum):
    """Where an export stands."""

    PLANNED = "planned"  # its maker has not said yes
    WORKING = "working"
    CANCELLED = "cancelled"
    FAILED = "failed"
    READY = "ready"
    EXPIRED = "expired"  # the file is gone, or may not be downloaded any more


class Export(models.Model):
    """One export. What was chosen stands in `ExportRecord` from the moment it was planned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports")
    planned_at = models.DateTimeField(default=clock.now)
    purpose = models.TextField(help_text="Why, as its maker stated it")
    form = models.CharField(max_length=20, choices=Form.choices)
    # How the records were chosen.
    chosen = models.TextField(help_text="In words, for the manifest")
    found = models.PositiveIntegerField(help_text="How many records fitted")
    total = models.PositiveIntegerField(help_text="How many of them were taken")
    strata = models.CharField(max_length=20, help_text="What a sample was spread over; else empty")
    seed = models.CharField(max_length=MOST_SEED, help_text="Of a sample; else empty")
    # How it goes on. The worker writes these.
    confirmed_at = models.DateTimeField(null=True, help_text="Its maker said yes, and who they are")
    written = models.PositiveIntegerField(default=0, help_text="Records in the file so far")
    cancelled_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(default="", help_text="What went wrong, in words for people")
    without_pdf = models.JSONField(default=list, help_text="References whose PDF cannot be made")
    # What came of it.
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, help_text="Until then it can be downloaded")
    removed_at = models.DateTimeField(null=True, help_text="When its file was removed")
    stored_as = models.CharField(max_length=100, default="", help_text="The file's name")
    size = models.BigIntegerField(default=0, help_text="Of the file, in bytes")
    sha256 = models.CharField(max_length=64, default="", help_text="Of the file")
    manifest_sha256 = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-planned_at"], name="exports_newest"),
            models.Index(
                fields=["confirmed_at"],
                condition=Q(ready_at=None, failed_at=None, cancelled_at=None),
                name="exports_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"Export {self.pk}"

    @property
    def reference(self) -> str:
        """What people call it by: 8 letters and digits, in its file's name too."""
        return str(self.pk)[:8]

    @property
    def owner_id(self) -> Any:
        """Whose it is: nobody else can download it."""
        return self.asked_by_id

    @property
    def needs_pdfs(self) -> bool:
        """Whether PDFs and addenda go into it."""
        return self.form == Form.WHOLE

    @property
    def state(self) -> State:
        """Where it stands now."""
        if self.ready_at:
            is_over = self.removed_at or (self.expires_at and self.expires_at <= clock.now())
            return State.EXPIRED if is_over else State.READY
        if self.cancelled_at:
            return State.CANCELLED
        if self.failed_at:
            return State.FAILED
        return State.WORKING if self.confirmed_at else State.PLANNED


class ExportRecord(models.Model):
    """That a record was chosen, and its place: from 1 on, in the order of the file."""

    id = models.BigAutoField(primary_key=True)
    export = models.ForeignKey(
        Export, models.PROTECT, related_name="chosen_records", db_index=False
    )
    place = models.PositiveIntegerField()
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "place"], name="export_record_place"),
            models.UniqueConstraint(fields=["export", "record"], name="export_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.export_id}"
