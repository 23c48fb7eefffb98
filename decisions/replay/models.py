"""A run over an organisation's sealed decisions: who asked, how far it is, what came of it."""

import uuid

from django.conf import settings
from django.db import models

from infoshare import clock
from infoshare.people.models import Organisation


class Replay(models.Model):
    """One run. It reads what was sealed before it was asked for; a second try begins anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="replays")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    expected = models.PositiveIntegerField(help_text="decisions sealed when it was asked for")
    total = models.PositiveIntegerField(default=0)
    different = models.PositiveIntegerField(default=0)
    named = models.JSONField(default=list, help_text="[[reference, what differs], ...]")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="replays_newest")]
        constraints = [
            # The second who asks while one waits gets that one.
            models.UniqueConstraint(
                "organisation", condition=models.Q(done_at=None), name="replay_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Replay of {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_done(self) -> bool:
        """Whether every decision was run again."""
        return self.done_at is not None
