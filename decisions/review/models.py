"""Reviews, what calls for them, and the rules of organisations. Every table here only grows.

How a record stands now is in its entry of the register (`review_state` and its neighbours).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.records.models import Event, Record
from infoshare import clock
from infoshare.people.models import Organisation, Team

MOST_PERCENT = 50


class ReviewRules(models.Model):
    """One version of what an organisation has set about reviews; the newest is in force."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="review_rules")
    number = models.PositiveIntegerField()
    which = models.JSONField(help_text="The decisions that need a review, as in `needs.Why`")
    before = models.CharField(max_length=20, help_text="`needs.Before`")
    percent = models.PositiveSmallIntegerField(help_text="Of a team's decisions, sampled a month")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="review_rules_once"),
            models.CheckConstraint(condition=Q(percent__lte=MOST_PERCENT), name="review_percent"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.organisation_id}"


class Sample(models.Model):
    """A draw: the decisions that a team sealed in a month, and which of them the seed drew.

    `decisions.review.sample.draw` gives the same ones from the same seed, at any time.
    """

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day")
    seed = models.CharField(max_length=64)
    percent = models.PositiveSmallIntegerField()
    pool = models.PositiveIntegerField(help_text="How many decisions there were to draw from")
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="None when InfoShare did it by itself",
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "month"], name="sample_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.team_id}"


class ReviewCall(models.Model):
    """That a record is to be reviewed: by the rules in force when it was sealed, or by a sample."""

    REVIEW = "review"
    SAMPLE = "sample"

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="review_calls")
    kind = models.CharField(max_length=20, choices=[(REVIEW, REVIEW), (SAMPLE, SAMPLE)])
    reasons = models.JSONField(help_text="Why, as in `needs.Why`")
    authorisation = models.CharField(max_length=20, default="", help_text="`needs.Authorisation`")
    due_on = models.DateField()
    rules = models.ForeignKey(ReviewRules, models.PROTECT, null=True, related_name="+")
    sample = models.ForeignKey(Sample, models.PROTECT, null=True, related_name="calls")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "kind"], name="review_call_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"


class Review(models.Model):
    """One thing that was said in a review. Its words are in its event."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="review")
    record = models.ForeignKey(Record, models.PROTECT, related_name="reviews")
    call = models.ForeignKey(
        ReviewCall,
        models.PROTECT,
        null=True,
        related_name="reviews",
        help_text="None for a record that nothing called for review",
    )
    result = models.CharField(max_length=20, help_text="`results.Result`")
    question = models.CharField(max_length=60, blank=True, help_text="A gate; empty for all of it")
    seen = models.ForeignKey(
        Event,
        models.PROTECT,
        related_name="+",
        help_text="The last that had happened to the record as the reviewer saw it",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="review_by_person")]

    def __str__(self) -> str:
        return f"{self.result} {self.record_id}"

    @property
    def words(self) -> str:
        """What was written with it, as typed."""
        return str(self.event.details["words"])

    @property
    def about(self) -> str:
        """The question it is about, as the record's edition asks it; "" for all of the decision."""
        return str(self.event.details["title"])
