"""What happened to a draft as a whole. This table only grows, and holds nothing about the case."""

from django.conf import settings
from django.db import models

from decisions.wizard.models import Draft
from infoshare import clock


class DraftEvent(models.Model):
    """One event of a draft; `actor` is None for what InfoShare did by the clock."""

    DISCARDED = "discarded"
    EXPIRED = "expired"
    BROUGHT_BACK = "brought-back"
    HANDED_OVER = "handed-over"
    PURGED = "purged"

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["draft", "id"], name="draft_event_by_draft")]

    def __str__(self) -> str:
        return f"{self.kind} {self.draft_id}"
