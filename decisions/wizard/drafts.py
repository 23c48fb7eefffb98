"""Writers of drafts: start one, save a step of one. Each is one transaction."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from decisions.wizard.answers import URGENT, Answers, StepAnswers
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft, Revision
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


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft's answers after a save, with the number of the latest revision."""

    answers: dict[str, dict[str, str]]
    revision: int


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
    *, draft_id: uuid.UUID, person: User, step: str, given: StepAnswers, based_on: int
) -> Saved | Stale:
    draft = lock(draft_id)
    content, held = dict(given), draft.answers.get(step, {})
    if content == held:
        return Saved(draft.answers, draft.revision)
    if draft.acted_on_id and step == URGENT and held:
        raise Fixed
    stale = based_on != draft.revision and _step_as_of(draft, step, based_on) != held
    draft.revision += 1
    Revision.objects.create(
        draft=draft,
        number=draft.revision,
        step=step,
        content=content,
        applied=not stale,
        saved_by=person,
        saved_at=clock.now(),
    )
    if stale:
        draft.save(update_fields=["revision"])
        return Stale(held, draft.revision)
    draft.answers = {**draft.answers, step: content}
    _note_state(draft)
    draft.save(update_fields=["answers", "revision", "saved_at", "parked_since"])
    return Saved(draft.answers, draft.revision)


def save_step(
    *, draft_id: uuid.UUID, person: User, step: str, given: StepAnswers, based_on: int
) -> Saved:
    """Save what was sent for one step, as the next revision.

    `based_on` is the revision the sender's page was made from. When the same step was saved
    since then with other words, the new words are kept as a revision that is not applied and
    `Stale` is raised after the commit. A save that changes nothing makes no revision. Raises
    `AlreadySealed` when the draft has become a record, and `Fixed` for the one answer that a
    follow-up begins with.
    """
    result = _save(draft_id=draft_id, person=person, step=step, given=given, based_on=based_on)
    if isinstance(result, Stale):
        raise result
    return result


def lock(draft_id: uuid.UUID) -> Draft:
    """The draft, locked until the transaction ends; raises `AlreadySealed` for a record."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    # A query of its own, after the wait: a join would still see what was there before it.
    if hasattr(draft, "record"):
        raise AlreadySealed(draft.record.pk)
    return draft


def _step_as_of(draft: Draft, step: str, number: int) -> StepAnswers:
    revision = (
        draft.revisions.filter(step=step, applied=True, number__lte=number)
        .order_by("-number")
        .first()
    )
    return revision.content if revision else {}


def _note_state(draft: Draft) -> None:
    draft.saved_at = clock.now()
    is_parked = Journey(stored.edition(draft.edition_id), draft.answers).is_parked
    if is_parked and draft.parked_since is None:
        draft.parked_since = draft.saved_at
    elif not is_parked:
        draft.parked_since = None
