"""Protocols of an organisation, version by version, with their documents. Every table only grows.

A protocol's own row never changes either: what it says now is its version with the highest
number. A document's bytes are in the database, so that one backup holds them and one transaction
saves them (docs/adr/0011-protocol-documents.md).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guidance.protocols.terms import KINDS, STATUSES
from infoshare import clock
from infoshare.people.models import Organisation


class Protocol(models.Model):
    """One entry of an organisation's register."""

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="protocols")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def owner_id(self) -> uuid.UUID | None:
        """Nobody's own: whoever looks after it, it is the organisation's."""
        return None

    @property
    def team_id(self) -> uuid.UUID | None:
        """No team's: it is the organisation's."""
        return None


class DocumentBytes(models.Model):
    """The bytes of a document, once, by their SHA-256. PostgreSQL checks that they fit it."""

    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class ProtocolDocument(models.Model):
    """A document of one protocol: what kind it is and how large; its bytes are elsewhere."""

    id = models.BigAutoField(primary_key=True)
    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="documents")
    stored = models.ForeignKey(DocumentBytes, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "stored"], name="protocol_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stored_id[:12]}"


class ProtocolVersion(models.Model):
    """What a protocol said from one save on, whole."""

    id = models.BigAutoField(primary_key=True)
    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    status = models.CharField(max_length=10, choices=list(STATUSES.items()))
    parties = models.TextField(help_text="As typed, one on each line")
    purposes = models.TextField()
    about = models.JSONField(default=list, help_text="What it is about, as editions say it")
    terms = models.JSONField(default=dict, help_text="{term: text}, see guidance.protocols.terms")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True)
    review_on = models.DateField()
    expires_on = models.DateField(null=True)
    supersedes = models.ForeignKey(
        Protocol, models.PROTECT, null=True, related_name="superseded_by"
    )
    may_publish = models.BooleanField(default=False)
    document = models.ForeignKey(ProtocolDocument, models.PROTECT, null=True, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="protocol_version_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="protocol_version_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(review_on__gte=F("starts_on")),
                name="protocol_review_not_before_start",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("starts_on")),
                name="protocol_end_not_before_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title
