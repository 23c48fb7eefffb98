"""The register: one narrow row for each sealed record, by which records are found and counted.

Nothing here is evidence. All of it but the last five columns is read from the sealed record, and
could be written anew from it; those five say how the record stands now, and they alone are ever
updated.
"""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from decisions.records.models import Record
from guidance.models import StoredEdition
from infoshare import clock
from infoshare.people.models import Organisation, Team


class Entry(models.Model):
    """One sealed record as the register knows it. It holds no text but whom it was shared with."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="entry")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    edition = models.ForeignKey(StoredEdition, models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=14, unique=True)
    sealed_at = models.DateTimeField()
    started_at = models.DateTimeField()
    decision = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    is_departure = models.BooleanField()
    is_urgent = models.BooleanField()
    setting = models.CharField(max_length=60, help_text="The gate's answer; empty when not asked")
    consent = models.CharField(max_length=60, help_text="Likewise")
    lawful_basis = models.CharField(max_length=60, help_text="Likewise")
    duty = models.CharField(max_length=60, help_text="Likewise")
    detriment = models.CharField(max_length=60, help_text="Likewise")
    not_sure = ArrayField(models.CharField(max_length=60), help_text="Gates answered not sure")
    method = models.CharField(max_length=60, help_text="The id of one of the edition's methods")
    recipient = models.TextField(help_text="As sealed; empty when nothing was shared")
    follow_up_due = models.DateField(null=True)
    search = SearchVectorField(help_text="References, recipient and reasons, cut into words")
    # What changes later.
    review_state = models.CharField(max_length=20, default="", help_text="Empty: needs none")
    review_due = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    consent_overridden = models.BooleanField(
        default=False, help_text="Shared although consent was refused or withdrawn"
    )
    withdrawal_open = models.BooleanField(
        default=False, help_text="Consent was withdrawn and a recipient does not know yet"
    )

    class Meta:
        indexes = [
            models.Index(F(place), F("sealed_at").desc(), F("record").desc(), name=f"entry_{place}")
            for place in ("organisation", "team", "owner")
        ] + [
            GinIndex(fields=["search"], name="entry_search"),
            models.Index(
                fields=["organisation", "review_due"],
                condition=Q(review_due__isnull=False, reviewed_at__isnull=True),
                name="entry_review_due",
            ),
            models.Index(
                fields=["organisation", "follow_up_due"],
                condition=Q(follow_up_due__isnull=False),
                name="entry_follow_up_due",
            ),
            models.Index(
                fields=["organisation", "team"],
                condition=Q(withdrawal_open=True),
                name="entry_withdrawal_open",
            ),
            models.Index(
                fields=["organisation", "team"],
                condition=(Q(is_departure=True) | Q(consent_overridden=True)) & Q(review_state=""),
                name="entry_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


CHANGING: tuple[str, ...] = (
    "review_state",
    "review_due",
    "reviewed_at",
    "consent_overridden",
    "withdrawal_open",
)
"""The only columns that are ever updated."""


class Searched(models.Func):
    """The search column of an entry: of references, recipient and reasons, and two marks."""

    template = (
        "setweight(to_tsvector('english', {}), 'A') || setweight(to_tsvector('english', {}), 'C')"
        " || setweight(to_tsvector('english', {}), 'D') || array_to_tsvector(ARRAY[{}, {}])"
    )
    output_field = SearchVectorField()

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The words as parameters, in the order given."""
        parts = [compiler.compile(one) for one in self.get_source_expressions()]
        sql = self.template.format(*(f"({part}::text)" for part, _ in parts))
        return sql, [value for _, values in parts for value in values]


class SavedView(models.Model):
    """A view that a person chose to keep, with whatever they had typed. Nobody else sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=80)
    pairs = models.JSONField(help_text="The names and values that its form sends")
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
