"""Which save is stale, and which takes the place of an autosave.

A page saves itself every few seconds while somebody types. A revision for each of these would
keep the same text many times over, so the next save of the same page takes the place of its
autosave. It gets a number of its own and remembers the numbers it stands for: a tab that was
opened at one of them was made from words that are gone, and its save is stale (ADR 5).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from decisions.wizard.answers import StepAnswers
from decisions.wizard.models import Draft, Revision
from infoshare import clock
from infoshare.people.models import User

MOST_IN_ONE = 15
"""Saves that one revision may stand for: five minutes of typing. Then a copy stays."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a save was sent from: one opening of a form in one tab."""

    id: uuid.UUID | None = None  # None: the sender names no page
    turn: int = 0  # counts the page's own saves, so that a late one is known
    is_autosave: bool = False


NO_PAGE = Page()


def is_stale(draft: Draft, step: str, based_on: int, page: Page) -> bool:
    """Whether the step was saved otherwise since revision `based_on`, and not by this page.

    The page's own save is not in its way, even when the answer to it was lost; but a save that
    was overtaken by a later one of its page is stale.
    """
    if based_on == draft.revision:
        return False
    saves = draft.revisions.filter(step=step, applied=True).order_by("-number")
    newest = saves.first()
    if newest and page.id and newest.page == page.id and newest.turn <= page.turn:
        return False
    if saves.filter(replaced_from__lte=based_on, number__gt=based_on).exists():
        return True
    was = saves.filter(number__lte=based_on).first()
    return bool((was.content if was else {}) != draft.answers.get(step, {}))


def keep(
    draft: Draft, step: str, content: StepAnswers, person: User, page: Page, *, applied: bool
) -> None:
    """Write the save as the draft's next revision, or in place of its page's last autosave.

    Sets the draft's latest number without saving the draft.
    """
    save = {
        "content": content,
        "page": page.id,
        "turn": page.turn,
        "autosave": page.is_autosave,
        "saved_by": person,
        "saved_at": clock.now(),
    }
    earlier = _replaceable(draft, step, person, page, applied=applied)
    if earlier and not applied:
        _write(earlier, save)  # nobody's page was made from it: it keeps its number
        return
    draft.revision += 1
    if earlier:
        first = earlier.replaced_from or earlier.number
        _write(earlier, {**save, "number": draft.revision, "replaced_from": first})
        return
    Revision.objects.create(draft=draft, number=draft.revision, step=step, applied=applied, **save)


def _replaceable(
    draft: Draft, step: str, person: User, page: Page, *, applied: bool
) -> Revision | None:
    """The autosave whose place this save takes: the same page's, and for an applied one the
    newest revision of the draft."""
    if page.id is None:
        return None
    own = draft.revisions.filter(
        step=step,
        page=page.id,
        saved_by=person,
        autosave=True,
        applied=applied,
        turn__lte=page.turn,
    )
    if not applied:
        return own.order_by("-number").first() if page.is_autosave else None
    newest = own.filter(number=draft.revision).first()
    if newest and newest.number - (newest.replaced_from or newest.number) < MOST_IN_ONE - 1:
        return newest
    return None


def _write(revision: Revision, save: Mapping[str, object]) -> None:
    for name, value in save.items():
        setattr(revision, name, value)
    revision.save(update_fields=list(save))
