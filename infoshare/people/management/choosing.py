"""How the commands find what was named to them, or say in one line why they cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import CommandError
from django.db.models import TextChoices

from infoshare.people.invitation import own_address, password_link
from infoshare.people.models import Organisation, Team, User

Choice = TypeVar("Choice", bound=TextChoices)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what a writer refuses into the command's error (exit code 1)."""
    try:
        yield
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def choose(choices: type[Choice], value: str, what: str) -> Choice:
    """The role or sector of this value; an unknown one is answered with those there are."""
    try:
        return choices(value.strip().lower())
    except ValueError:
        known = ", ".join(choices.values)
        raise CommandError(f"“{value}” is no {what}. Write one of: {known}.") from None


def find_organisation(name: str) -> Organisation:
    """The organisation of this name, whatever its case."""
    found = Organisation.objects.filter(name__iexact=name.strip()).first()
    if found is None:
        known = ", ".join(Organisation.objects.order_by("name").values_list("name", flat=True))
        raise CommandError(
            f"There is no organisation called “{name}”. "
            + (f"There are: {known}." if known else "Make it with create_organisation first.")
        )
    return found


def find_team(organisation: Organisation, name: str) -> Team:
    """The organisation's team of this name, whatever its case."""
    found = organisation.teams.filter(name__iexact=name.strip()).first()
    if found is None:
        known = ", ".join(organisation.teams.order_by("name").values_list("name", flat=True))
        raise CommandError(
            f"{organisation} has no team called “{name}”. "
            + (f"Its teams are: {known}." if known else "Make one with create_organisation --team.")
        )
    return found


def link_lines(user: User, address: str = "") -> str:
    """The link by which they set a password, to be printed; refused without a lasting secret."""
    address = address or own_address()
    try:
        link = password_link(user, address=address)
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    return "They set their password here, once, within 24 hours:\n" + (
        link if address else f"(the address of your InfoShare){link}"
    )


def find_person(email: str) -> User:
    """The person who signs in with this address, whatever its case."""
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise CommandError(f"There is no person with the email address {email}.")
    return found
