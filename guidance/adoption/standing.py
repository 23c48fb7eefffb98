"""What organisations have adopted, as it stands today: one SQL statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guidance import stored
from guidance.adoption import terms, words
from guidance.adoption.models import Adoption
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation
from infoshare.people.policy import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation's adoptions on a day, without those that were withdrawn."""

    organisation_id: UUID
    who: str  # "your organisation", or its name
    day: date
    adoptions: tuple[Adoption, ...]

    @property
    def in_force(self) -> Adoption | None:
        """The adoption that holds today; None when there is none."""
        return terms.in_force(self.adoptions, self.day)

    @property
    def edition(self) -> Edition:
        """What new decisions begin on: the stored copy that was adopted, else the default one."""
        adoption = self.in_force
        if adoption is None:
            return catalogue.shipped()[catalogue.DEFAULT]
        return stored.edition(adoption.edition_id)

    @property
    def offered(self) -> Mapping[str, Edition]:
        """The editions a new decision can follow, by id: that in use, then those for training."""
        shipped = catalogue.shipped().values()
        training = {one.id: one for one in shipped if one.status == "withdrawn"}
        return {self.edition.id: self.edition} | {
            name: one for name, one in training.items() if name != self.edition.id
        }

    def for_new_draft(self, edition_id: str) -> Edition:
        """What a new draft on the case of an older one follows, which ran on this edition."""
        return self.offered.get(edition_id, self.edition)

    def newer_than(self, edition: Edition) -> Edition | None:
        """The edition in use, when a draft on this one began with another; None for training."""
        if edition.status == "withdrawn" or self.edition.digest == edition.digest:
            return None
        return self.edition

    def of(self, edition: Edition) -> Adoption | None:
        """The last adoption of these exact files that has begun; None when there is none."""
        begun = [one for one in self.adoptions if one.begins_on <= self.day]
        return next((one for one in reversed(begun) if one.edition_id == edition.digest), None)

    def adopted(self, edition: Edition) -> words.Adopted | None:
        """What is said of that adoption."""
        found = self.of(edition)
        if found is None:
            return None
        return words.Adopted(found.begins_on, found.reviewed_by, found.reviewed_on, found.found)

    def review(self, edition: Edition, *, whole: bool = False) -> list[words.Word]:
        """The legal review of the edition as it stands for this organisation."""
        adopted = self.adopted(edition)
        own, running = (edition.legal_review, edition.status), self.in_force
        is_other = running is not None and running.edition.edition_id == edition.id
        other = running.edition_id if running is not None and is_other else ""
        return words.review(*own, self.who, adopted, other=other, whole=whole)

    @property
    def changed(self) -> list[Adoption]:
        """The adoptions in force or to come whose edition now ships with other files."""
        to_come = [one for one in self.adoptions if one.begins_on > self.day]
        running = [self.in_force] if self.in_force else []
        return [one for one in (*running, *to_come) if is_changed(one)]


def is_changed(adoption: Adoption) -> bool:
    """Whether the adopted files are not those that ship today under the edition's id."""
    shipped = catalogue.shipped().get(adoption.edition.edition_id)
    return shipped is None or shipped.digest != adoption.edition_id


def standing_of(organisation_id: UUID, who: str = words.YOURS) -> Standing:
    """Where one organisation stands today."""
    return Standing(organisation_id, who, clock.today(), tuple(_adoptions([organisation_id])))


def standings_of(person: Person) -> list[Standing]:
    """Where each organisation stands in which the person has a role, by name."""
    ids = sorted({one.organisation_id for one in policy.memberships(person)})
    if not ids:
        return []
    adoptions, day = _adoptions(ids), clock.today()
    names = (
        [(ids[0], words.YOURS)]
        if len(ids) == 1
        else Organisation.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name")
    )
    return [
        Standing(pk, who, day, tuple(one for one in adoptions if one.organisation_id == pk))
        for pk, who in names
    ]


def _adoptions(ids: Iterable[UUID]) -> list[Adoption]:
    found = Adoption.objects.filter(organisation__in=list(ids)).select_related("end", "edition")
    return [one for one in found.order_by("begins_on") if not one.is_withdrawn]
