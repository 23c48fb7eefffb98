"""What an organisation's case system hands in: the key it signs with, and the case to fill in."""

import uuid

from django.db import models

from infoshare import clock
from infoshare.people.models import Organisation

TOKEN_HASH = 64  # hexadecimal digits of a SHA-256


class CaseSystemKey(models.Model):
    """The key of one case system. Its secret is worked out (`signing`), and stands nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="case_system_keys")
    name = models.CharField(max_length=200, help_text="Which system, as its people call it")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class HandIn(models.Model):
    """One case that was handed in, until it is used or its time has run out.

    Then `context` is emptied. What is left, which says nothing about the case, refuses the same
    request sent again and tells the person who opens its address why nothing is there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(CaseSystemKey, models.PROTECT, related_name="hand_ins")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=TOKEN_HASH, unique=True)
    context = models.JSONField(default=dict, help_text="{field of `about`: text}")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "nonce"], name="hand_in_nonce_once")]

    def __str__(self) -> str:
        return f"Handed in {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether a decision can still be started from it."""
        return self.used_at is None and self.expires_at > clock.now()
