"""That a manager has looked at a record which no rule sends to review. This table only grows."""

from django.conf import settings
from django.db import models

from decisions.records.models import Record
from infoshare import clock


class Looked(models.Model):
    """Who said first that they have looked at a record: it needs nobody from then on."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="looked")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.record_id} looked at by {self.person_id}"
