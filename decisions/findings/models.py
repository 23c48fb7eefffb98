"""Findings and what was said of them. Both tables only grow."""

import uuid

from django.conf import settings
from django.db import models

from decisions.records.models import Record
from infoshare import clock
from infoshare.people.models import Organisation

RAISED, ANSWERED, CLOSED, REOPENED = "raised", "answered", "closed", "reopened"


class Finding(models.Model):
    """One finding: about a record, or about how an organisation does things."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="findings")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="findings")
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title

    @property
    def owner_id(self) -> uuid.UUID | None:
        """Whose record it is about."""
        return self.record.owner_id if self.record else None

    @property
    def team_id(self) -> uuid.UUID | None:
        """The team of the record that it is about."""
        return self.record.team_id if self.record else None


class Step(models.Model):
    """One thing said of a finding: raised first, then answered, closed, opened again."""

    id = models.BigAutoField(primary_key=True)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(help_text="From 1 on, without a gap")
    kind = models.CharField(max_length=20)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "decisions_findingstep"
        constraints = [
            # Of two who say something at once, the second is told of the first.
            models.UniqueConstraint(fields=["finding", "number"], name="finding_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.finding_id}"
