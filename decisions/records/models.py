"""Sealed records and what happened to them. Every table here only grows.

The database itself refuses UPDATE, DELETE and TRUNCATE on these tables (see the migration
`0002_guards`), and every foreign key is PROTECT, because a cascade would go around the guards.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.wizard.models import Draft
from guidance.models import StoredEdition
from infoshare import clock
from infoshare.ledger.commitments import new_salt
from infoshare.ledger.models import Leaf
from infoshare.people.models import Organisation, Team


class Record(models.Model):
    """One sealed decision: who, under which edition, what was suggested and what was decided.

    The words are in its `Snapshot`, a table of its own, so that disposal can one day remove
    them and leave this row, which holds no text about the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=14, unique=True)
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="record")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="records")
    team = models.ForeignKey(Team, models.PROTECT, related_name="records")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="records")
    edition = models.ForeignKey(StoredEdition, models.PROTECT, related_name="records")
    gate_answers = models.JSONField(help_text="{gate: option} on the path, as in the snapshot")
    outcome = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    decision = models.CharField(max_length=20)
    is_departure = models.BooleanField()
    started_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    commitment = models.CharField(max_length=64)
    follow_up_due = models.DateField(
        null=True, help_text="Until when the seven questions are due, after acting first"
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-sealed_at"], name="record_by_owner"),
            models.Index(fields=["team", "-sealed_at"], name="record_by_team"),
            models.Index(fields=["organisation", "-sealed_at"], name="record_by_organisation"),
        ]

    def __str__(self) -> str:
        return self.reference


class Snapshot(models.Model):
    """The exact canonical bytes of a record (`decisions.snapshot`), never re-serialised."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="snapshot")
    case_reference = models.CharField(max_length=100)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"Snapshot of {self.record_id}"


OPENED = Q(kind="viewed") & ~Q(details__has_key="export")  # by somebody, and not by an export


class Event(models.Model):
    """Something that happened to a record: sealed, viewed, exported, and later more."""

    SEALED = "sealed"
    VIEWED = "viewed"
    EXPORTED = "exported"
    DOCUMENT = "document"  # a file that InfoShare keeps of the record: its hash

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        help_text="None when InfoShare did it by itself",
    )
    at = models.DateTimeField(default=clock.now)
    details = models.JSONField(default=dict)
    salt = models.BinaryField(
        default=new_salt, editable=False, help_text="So that nobody guesses it from its leaf"
    )
    once = models.UUIDField(
        null=True, editable=False, help_text="The same for the same words sent again by one page"
    )

    class Meta:
        indexes = [
            models.Index(fields=["record", "id"], name="event_by_record"),
            models.Index(
                fields=["record", "id"], condition=Q(kind="doubt-settled"), name="event_settled"
            ),
            # What auditors look through: who read records, and what was taken away.
            models.Index(fields=["at", "id"], condition=OPENED, name="event_viewed"),
            models.Index(fields=["actor", "at", "id"], condition=OPENED, name="event_viewed_by"),
            models.Index(fields=["id"], condition=Q(kind="exported"), name="event_exported"),
            models.Index(
                fields=["actor", "id"], condition=Q(kind="exported"), name="event_exported_by"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["record", "once"], name="event_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"

    @property
    def who(self) -> str:
        """The name of whoever did it; "InfoShare" when nobody did."""
        return self.actor.name if self.actor else "InfoShare"


class LedgerEntry(models.Model):
    """Which leaf of the ledger commits to an event.

    A view has none until `manage.py batch_reads` puts it into a batch, at its `place` there.
    """

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="ledger_entry"
    )
    leaf = models.ForeignKey(Leaf, models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leaf", "place"], name="ledger_entry_place"),
        ]

    def __str__(self) -> str:
        return f"Event {self.event_id} in leaf {self.leaf_id}"
