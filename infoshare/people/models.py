"""People, the organisations and teams they work in, and the roles they hold there."""

import uuid
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from infoshare import clock


class Sector(models.TextChoices):
    """The kind of body an organisation is; the law that opens to it depends on it."""

    HEALTH = "health", "Health"
    EDUCATION = "education", "Schools and education"
    SOCIAL_CARE = "social-care", "Social care (council)"
    POLICE = "police", "Police and justice"
    HOUSING = "housing", "Housing"
    CHARITY = "charity", "Charity or community group"
    OTHER = "other", "Another kind of organisation"


class Role(models.TextChoices):
    """What a person does here. Practitioners and managers belong to a team."""

    PRACTITIONER = "practitioner", "Practitioner"
    MANAGER = "manager", "Manager"
    AUDITOR = "auditor", "Auditor"
    LEAD = "lead", "Information governance lead"
    ADMINISTRATOR = "administrator", "Administrator"


MOST_FOLLOW_UP_DAYS = 30
MOST_DRAFT_DAYS = 365
MOST_ADVICE_DAYS = 30
MOST_REVIEW_DAYS = 60
MOST_EXPORTED = 100_000
TEAM_ROLES = (Role.PRACTITIONER, Role.MANAGER)


class Organisation(models.Model):
    """A body that employs or engages practitioners. Nothing of it is shown to another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    draft_days = models.PositiveSmallIntegerField(
        default=28, help_text="Days after its last save until a draft closes"
    )
    follow_up_days = models.PositiveSmallIntegerField(
        default=2, help_text="Working days for the seven questions after an urgent record"
    )
    advice_days = models.PositiveSmallIntegerField(
        default=2, help_text="Working days until a draft has waited too long for advice"
    )
    review_days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days after sealing until a review is due"
    )
    export_most = models.PositiveIntegerField(
        default=10_000, help_text="Records that one export may hold"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="organisation_name_once"),
            models.CheckConstraint(
                condition=Q(export_most__gte=1, export_most__lte=MOST_EXPORTED),
                name="organisation_export_most",
            ),
            models.CheckConstraint(
                condition=Q(advice_days__lte=MOST_ADVICE_DAYS), name="organisation_advice_days"
            ),
            models.CheckConstraint(
                condition=Q(review_days__gte=1, review_days__lte=MOST_REVIEW_DAYS),
                name="organisation_review_days",
            ),
            models.CheckConstraint(
                condition=Q(draft_days__gte=1, draft_days__lte=MOST_DRAFT_DAYS),
                name="organisation_draft_days",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_days__lte=MOST_FOLLOW_UP_DAYS),
                name="organisation_follow_up_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SettingChange(models.Model):
    """One change of a setting of an organisation. Rows are added, never changed."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="setting_changes")
    name = models.CharField(max_length=30)
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="setting_changes_newest")]

    def __str__(self) -> str:
        return f"{self.name}: {self.before} to {self.after}"


class Team(models.Model):
    """A team of one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="team_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users whose e-mail address is their sign-in, compared without case."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """The saved user; without a password they must set one by the reset page."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    pseudonym = models.UUIDField(
        unique=True,
        null=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Who they are in the ledger's leaves; emptied, nobody knows whose those are",
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        # Sign-in looks for the lower-case address, so no other form of it may be stored.
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower")
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The person's name as they wish it shown."""
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    @cached_property
    def held_memberships(self) -> "tuple[Membership, ...]":
        """The memberships that have not ended, each with the teams covered today in its place.

        One SQL statement, then kept on this object.
        """
        statement, places = _held_statement()
        given = {_SOMEBODY: self.pk, _SOME_DAY: clock.today()}
        return tuple(Membership.objects.raw(statement, [given.get(one, one) for one in places]))

    def forget_memberships(self) -> None:
        """Have them read anew, after a change to them."""
        self.__dict__.pop("held_memberships", None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.forget_memberships()


class Membership(models.Model):
    """One role of one person, in a team (practitioner, manager) or a whole organisation.

    The database holds it, too, that the team is one of the organisation's
    (`membership_team_of_organisation`, a foreign key over both columns).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    role = models.CharField(max_length=20, choices=Role.choices)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=TEAM_ROLES, team__isnull=False)
                | (~Q(role__in=TEAM_ROLES) & Q(team__isnull=True)),
                name="membership_team_by_role",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "team", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; refuses a team of another organisation with `ValueError`."""
        if self.team is not None and self.team.organisation_id != self.organisation_id:
            raise ValueError("A team belongs to the organisation of the membership")
        super().save(*args, **kwargs)

    @property
    def covered(self) -> Sequence[uuid.UUID]:
        """The teams of this organisation that the person covers for today.

        Only the memberships of `User.held_memberships` know them; any other says none.
        """
        return getattr(self, "covered_today", ())


class Cover(models.Model):
    """A manager's absence: another person does what the team's manager does, from day to day.

    It ends by itself after its last day, and with the role of the manager who named it, and for a
    person who holds no role in the organisation any more. `ended_at` alone is ever written later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="covers")
    manager = models.ForeignKey(User, models.PROTECT, related_name="covers_named")
    person = models.ForeignKey(User, models.PROTECT, related_name="covers")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Ended before its last day")

    class Meta:
        indexes = [models.Index(fields=["person", "ends_on"], name="cover_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_its_start"
            ),
            models.CheckConstraint(condition=~Q(person=F("manager")), name="cover_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.team}, {self.starts_on} to {self.ends_on}"

    @classmethod
    def in_force(cls, today: date | None = None) -> "QuerySet[Cover]":
        """Those of today, of managers who still are."""
        today = today or clock.today()
        return cls.objects.filter(
            starts_on__lte=today,
            ends_on__gte=today,
            ended_at__isnull=True,
            manager__memberships__team=F("team"),
            manager__memberships__role=Role.MANAGER,
            manager__memberships__ended_at__isnull=True,
        )


# They stand for a person and a day in a statement that is written once.
_SOMEBODY, _SOME_DAY = uuid.UUID(int=1), date(1, 1, 1)


@cache
def _held_statement() -> tuple[str, tuple[Any, ...]]:
    """The SQL for `User.held_memberships`, and its values in order.

    Django takes longer to write it than PostgreSQL to answer it, and every request needs it.
    """
    covered = Cover.in_force(_SOME_DAY).filter(
        person=OuterRef("user"), organisation=OuterRef("organisation")
    )
    held = Membership.objects.filter(user=_SOMEBODY, ended_at__isnull=True)
    found = held.annotate(covered_today=ArraySubquery(covered.values("team_id")))
    statement, values = found.query.sql_with_params()
    return statement, tuple(values)
