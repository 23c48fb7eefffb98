"""What changes organisations, people and their roles. Plain values in, saved rows out.

Each raises `django.core.exceptions.ValidationError` with a sentence a person can act on.
"""

import unicodedata
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people.models import (
    TEAM_ROLES,
    Membership,
    Organisation,
    Role,
    Sector,
    SettingChange,
    Team,
    User,
)

SETTINGS = ("follow_up_days", "advice_days", "review_days", "draft_days", "export_most")
NOT_IN_A_NAME = {"Cc", "Cs", "Zl", "Zp"}  # control characters, surrogates, line separators


@transaction.atomic
def create_organisation(*, name: str, sector: Sector) -> Organisation:
    """The new organisation. Names are compared without case; a name in use is refused."""
    name = one_line(name, "organisation")
    if Organisation.objects.filter(name__iexact=name).exists():
        raise ValidationError(f"There is already an organisation called “{name}”.")
    return Organisation.objects.create(name=name, sector=Sector(sector))


class StaleSettings(Exception):
    """Somebody changed the settings since the page was made; nothing was saved."""

    def __init__(self, now: Mapping[str, int]) -> None:
        self.now = now
        super().__init__("the settings were changed in between")


@transaction.atomic
def change_settings(
    *, organisation_id: UUID, person: User, to: Mapping[str, int], seen: Mapping[str, int]
) -> Organisation:
    """The organisation with these settings; `seen` are those that the sender's page showed.

    What is changed by it is noted, with who did it and when.

    Raises `StaleSettings` when one that is to change was changed by somebody else since.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    now = settings_of(organisation)
    if any(now[name] not in (seen[name], value) for name, value in to.items()):
        raise StaleSettings(now)
    changed = {name: value for name, value in to.items() if now[name] != value}
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changed))
    SettingChange.objects.bulk_create(
        SettingChange(
            organisation=organisation,
            name=name,
            before=now[name],
            after=value,
            by=person,
            at=clock.now(),
        )
        for name, value in changed.items()
    )
    return organisation


def settings_of(organisation: Organisation) -> dict[str, int]:
    """The organisation's settings by name, as they are on this object."""
    return {name: getattr(organisation, name) for name in SETTINGS}


@transaction.atomic
def create_team(*, organisation: Organisation, name: str) -> Team:
    """The new team. Its name is new in the organisation, compared without case."""
    name = one_line(name, "team")
    if organisation.teams.filter(name__iexact=name).exists():
        raise ValidationError(f"{organisation} already has a team called “{name}”.")
    return Team.objects.create(organisation=organisation, name=name)


@transaction.atomic
def create_person(*, email: str, name: str, password: str | None = None) -> User:
    """The new person, who has no role yet. Without a password they set one by a link."""
    user = User(email=email.strip().lower(), name=one_line(name, "person"))
    user.set_password(password)
    if User.objects.filter(email=user.email).exists():
        raise ValidationError(f"There is already a person with the email address {user.email}.")
    try:
        user.full_clean()
    except ValidationError as error:
        raise ValidationError(f"“{email}” cannot be used as an email address.") from error
    user.save()
    return user


@transaction.atomic
def give_role(
    *, user: User, role: Role, organisation: Organisation, team: Team | None = None
) -> Membership:
    """The membership; the one they hold already, if they hold it."""
    role = Role(role)
    if not user.is_active:
        raise ValidationError(f"The account of {user} is closed.")
    if role in TEAM_ROLES and team is None:
        raise ValidationError(f"A {role.label.lower()} belongs to a team: name it.")
    if role not in TEAM_ROLES and team is not None:
        raise ValidationError(
            f"The role “{role.label.lower()}” is held for the whole organisation: name no team."
        )
    if team is not None and team.organisation_id != organisation.pk:
        raise ValidationError(f"“{team}” is not a team of {organisation}.")
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, team=team, role=role, ended_at=None
    )
    user.forget_memberships()
    if is_new:
        _state_role("role-given", membership)
    return membership


@transaction.atomic
def end_role(*, membership: Membership) -> Membership:
    """The membership, ended now; one that has ended keeps the time at which it did."""
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    if held.ended_at is None:
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        _state_role("role-ended", held)
    membership.ended_at = held.ended_at
    membership.user.forget_memberships()
    return membership


@transaction.atomic
def deactivate(*, user: User) -> User:
    """The person, whose account is closed: no sign-in, and every session ends at once.

    Their password goes, so that a session from before stays dead should the account be opened
    again. What they wrote stays, under their name.
    """
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    _state("account-closed", user=user)
    return user


@transaction.atomic
def reactivate(*, user: User) -> User:
    """The person, whose account is open again with the roles they held; they set a password."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    _state("account-opened", user=user)
    return user


def _state_role(kind: str, held: Membership) -> None:
    _state(
        kind,
        user=held.user,
        membership=str(held.pk),
        role=str(held.role),
        organisation=str(held.organisation_id),
        team=str(held.team_id) if held.team_id else None,
    )


def _state(kind: str, *, user: User, **more: str | None) -> None:
    # Who did it stands nowhere yet: roles are changed by the operator's commands alone.
    content = {"kind": kind, "user": str(user.pk), "actor": None, **more}
    ledger.state(type=Type.ROLE_CHANGED, content=content, actor=None)


def one_line(name: str, what: str) -> str:
    """The name without outer white space; empty, too long or with control characters is refused."""
    name = name.strip()
    if not name:
        raise ValidationError(f"Give the {what} a name.")
    if len(name) > 200:
        raise ValidationError(f"The name of the {what} is over 200 characters.")
    if any(unicodedata.category(letter) in NOT_IN_A_NAME for letter in name):
        raise ValidationError(
            f"The name of the {what} has a line break or another control character."
        )
    return name
