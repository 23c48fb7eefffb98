"""The exact files of every edition that was used, kept by digest; and what a search finds.

The tables of the protocols are in a room of their own, and gathered here for Django.
"""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from guidance.adoption.models import Adoption, AdoptionEnd
from guidance.local.models import Contact, Procedure, RetentionClass
from guidance.protocols.models import (
    DocumentBytes,
    Protocol,
    ProtocolDocument,
    ProtocolVersion,
)
from infoshare import clock

__all__ = [
    "Adoption",
    "AdoptionEnd",
    "Contact",
    "DocumentBytes",
    "Findable",
    "Procedure",
    "Protocol",
    "ProtocolDocument",
    "ProtocolVersion",
    "RetentionClass",
    "StoredEdition",
    "StoredFile",
]


class StoredEdition(models.Model):
    """An edition that a draft or record ran on. Written once; never changed or removed."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    edition_id = models.CharField(max_length=100)
    stored_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="stored_edition_digest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} ({self.digest[:12]})"


class StoredFile(models.Model):
    """One file of a stored edition, byte for byte."""

    edition = models.ForeignKey(StoredEdition, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="stored_file_once")]

    def __str__(self) -> str:
        return self.name


class Findable(models.Model):
    """One thing that a search finds, as `guidance.reading.findable` says it.

    The rows are made from the content that ships, and can be made again at any time. Those of
    different contents stand side by side, so that old and new processes do not disturb each other.
    """

    content = models.CharField(max_length=64, help_text="The digest of all that was entered")
    kind = models.CharField(max_length=60)
    place = models.CharField(max_length=30)
    names = models.JSONField()
    anchor = models.CharField(max_length=100)
    title = models.TextField()
    summary = models.TextField()
    headings = models.TextField()
    body = models.TextField()
    edition = models.TextField()
    is_withdrawn = models.BooleanField()
    words = models.GeneratedField(
        expression=(
            SearchVector("title", config="english", weight="A")
            + SearchVector("summary", "headings", config="english", weight="B")
            + SearchVector("body", config="english", weight="D")
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content", "place", "names", "anchor"], name="findable_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
