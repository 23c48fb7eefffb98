"""Drafts: decisions that are not sealed yet, saved revision by revision."""

import uuid
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.wizard.gate_changes import Save
from guidance.adoption.standing import Standing, standing_of
from guidance.models import StoredEdition
from infoshare import clock
from infoshare.people.models import Organisation, Team

if TYPE_CHECKING:
    from decisions.wizard.closing.models import DraftEvent

WARNED = timedelta(days=7)
"""How long before it closes a draft says so."""


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
    advice_late_from = models.DateTimeField(
        null=True, blank=True, help_text="While it waits for advice: when that is too long"
    )
    renewed_at = models.DateTimeField(
        null=True, blank=True, help_text="Its time began anew then, without a save"
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="Discarded, or found to be too old, and not brought back"
    )
    purged_at = models.DateTimeField(null=True, blank=True, help_text="Its text was removed")

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="draft_by_owner")]
        indexes += [
            models.Index(
                fields=["team", "advice_late_from"],
                condition=Q(advice_late_from__isnull=False, closed_at__isnull=True),
                name="draft_waits_for_advice",
            )
        ]
        # One follow-up for each urgent record, open, closed or sealed, as long as it has its text.
        constraints = [
            models.UniqueConstraint(
                fields=["acted_on"],
                condition=Q(purged_at__isnull=True),
                name="follow_up_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.answers.get("about", {}).get("case_reference", "")) or "No reference yet"

    @property
    def closes_at(self) -> datetime:
        """When it closes unless it is saved before."""
        since = max(self.saved_at, self.renewed_at or self.saved_at)
        return since + timedelta(days=self.organisation.draft_days)

    @property
    def is_closing_soon(self) -> bool:
        """Whether its pages say when it closes."""
        return self.closes_at - WARNED <= clock.now()

    @cached_property
    def hand_over(self) -> "DraftEvent | None":
        """The last time it was handed over; None when it never was."""
        events = self.events.filter(kind="handed-over").select_related("actor")
        return events.order_by("-id").first()

    @cached_property
    def standing(self) -> Standing:
        """What its organisation has adopted, as it stands now; one SQL statement."""
        return standing_of(self.organisation_id)

    def answer_saves(self) -> list[Save]:
        """Every save that was applied and had an answer, in order."""
        saves = self.revisions.filter(applied=True, content__has_key="answer").order_by("number")
        names = ("step", "content__answer", "saved_at", "page", "autosave")
        return [Save(*row) for row in saves.values_list(*names)]


class Revision(models.Model):
    """One save of one step of a draft: exactly what was sent.

    A save that met a newer one is kept too, with `applied` false, so nothing typed is lost.
    `page` and `turn` say which opening of a form sent it, and as which of its saves; an autosave
    can be replaced by the next save of its page (see `decisions.wizard.revisions`).
    """

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=60)
    content = models.JSONField()
    applied = models.BooleanField(default=True)
    page = models.UUIDField(null=True, editable=False)
    turn = models.PositiveIntegerField(default=0)
    autosave = models.BooleanField(default=False)
    replaced_from = models.PositiveIntegerField(
        null=True, help_text="The first of the numbers that this revision took the place of"
    )
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} revision {self.number}"
