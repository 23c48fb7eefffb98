"""Who may do what: one table, and two questions asked of it that cannot disagree.

`can` answers for one thing, `visible` makes the filter for a list; both are read from the
same `Reach`. Rights come from memberships that have not ended, held by an active user. They
are read once for a user object (one SQL statement). A request has its own user object, so a
change of rights works from the next request on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from infoshare.people.models import Membership, Role, Team, User


class Action(StrEnum):
    """What a person may wish to do."""

    START_DRAFT = auto()  # in a team: the thing is `Place(person, team)`
    WORK_ON_DRAFT = auto()
    LIST_OWN_DECISIONS = auto()
    LIST_TEAM_DECISIONS = auto()
    READ_RECORD = auto()
    DOWNLOAD_RECORD = auto()
    READ_WHEREABOUTS = auto()  # what could show where somebody who is at risk is
    DOWNLOAD_FULL_COPY = auto()  # with what other copies leave out; a reason is kept
    SEE_READERS = auto()  # who has read a record
    ADD_TO_RECORD = auto()  # what happened after it was sealed
    READ_GUIDANCE = auto()
    SEE_OVERDUE_ADVICE = auto()  # that a draft waits too long for advice, not what it says
    SEE_TEAM_DRAFTS = auto()  # that a draft exists and how it stands, not what it says
    HAND_OVER_DRAFT = auto()  # to another practitioner of its team
    SEE_OVERDUE_FOLLOW_UPS = auto()  # that the questions after an urgent record are late
    EDIT_CONTACTS = auto()  # whom practitioners can ask for advice
    EDIT_ORGANISATION = auto()  # its settings
    EDIT_LOCAL = auto()  # what it says of its own: procedures, retention classes
    SETTLE_DOUBTS = auto()  # questions a record left unsure: which, not what the case is
    ADOPT_EDITION = auto()  # for an organisation, from a day on
    SEE_IMPACT = auto()  # what another edition would make of sealed decisions: no case text
    SEE_FIGURES = auto()  # counts of decisions, small ones held back: no case text
    READ_PROTOCOLS = auto()  # the organisation's register, with its documents
    SEE_DESK = auto()  # what changed, and what was taken away: no case text
    RAISE_FINDING = auto()  # and close it
    ANSWER_FINDING = auto()  # about a record
    ANSWER_PROCESS = auto()  # about how an organisation does things: no case text
    EXPORT_RECORDS = auto()  # many at once, with what proves them; each record says that it was
    REPLAY_RECORDS = auto()  # run sealed decisions again: no case text
    EDIT_PROTOCOLS = auto()  # and see where one may help: counts of decisions, no case text
    SEE_NEEDS = auto()  # what waits for them today
    REVIEW_RECORD = auto()  # never one's own: `decisions/review/` sees to that
    ANSWER_REVIEW = auto()  # what the manager asked about a record
    ADVISE_ON_REVIEW = auto()  # what a manager passed on: their words, not the case
    NAME_COVER = auto()  # for a team, while its manager is away


class Scope(StrEnum):
    """How far a role reaches."""

    OWN = auto()  # their own things in the organisation where they hold the role
    TEAM = auto()  # everything of the team in which they hold the role
    ORGANISATION = auto()  # everything of the organisation in which they hold the role


# Leads and administrators read no case text: their roles stand in no row about a case.
POLICY: Mapping[Action, Mapping[Role, Scope]] = {
    Action.START_DRAFT: {Role.PRACTITIONER: Scope.TEAM},
    Action.WORK_ON_DRAFT: {Role.PRACTITIONER: Scope.OWN},
    Action.LIST_OWN_DECISIONS: {Role.PRACTITIONER: Scope.OWN},
    Action.LIST_TEAM_DECISIONS: {Role.MANAGER: Scope.TEAM, Role.AUDITOR: Scope.ORGANISATION},
    Action.READ_RECORD: {
        Role.PRACTITIONER: Scope.OWN,
        Role.MANAGER: Scope.TEAM,
        Role.AUDITOR: Scope.ORGANISATION,
    },
    Action.DOWNLOAD_RECORD: {
        Role.PRACTITIONER: Scope.OWN,
        Role.MANAGER: Scope.TEAM,
        Role.AUDITOR: Scope.ORGANISATION,
    },
    # A review needs to know that something was protected, not what: so not for managers. An auditor
    # gets it in a full copy alone, for a reason that the practitioner can see.
    Action.READ_WHEREABOUTS: {Role.PRACTITIONER: Scope.OWN},
    Action.DOWNLOAD_FULL_COPY: {Role.PRACTITIONER: Scope.OWN, Role.AUDITOR: Scope.ORGANISATION},
    Action.SEE_READERS: {Role.PRACTITIONER: Scope.OWN, Role.AUDITOR: Scope.ORGANISATION},
    Action.ADD_TO_RECORD: {Role.PRACTITIONER: Scope.OWN},
    Action.READ_GUIDANCE: dict.fromkeys(Role, Scope.ORGANISATION),
    Action.SEE_OVERDUE_ADVICE: {Role.MANAGER: Scope.TEAM},
    Action.SEE_TEAM_DRAFTS: {Role.MANAGER: Scope.TEAM},
    Action.HAND_OVER_DRAFT: {Role.MANAGER: Scope.TEAM},
    Action.SEE_OVERDUE_FOLLOW_UPS: {Role.MANAGER: Scope.TEAM},
    Action.EDIT_ORGANISATION: {Role.LEAD: Scope.ORGANISATION},
    Action.EDIT_CONTACTS: {Role.LEAD: Scope.ORGANISATION},
    Action.EDIT_LOCAL: {Role.LEAD: Scope.ORGANISATION},
    Action.SETTLE_DOUBTS: {Role.LEAD: Scope.ORGANISATION},
    Action.ADOPT_EDITION: {Role.LEAD: Scope.ORGANISATION},
    Action.SEE_IMPACT: {Role.LEAD: Scope.ORGANISATION},
    Action.SEE_FIGURES: {
        Role.MANAGER: Scope.TEAM,
        Role.AUDITOR: Scope.ORGANISATION,
        Role.LEAD: Scope.ORGANISATION,
    },
    Action.SEE_DESK: {Role.AUDITOR: Scope.ORGANISATION},
    Action.RAISE_FINDING: {Role.AUDITOR: Scope.ORGANISATION},
    Action.ANSWER_FINDING: {Role.MANAGER: Scope.TEAM},
    Action.ANSWER_PROCESS: {Role.LEAD: Scope.ORGANISATION},
    Action.EXPORT_RECORDS: {Role.AUDITOR: Scope.ORGANISATION},
    Action.REPLAY_RECORDS: {Role.AUDITOR: Scope.ORGANISATION},
    Action.READ_PROTOCOLS: dict.fromkeys(Role, Scope.ORGANISATION),
    Action.EDIT_PROTOCOLS: {Role.LEAD: Scope.ORGANISATION},
    Action.SEE_NEEDS: {
        Role.PRACTITIONER: Scope.OWN,
        Role.MANAGER: Scope.TEAM,
        Role.LEAD: Scope.ORGANISATION,
    },
    Action.REVIEW_RECORD: {Role.MANAGER: Scope.TEAM},
    Action.ANSWER_REVIEW: {Role.PRACTITIONER: Scope.OWN},
    Action.ADVISE_ON_REVIEW: {Role.LEAD: Scope.ORGANISATION},
    Action.NAME_COVER: {Role.MANAGER: Scope.TEAM},
}
# Whoever covers for a manager does what the manager does, but names nobody else in their place.
NOT_BY_COVER = frozenset({Action.NAME_COVER})

Person = User | AnonymousUser


class Thing(Protocol):
    """What rights are asked about: a draft, a record, or the place where one would be."""

    @property
    def owner_id(self) -> UUID | None: ...
    @property
    def team_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class Place:
    """A thing that does not exist yet: this person's, in this team."""

    owner: User
    team: Team

    @property
    def owner_id(self) -> UUID:
        return self.owner.pk

    @property
    def team_id(self) -> UUID:
        return self.team.pk

    @property
    def organisation_id(self) -> UUID:
        return self.team.organisation_id


@dataclass(frozen=True)
class Reach:
    """How far one person reaches with one action. `holds` and `rows` say the same twice."""

    person: UUID | None = None
    own_in: frozenset[UUID] = frozenset()  # organisations
    teams: frozenset[tuple[UUID, UUID]] = frozenset()  # (organisation, team)
    organisations: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.own_in or self.teams or self.organisations)

    def holds(self, thing: Thing) -> bool:
        """Whether the thing is within reach."""
        return (
            (thing.owner_id == self.person and thing.organisation_id in self.own_in)
            or (thing.organisation_id, thing.team_id) in self.teams
            or thing.organisation_id in self.organisations
        )

    def rows(self) -> Q:
        """The filter that finds the things within reach; with no reach it finds none."""
        found = Q(pk__in=[])
        if self.own_in:
            found |= Q(owner_id=self.person, organisation_id__in=sorted(self.own_in))
        for organisation, team in sorted(self.teams):
            found |= Q(organisation_id=organisation, team_id=team)
        if self.organisations:
            found |= Q(organisation_id__in=sorted(self.organisations))
        return found


def can(user: Person, action: Action, thing: Thing | None = None) -> bool:
    """Whether the person may do this to the thing, or without a thing: to anything at all."""
    reach = reach_of(user, action)
    return bool(reach) if thing is None else reach.holds(thing)


def visible(user: Person, action: Action) -> Q:
    """The filter for rows with owner_id, team_id and organisation_id: those `can` allows."""
    return reach_of(user, action).rows()


def teams_for(user: Person, action: Action) -> QuerySet[Team]:
    """The teams within the person's reach, by organisation and name (where to start a draft)."""
    reach = reach_of(user, action)
    within = Q(pk__in=[team for _, team in reach.teams])
    return (
        Team.objects.filter(within | Q(organisation_id__in=reach.organisations))
        .select_related("organisation")
        .order_by("organisation__name", "name")
    )


def roles(user: Person) -> frozenset[Role]:
    """The roles the person holds anywhere; who covers for a manager is one for those days."""
    held = memberships(user)
    covers = {Role.MANAGER} if any(one.covered for one in held) else set()
    return frozenset({Role(one.role) for one in held} | covers)


def memberships(user: Person) -> tuple[Membership, ...]:
    """What the person holds now; nothing for visitors and inactive users."""
    return user.held_memberships if isinstance(user, User) and user.is_active else ()


def reach_of(user: Person, action: Action) -> Reach:
    """How far the person reaches with this action, from the table and their memberships."""
    row = POLICY[action]
    held = [(row[Role(one.role)], one) for one in memberships(user) if one.role in row]
    return Reach(
        person=user.pk,
        own_in=frozenset(one.organisation_id for scope, one in held if scope is Scope.OWN),
        teams=frozenset(
            (one.organisation_id, one.team_id)
            for scope, one in held
            if scope is Scope.TEAM and one.team_id is not None
        )
        | _covered(user, action),
        organisations=frozenset(
            one.organisation_id for scope, one in held if scope is Scope.ORGANISATION
        ),
    )


def _covered(user: Person, action: Action) -> frozenset[tuple[UUID, UUID]]:
    """The teams, with their organisation, for whose absent manager the person does this today."""
    if action in NOT_BY_COVER or POLICY[action].get(Role.MANAGER) is not Scope.TEAM:
        return frozenset()
    return frozenset(
        (one.organisation_id, team) for one in memberships(user) for team in one.covered
    )
