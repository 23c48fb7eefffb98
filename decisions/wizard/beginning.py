"""Begin what a start page asks for: one draft, or one for each of several people.

All in one transaction. The same page sent again gives the draft that it began first; who goes
back, changes the words and sends them again means another.
"""

import json
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from decisions.wizard.answers import ABOUT, Answers
from decisions.wizard.drafts import begin_draft
from decisions.wizard.models import Draft
from guidance.rulebook.schema import Edition
from infoshare.people.models import Team, User


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a complete start page says. `others` are the case references of further people."""

    page: uuid.UUID
    owner: User
    team: Team
    edition: Edition
    answers: Answers
    others: tuple[str, ...] = ()

    @property
    def once(self) -> uuid.UUID:
        """The same for the same page of the same person, sent again with the same words."""
        said = [str(self.team.pk), self.edition.id, self.answers, self.others]
        return uuid.uuid5(self.page, json.dumps([str(self.owner.pk), *said], sort_keys=True))


def begun(beginning: Beginning) -> Draft | None:
    """The first draft that this page began already; None when it began none."""
    return Draft.objects.filter(begun_by=beginning.once).first()


def begin_decisions(beginning: Beginning) -> Draft:
    """The first of the drafts that this page begins, or began when it was sent before.

    Each has a case reference of its own and carries the rest of what the page says: the case,
    whether it is urgent, the setting.
    """
    earlier = begun(beginning)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return _begin(beginning)
    except IntegrityError:
        # The other of two clicks was quicker.
        earlier = begun(beginning)
        if earlier is None:
            raise
        return earlier


def _begin(beginning: Beginning) -> Draft:
    group = uuid.uuid4() if beginning.others else None
    first = _one(beginning, beginning.answers, group, begun_by=beginning.once)
    for reference in beginning.others:
        about = {**beginning.answers.get(ABOUT, {}), "case_reference": reference}
        _one(beginning, {**beginning.answers, ABOUT: about}, group, begun_by=None)
    return first


def _one(
    beginning: Beginning, answers: Answers, group: uuid.UUID | None, begun_by: uuid.UUID | None
) -> Draft:
    return begin_draft(
        owner=beginning.owner,
        team=beginning.team,
        edition=beginning.edition,
        answers=answers,
        group=group,
        begun_by=begun_by,
    )
