"""Advice on a draft: the brief to read out, what was advised, and whom people can ask."""

from django.conf import settings
from django.db import models

from decisions.wizard.models import Draft
from infoshare import clock


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
