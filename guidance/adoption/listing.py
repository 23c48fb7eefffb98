"""The adoptions of an organisation as its lead sees them: now, to come, over, withdrawn."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guidance import stored
from guidance.adoption import terms
from guidance.adoption.models import Adoption
from guidance.adoption.standing import Standing, is_changed
from guidance.adoption.words import YOURS
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation, User


class State(StrEnum):
    """How an adoption stands today."""

    NOW = "In use now"
    TO_COME = "To come"
    OVER = "Over"
    WITHDRAWN = "Withdrawn before it began"


@dataclass(frozen=True, slots=True)
class Row:
    """One adoption with how it stands, until when it runs, and whether its files changed."""

    adoption: Adoption
    edition: Edition
    state: State
    until: date | None
    is_changed: bool

    @property
    def ships(self) -> bool:
        """Whether InfoShare still brings an edition of this id."""
        return self.edition.id in catalogue.shipped()

    @property
    def may_end(self) -> bool:
        """Whether there is anything left of it to withdraw or to end."""
        return self.state is State.TO_COME or (
            self.state is State.NOW and self.until != clock.today()
        )


@dataclass(frozen=True, slots=True)
class History:
    """All that an organisation adopted, the latest first day first."""

    organisation: Organisation
    standing: Standing
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, organisation: Organisation) -> "History":
        """Read anew."""
        every = organisation.adoptions.select_related("end", "edition", "adopted_by", "end__by")
        ordered = sorted(every, key=lambda one: (one.begins_on, one.adopted_at))
        held = tuple(one for one in ordered if not one.is_withdrawn)
        standing = Standing(organisation.pk, YOURS, clock.today(), held)
        rows = (_row(one, standing) for one in reversed(ordered))
        return cls(organisation, standing, tuple(rows))


def histories(lead: User) -> list[History]:
    """That of each organisation this person leads, by name."""
    led = policy.reach_of(lead, policy.Action.ADOPT_EDITION).organisations
    return [History.of(one) for one in Organisation.objects.filter(pk__in=led).order_by("name")]


def _row(adoption: Adoption, standing: Standing) -> Row:
    state = _state(adoption, standing)
    until = None if adoption.is_withdrawn else terms.until(adoption, standing.adoptions)
    matters = state in (State.NOW, State.TO_COME)
    edition = stored.edition(adoption.edition_id)
    return Row(adoption, edition, state, until, matters and is_changed(adoption))


def _state(adoption: Adoption, standing: Standing) -> State:
    if adoption.is_withdrawn:
        return State.WITHDRAWN
    if adoption.begins_on > standing.day:
        return State.TO_COME
    running = standing.in_force
    return State.NOW if running and running.pk == adoption.pk else State.OVER
