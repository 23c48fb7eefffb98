"""Writers of drafts: start one, save a step of one. Each is one transaction."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from decisions.wizard.advice.too_long import advice_late_from
from decisions.wizard.answers import URGENT, Answers, StepAnswers
from decisions.wizard.closing.state import Closed, is_closed
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.revisions import NO_PAGE, Page, is_stale, keep
from guidance import stored
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.people.models import Team, User

if TYPE_CHECKING:
    from decisions.records.models import Record


class AlreadySealed(Exception):
    """The draft became a record; nothing of it can be saved any more."""

    def __init__(self, record_id: uuid.UUID) -> None:
        self.record_id = record_id
        super().__init__(f"sealed as record {record_id}")


class Fixed(Exception):
    """The draft follows up an urgent record, and whether it is urgent cannot be said anew."""


class Stale(Exception):
    """Somebody saved this step in between. Both texts are kept as revisions."""

    def __init__(self, saved: StepAnswers, revision: int) -> None:
        self.saved, self.revision = saved, revision
        super().__init__(f"stale save; the draft is at revision {revision}")


class HandedOver(Exception):
    """The draft was handed over to somebody else since this person opened it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(f"draft {draft.pk} was handed over")


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft's answers after a save, with the number of the latest revision and its time."""

    answers: dict[str, dict[str, str]]
    revision: int
    saved_at: datetime


@transaction.atomic
def start_draft(
    *,
    owner: User,
    team: Team,
    edition: Edition,
    follows: "Record | None" = None,
    acted_on: "Record | None" = None,
    group: uuid.UUID | None = None,
    begun_by: uuid.UUID | None = None,
) -> Draft:
    """A new, empty draft of this person in this team, on the stored copy of the edition.

    `follows` is the record whose case is decided anew, `acted_on` the urgent one that the draft
    follows up. `group` is shared by decisions about several people, and a second draft with the
    same `begun_by` is an `IntegrityError`.
    """
    now = clock.now()
    return Draft.objects.create(
        owner=owner,
        team=team,
        organisation_id=team.organisation_id,
        edition=stored.store(edition),
        follows=follows,
        group=group,
        begun_by=begun_by,
        acted_on=acted_on,
        started_at=now,
        saved_at=now,
    )


@transaction.atomic
def begin_draft(
    *,
    owner: User,
    team: Team,
    edition: Edition,
    answers: Answers,
    group: uuid.UUID | None = None,
    begun_by: uuid.UUID | None = None,
) -> Draft:
    """A new draft that already holds these answers, each step as a revision of its own."""
    draft = start_draft(owner=owner, team=team, edition=edition, group=group, begun_by=begun_by)
    for number, (step, given) in enumerate(answers.items()):
        save_step(draft_id=draft.pk, person=owner, step=step, given=given, based_on=number)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def _save(
    *, draft_id: uuid.UUID, person: User, step: str, given: StepAnswers, based_on: int, page: Page
) -> Saved | Stale:
    draft = lock_for(draft_id, person)
    content, held = dict(given), draft.answers.get(step, {})
    if content == held:
        _renew(draft)
        return Saved(draft.answers, draft.revision, draft.saved_at)
    if draft.acted_on_id and step == URGENT and held:
        raise Fixed
    stale = is_stale(draft, step, based_on, page)
    keep(draft, step, content, person, page, applied=not stale)
    if stale:
        draft.save(update_fields=["revision"])
        return Stale(held, draft.revision)
    draft.answers = {**draft.answers, step: content}
    _note_state(draft)
    draft.save(
        update_fields=["answers", "revision", "saved_at", "parked_since", "advice_late_from"]
    )
    return Saved(draft.answers, draft.revision, draft.saved_at)


def save_step(
    *,
    draft_id: uuid.UUID,
    person: User,
    step: str,
    given: StepAnswers,
    based_on: int,
    page: Page = NO_PAGE,
) -> Saved:
    """Save what was sent for one step, as the next revision.

    `based_on` is the revision the sender's page was made from. When the same step was saved
    since then with other words, the new words are kept as a revision that is not applied and
    `Stale` is raised after the commit. A save that changes nothing makes no revision. Raises
    `AlreadySealed` when the draft has become a record, `Closed` when it was discarded or its
    time ran out, `HandedOver` when it is not this person's any more, and `Fixed` for the one
    answer that a follow-up begins with.
    """
    result = _save(
        draft_id=draft_id, person=person, step=step, given=given, based_on=based_on, page=page
    )
    if isinstance(result, Stale):
        raise result
    return result


def lock(draft_id: uuid.UUID) -> Draft:
    """The open draft, locked until the transaction ends.

    Raises `AlreadySealed` for a record, `Closed` when it was discarded or its time ran out.
    """
    draft = lock_open_or_not(draft_id)
    if is_closed(draft):
        raise Closed(draft)
    return draft


def lock_for(draft_id: uuid.UUID, person: User) -> Draft:
    """The open draft of this person, locked; raises also `HandedOver`, when it is not theirs."""
    draft = lock(draft_id)
    if draft.owner_id != person.pk:
        raise HandedOver(draft)
    return draft


def lock_open_or_not(draft_id: uuid.UUID) -> Draft:
    """The draft, closed or not, locked; raises `AlreadySealed` for a record."""
    found = Draft.objects.select_for_update(of=("self",)).select_related("organisation")
    draft = found.get(pk=draft_id)
    # A query of its own, after the wait: a join would still see what was there before it.
    if hasattr(draft, "record"):
        raise AlreadySealed(draft.record.pk)
    return draft


def _renew(draft: Draft) -> None:
    """Begin its time anew when it is nearly over: saving the same words again is a save, too."""
    if draft.is_closing_soon:
        draft.renewed_at = clock.now()
        draft.save(update_fields=["renewed_at"])


def _note_state(draft: Draft) -> None:
    draft.saved_at = clock.now()
    journey = Journey(stored.edition(draft.edition_id), draft.answers)
    if not journey.is_parked:
        draft.parked_since = None
    elif draft.parked_since is None:
        draft.parked_since = draft.saved_at
    draft.advice_late_from = advice_late_from(
        journey, draft.parked_since, draft.organisation.advice_days
    )
