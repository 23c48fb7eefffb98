"""Name somebody who does a manager's work for given days, and end that early. Rules and writers."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people.models import TEAM_ROLES, Cover, Membership, Organisation, Role, Team, User

COVER_NAMED, COVER_ENDED = "cover-named", "cover-ended"
MOST_DAYS = 92
FURTHEST = timedelta(days=366)


class Refused(Exception):
    """The cover cannot be: `messages` says what is wrong, by field."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        self.messages = messages
        super().__init__(", ".join(messages.values()))


def candidates(team: Team, *, besides: User) -> QuerySet[User]:
    """Who may cover for a team: practitioners and managers of its organisation, by name.

    Not auditors, who stay apart, nor leads and administrators, who read no case.
    """
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation=team.organisation_id,
            memberships__role__in=TEAM_ROLES,
            memberships__ended_at__isnull=True,
        )
        .exclude(pk=besides.pk)
        .distinct()
        .order_by("name", "email")
    )


def wrong_days(starts_on: date, ends_on: date, today: date) -> dict[str, str]:
    """What is wrong with the days, by field; {} when nothing is. Pure."""
    if starts_on < today:
        return {"starts_on": "The first day is today or later"}
    if starts_on > today + FURTHEST:
        return {"starts_on": "The first day is within a year from today"}
    if ends_on < starts_on:
        return {"ends_on": "The last day is not before the first day"}
    if (ends_on - starts_on).days >= MOST_DAYS:
        return {"ends_on": f"Cover lasts {MOST_DAYS} days at most. Name somebody anew after that"}
    return {}


@transaction.atomic
def name_cover(*, team: Team, manager: User, person: User, starts_on: date, ends_on: date) -> Cover:
    """The cover; the same one named twice is one. Raises `Refused`."""
    # One at a time for an organisation, so that a double click is one cover. Not its key: whoever
    # seals here has the ledger, which comes after this, and refers to the organisation.
    Organisation.objects.select_for_update(no_key=True).get(pk=team.organisation_id)
    given = {"team": team, "person": person, "starts_on": starts_on, "ends_on": ends_on}
    earlier = Cover.objects.filter(**given, manager=manager, ended_at__isnull=True).first()
    if earlier is not None:
        return earlier
    wrong = wrong_days(starts_on, ends_on, clock.today())
    if not candidates(team, besides=manager).filter(pk=person.pk).exists():
        wrong["person"] = "This person cannot cover for your team now. Choose somebody else"
    if wrong:
        raise Refused(wrong)
    cover = Cover.objects.create(
        organisation_id=team.organisation_id, manager=manager, made_at=clock.now(), **given
    )
    _state(COVER_NAMED, cover, manager)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, person: User) -> Cover:
    """The cover, ended now by one of the team's managers; one that has ended keeps its time."""
    held = Cover.objects.select_for_update().get(pk=cover.pk)
    if held.ended_at is None and held.ends_on >= clock.today():
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        _state(COVER_ENDED, held, person)
    return held


def covers_of(teams: QuerySet[Team]) -> QuerySet[Cover]:
    """The covers of these teams that are or will be, the first to begin in front."""
    return (
        Cover.objects.filter(team__in=teams, ends_on__gte=clock.today(), ended_at__isnull=True)
        .select_related("team", "person", "manager")
        .order_by("starts_on", "ends_on", "id")
    )


def reviewers_of(team_id: UUID) -> list[User]:
    """Who does a manager's work for the team today, by name: its managers, and who covers."""
    managers = Membership.objects.filter(
        team=team_id, role=Role.MANAGER, ended_at__isnull=True, user__is_active=True
    ).values("user")
    covering = Cover.in_force().filter(team=team_id, person__is_active=True).values("person")
    found = User.objects.filter(pk__in=managers).union(User.objects.filter(pk__in=covering))
    return sorted(found, key=lambda one: (one.name, one.email))


def stated_of(cover: Cover) -> dict[str, str]:
    """What a leaf states of a cover."""
    return {
        "user": str(cover.person_id),
        "cover": str(cover.pk),
        "role": str(Role.MANAGER),
        "organisation": str(cover.organisation_id),
        "team": str(cover.team_id),
        "manager": str(cover.manager_id),
        "from": cover.starts_on.isoformat(),
        "until": cover.ends_on.isoformat(),
    }


def _state(kind: str, cover: Cover, actor: User) -> None:
    content = {"kind": kind, "actor": str(actor.pk), **stated_of(cover)}
    ledger.state(type=Type.ROLE_CHANGED, content=content, actor=actor.pseudonym)
