"""Which edition an organisation adopted, from when, and what its legal review found.

Both tables only grow. The database also refuses an adoption in the past, and one that overlaps
another of the same organisation (see the migration `0004_adoption`).
"""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from infoshare import clock
from infoshare.people.models import Organisation

if TYPE_CHECKING:
    from guidance.models import StoredEdition

NO_REVIEW = Q(reviewed_by="", reviewed_on__isnull=True, found="")
A_REVIEW = ~Q(reviewed_by="") & Q(reviewed_on__isnull=False) & ~Q(found="")


class Adoption(models.Model):
    """One organisation's adoption of the exact files of an edition, from a day on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="adoptions")
    edition: "models.ForeignKey[StoredEdition]" = models.ForeignKey(
        "guidance.StoredEdition", models.PROTECT, related_name="adoptions"
    )
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="Its last day, where one was said")
    reviewed_by = models.CharField(max_length=200, help_text="By role; empty without a review")
    reviewed_on = models.DateField(null=True)
    found = models.TextField(help_text="What the legal review found; empty without one")
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "begins_on"], name="adoption_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="adoption_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=NO_REVIEW | A_REVIEW, name="adoption_review_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id[:12]} from {self.begins_on}"

    @property
    def ended(self) -> "AdoptionEnd | None":
        """The row by which it was withdrawn or ended; None when there is none."""
        return getattr(self, "end", None)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back before it began."""
        return self.ended is not None and self.ended.last_day is None

    @property
    def last_day(self) -> date | None:
        """Its own last day: as said when it was made, or as it was ended since."""
        said = [self.ends_on, self.ended.last_day if self.ended else None]
        return min((day for day in said if day is not None), default=None)


class AdoptionEnd(models.Model):
    """An adoption was withdrawn before it began (no last day), or ended on a day."""

    adoption = models.OneToOneField(Adoption, models.PROTECT, related_name="end")
    last_day = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.adoption_id} ended on {self.last_day}" if self.last_day else "withdrawn"
