"""How findings stand, who sees them, and who may say what of them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from decisions.findings.models import ANSWERED, CLOSED, RAISED, REOPENED, Finding, Step
from decisions.records.models import Record
from infoshare.people import policy
from infoshare.people.models import Organisation, User
from infoshare.people.policy import Action, Person

Rows = QuerySet[Any, Any]
STANDS = {
    RAISED: "Waiting for an answer",
    REOPENED: "Open again, waiting for an answer",
    ANSWERED: "Answered",
    CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class May:
    """What somebody may say of a finding as it stands."""

    answer: bool
    close: bool
    reopen: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of step they may add."""
        asked = ((ANSWERED, self.answer), (CLOSED, self.close), (REOPENED, self.reopen))
        return tuple(kind for kind, may in asked if may)


def seen_by(person: Person) -> Rows:
    """The findings that this person sees, each with how it `stands` and since when.

    Auditors see those of their organisation, managers those about their teams' records, leads
    those about how things are done, practitioners those about their own records.
    """
    last = Step.objects.filter(finding=OuterRef("pk")).order_by("-number")
    # Said first, so that PostgreSQL need not read the findings of every organisation for the rest.
    here = sorted({one.organisation_id for one in policy.memberships(person)})
    return Finding.objects.filter(_rows(person), organisation__in=here).annotate(
        stands=Subquery(last.values("kind")[:1]),
        since=Subquery(last.values("at")[:1]),
        steps_so_far=Subquery(last.values("number")[:1]),
    )


def waiting(person: Person) -> Rows | None:
    """A row for each finding that waits for this person's answer; None for who answers none."""
    if not any(policy.can(person, one) for one in (Action.ANSWER_FINDING, Action.ANSWER_PROCESS)):
        return None
    found: Rows = seen_by(person).filter(stands__in=(RAISED, REOPENED)).filter(_answered_by(person))
    rows: Rows = found.annotate(one=F("steps_so_far") * 0 + 1).order_by().values_list("one")
    return rows


def about_own_record(person: Person, finding: Finding) -> bool:
    """Whether the finding is about a record of theirs, which somebody else answers for."""
    return finding.record is not None and finding.record.owner_id == getattr(person, "pk", None)


def may(person: Person, finding: Finding, stands: str) -> May:
    """What this person may say of a finding that stands like this."""
    is_closed, audits = stands == CLOSED, audited_by(person, finding)
    return May(
        answer=answered_by(person, finding) and not is_closed,
        close=audits and not is_closed,
        reopen=audits and is_closed,
    )


def audited_by(person: Person, finding: Finding) -> bool:
    """Whether the person may close the finding, or open it again."""
    return policy.can(person, Action.RAISE_FINDING, finding)


def answered_by(person: Person, finding: Finding) -> bool:
    """Whether the person may answer the finding; nobody does about a record of their own."""
    action = Action.ANSWER_FINDING if finding.record else Action.ANSWER_PROCESS
    return policy.can(person, action, finding) and not about_own_record(person, finding)


def record_to_raise(person: Person, record_id: uuid.UUID) -> Record | None:
    """The record of this id if the person may raise a finding against it."""
    record = Record.objects.select_related("organisation").filter(pk=record_id).first()
    return record if record and policy.can(person, Action.RAISE_FINDING, record) else None


def on_record(person: Person, record: Record) -> dict[str, Any]:
    """What a record's page says of findings: those that this person sees, and whether they may
    raise one more."""
    found = seen_by(person).filter(record=record).order_by("since")
    return {
        "findings": [(one, STANDS[one.stands]) for one in found],
        "may_raise_finding": policy.can(person, Action.RAISE_FINDING, record),
    }


def organisations_to_raise_in(person: Person) -> Collection[Organisation]:
    """The organisations whose ways of working the person audits, by name."""
    reach = policy.reach_of(person, Action.RAISE_FINDING)
    return Organisation.objects.filter(pk__in=reach.organisations).order_by("name")


def _rows(person: Person) -> Q:
    audits = policy.reach_of(person, Action.RAISE_FINDING)
    leads = policy.reach_of(person, Action.ANSWER_PROCESS)
    found = Q(organisation__in=audits.organisations)
    found |= Q(record=None, organisation__in=leads.organisations)
    found |= _of_teams(person)
    own = policy.reach_of(person, Action.LIST_OWN_DECISIONS)
    if isinstance(person, User) and own:
        found |= Q(record__owner=person, organisation__in=own.own_in)
    return found


def _of_teams(person: Person) -> Q:
    found = Q(pk__in=[])
    for organisation, team in policy.reach_of(person, Action.ANSWER_FINDING).teams:
        # Not the record's organisation, which is the same: PostgreSQL would begin with the records.
        found |= Q(organisation=organisation, record__team=team)
    return found


def _answered_by(person: Person) -> Q:
    leads = policy.reach_of(person, Action.ANSWER_PROCESS)
    process = Q(record=None, organisation__in=leads.organisations)
    others = Q(record__isnull=False) & ~Q(record__owner=getattr(person, "pk", None))
    return process | (_of_teams(person) & others)
