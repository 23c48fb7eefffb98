"""Drafts: decisions that are not sealed yet, saved revision by revision."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from guidance.models import StoredEdition
from infoshare import clock
from infoshare.people.models import Organisation, Team


class Draft(models.Model):
    """One decision about one person on its way to being sealed.

    It keeps the edition it began with, as the exact stored copy, for as long as it lives.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    team = models.ForeignKey(Team, models.PROTECT, related_name="drafts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="drafts")
    edition = models.ForeignKey(StoredEdition, models.PROTECT, related_name="drafts")
    answers = models.JSONField(default=dict, help_text="The latest answers, {step: {field: text}}")
    revision = models.PositiveIntegerField(default=0, help_text="Number of the latest revision")
    follows = models.ForeignKey(
        "decisions.Record", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    group = models.UUIDField(
        null=True,
        editable=False,
        db_index=True,
        help_text="The same for decisions on one matter about several people",
    )
    begun_by = models.UUIDField(
        null=True,
        editable=False,
        unique=True,
        help_text="The same for the same start page sent again",
    )
    acted_on = models.ForeignKey(
        "decisions.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        help_text="The urgent record that this draft follows up with the seven questions",
    )
    started_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now)
    parked_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="draft_by_owner")]
        # One follow-up for each urgent record, open or sealed.
        constraints = [models.UniqueConstraint(fields=["acted_on"], name="follow_up_once")]

    def __str__(self) -> str:
        return str(self.answers.get("about", {}).get("case_reference", "")) or "No reference yet"


class Revision(models.Model):
    """One save of one step of a draft: exactly what was sent.

    A save that met a newer one is kept too, with `applied` false, so nothing typed is lost.
    """

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=60)
    content = models.JSONField()
    applied = models.BooleanField(default=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} revision {self.number}"
