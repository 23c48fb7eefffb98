"""Suggestions that a lead has put aside. The table only grows."""

from django.conf import settings
from django.db import models

from infoshare import clock
from infoshare.people.models import Organisation


class SuggestionPutAside(models.Model):
    """A lead's reason why no protocol is needed with a body about a setting, for now.

    Shares that were sealed before it do not count again.
    """

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    body = models.CharField(max_length=200, help_text="The body's name as names are compared")
    setting = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="put_aside_by_organisation")]

    def __str__(self) -> str:
        return f"{self.body} ({self.setting})"
