"""Advice on a draft: the brief to read out, what was advised, and whom people can ask."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people.models import Organisation


class How(models.TextChoices):
    """How somebody was asked."""

    PHONE = "phone", "By phone"
    IN_PERSON = "in-person", "In person"
    EMAIL = "email", "By e-mail"
    OTHER = "other", "In another way"


class Brief(models.Model):
    """One saved text of the brief for one question of a draft. The newest is the brief."""

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="briefs")
    question = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["draft", "question", "-id"], name="brief_newest")]

    def __str__(self) -> str:
        return f"Brief of {self.draft_id} on {self.question}"


class Advice(models.Model):
    """One piece of advice, as the practitioner noted it. An entry is added, never changed.

    `form` is made from the form's own token and its words: the same form sent twice is one
    entry, and the same form with other words is another.
    """

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="advice")
    question = models.CharField(max_length=60)
    role = models.CharField(max_length=200, help_text="The adviser's role, not their name")
    asked_at = models.DateTimeField()
    how = models.CharField(max_length=20, choices=How.choices)
    advised = models.TextField()
    is_legal = models.BooleanField()
    anonymous = models.BooleanField(help_text="The person could not be told from what was said")
    form = models.UUIDField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = [models.UniqueConstraint(fields=["draft", "form"], name="advice_form_once")]

    def __str__(self) -> str:
        return f"Advice of {self.role} on {self.question}"


class AdviceContact(models.Model):
    """Whom practitioners of an organisation can ask, kept by its information governance lead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="advice_contacts")
    role = models.CharField(max_length=200)
    reach = models.CharField(max_length=500, help_text="How to reach them")
    hours = models.CharField(max_length=200, blank=True, help_text="When they can be reached")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("role", "reach")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "reach"],
                condition=Q(removed_at__isnull=True),
                name="advice_contact_once",
            )
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def owner_id(self) -> None:
        """Nobody's own: it is the organisation's."""

    @property
    def team_id(self) -> None:
        """No team's: it is the organisation's."""
